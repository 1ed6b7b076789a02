import { createAnalytics } from './analytics';
import { persist } from './backoff';
import type { Attachment, Config, Message, MessagePage, UploadAnswer } from './contract';
import { createConversation } from './conversation';
import { createEmitter } from './emitter';
import { createHttp, HttpError } from './http';
import { keepLive } from './live';
import { createOutbox, type Pending } from './outbox';
import { createSession, type Identity } from './session';
import type { ServerEvent } from './sse';
import { createStore } from './storage';
import { createTranslate } from './strings';
import { createTabs } from './tabs';

export interface EngineOptions {
  base: URL;
  locale: string;
  /** Shows the widget without a server: for an editor's live preview. */
  preview: boolean;
  analytics: boolean;
}

/** What one tab tells the others. */
type Note = { kind: 'event'; event: ServerEvent } | { kind: 'message'; message: Message } | { kind: 'read' } | { kind: 'visitor' };

/** A message as it is seen: confirmed, or still in the outbox. */
export type Item = Omit<Message, 'seq' | 'status'> & { status?: Message['status'] | 'sending' };
export type Engine = ReturnType<typeof createEngine>;

/** A blob's address ends in a random UUID, everywhere; crypto.randomUUID exists on https only. */
const randomId = () => URL.createObjectURL(new Blob()).slice(-36);

/** Everything but pixels: who the visitor is, what was said, what is still to be sent, and one live connection when there is a reason for it. */
export function createEngine({ base, locale, preview, analytics: analyticsEnabled }: EngineOptions) {
  const id = base.href;
  const life = new AbortController();
  const bus = createEmitter();
  const store = createStore(`iw:${id}:`, () => localStorage);
  const tabs = createTabs<Note>(`iw:${id}`);
  const http = createHttp(base);
  const conversation = createConversation();
  let config = {} as Config;
  let answered = {} as Config;
  let overrides: Partial<Config> = {};
  let live: AbortController | undefined;
  let isSeen = () => false;
  let identified = false;
  let readUpTo = 0;
  let typingSentAt = 0;
  let sentAt = 0;

  const t = createTranslate(() => config.strings);
  const change = () => bus.emit('change');

  const session = createSession({
    http, store, tabs,
    about: () => ({
      locale,
      page: { url: location.href, title: document.title, referrer: document.referrer },
      variant: config.variant,
      configVersion: config.config_version,
    }),
    onOpened(answer, another, person) {
      if (person) outbox.clear();
      if (another) {
        conversation.clear();
        tabs.tell({ kind: 'visitor' });
      }
      conversation.restore(answer);
      if (another && live) {
        stopLive();
        interest();
      }
      if (answer.messages.length > 0) store.set('talked', true);
      unreadChanged();
      if (isSeen()) markRead();
      change();
    },
  });

  const outbox = createOutbox({
    session, store, tabs,
    signal: life.signal,
    onSent(message) {
      bus.emit('notice', '');
      acceptOwn(message);
      tabs.tell({ kind: 'message', message });
    },
    onWaiting: seconds => bus.emit('notice', t('tooFast', { seconds })),
    onChange: change,
  });

  const analytics = createAnalytics(session, () => config, analyticsEnabled && !preview);

  tabs.onNote(note => {
    if (note.kind === 'event') take(note.event);
    else if (note.kind === 'message') acceptOwn(note.message);
    else if (note.kind === 'read') clearUnread();
    else startOver();
  });
  const onWindow = <K extends keyof WindowEventMap>(type: K, listener: (event: WindowEventMap[K]) => void) =>
    window.addEventListener(type, listener, { signal: life.signal });
  onWindow('storage', change); // another tab put something into the outbox, or sent it
  onWindow('online', () => void outbox.flush());
  onWindow('pagehide', () => {
    analytics.flush();
    stopLive(); // a page with an open stream or a held lock cannot go into the back/forward cache
  });
  onWindow('pageshow', event => event.persisted && resume());

  /** A message from anywhere; the same one may come several times. */
  function accept(message: Message): void {
    if (message.clientId) outbox.remove(message.clientId);
    const isNew = conversation.put(message);
    if (isNew && message.from === 'visitor') {
      bus.emit('message:sent', message);
    } else if (isNew) {
      bus.emit('typing', { on: false });
      bus.emit('message:received', message);
      if (isSeen()) markRead();
      else if (message.from === 'agent') {
        conversation.addUnread();
        unreadChanged();
      }
    }
    if (!store.get('talked')) store.set('talked', true);
    if (!live) interest();
    change();
  }

  /** Put together from an answer: the stream's own version, if it came first, knows more. */
  function acceptOwn(message: Message): void {
    if (!conversation.has(message.clientId!)) accept(message);
  }

  function take(event: ServerEvent): void {
    let data;
    try {
      data = JSON.parse(event.data);
    } catch {
      return; // a ping may hold anything
    }
    if (event.type === 'message') accept(data);
    else if (event.type === 'status') conversation.setStatus(data.id, data.status);
    else if (event.type === 'typing') bus.emit('typing', data);
    else if (event.type === 'config') void loadConfig(data.config_version).catch(() => undefined);
    if (event.id) conversation.advance(Number(event.id));
    if (event.type !== 'ping') change();
  }

  /** The visitor wants something: from here on the session and the live connection exist. */
  function interest(): void {
    if (live || preview || life.signal.aborted) return;
    live = new AbortController();
    void follow(live.signal);
  }

  async function follow(signal: AbortSignal): Promise<void> {
    try {
      await persist(signal, session.ensure);
    } catch (error) {
      if (signal.aborted) return;
      live = undefined;
      return report(error);
    }
    const connection = {
      session,
      cursor: conversation.cursor,
      onConnection: (up: boolean) => bus.emit('notice', up ? '' : t(navigator.onLine ? 'reconnecting' : 'offline')),
      onEvent(event: ServerEvent) {
        if (event.type !== 'ping') tabs.tell({ kind: 'event', event });
        take(event);
      },
    };
    await tabs.exclusive('live', signal, () => keepLive(connection, signal)).catch(() => undefined);
  }

  function stopLive(): void {
    live?.abort();
    live = undefined;
  }

  /** Another tab has become another visitor. */
  function startOver(): void {
    conversation.clear();
    session.forget();
    unreadChanged();
    stopLive();
    if (store.get('token')) interest();
    change();
  }

  function report(error: unknown): void {
    if (!(error instanceof HttpError)) return;
    if (error.needsIdentity) bus.emit('notice', t('identityExpired'));
    bus.emit('error', { code: error.code || String(error.status), message: error.message });
  }

  /** Goes on where the last page view left off. */
  function resume(): void {
    if (store.get('talked')) interest();
    void outbox.flush();
  }

  const unreadChanged = () => bus.emit('unread', conversation.unread());

  function clearUnread(): void {
    if (conversation.unread() === 0) return;
    conversation.clearUnread();
    unreadChanged();
    change();
  }

  function markRead(): void {
    const cursor = conversation.lastSeq();
    clearUnread();
    if (cursor <= readUpTo || preview) return;
    readUpTo = cursor;
    tabs.tell({ kind: 'read' });
    session.call('POST', 'read', { body: { cursor } }).catch(() => { readUpTo = 0; });
  }

  /** `version` only makes the address a new one, so that no cache answers with the old configuration. */
  async function loadConfig(version = ''): Promise<void> {
    if (!preview) answered = await (await http('GET', `config?locale=${encodeURIComponent(locale)}&v=${version}`)).json();
    applyConfig();
  }

  function applyConfig(): void {
    config = { ...answered, ...overrides };
    bus.emit('config', { version: config.config_version });
  }

  return {
    bus, t, analytics, base, life,
    config: () => config,
    unread: conversation.unread,
    hasEarlier: conversation.hasEarlier,
    hasIdentity: () => identified,
    store,
    loadConfig: () => loadConfig(),
    interest,
    markRead,
    retry: outbox.retry,
    onChallenge: session.onChallenge,
    setSeen: (seen: () => boolean) => { isSeen = seen; },

    resume,

    configure(next: Partial<Config>): void {
      overrides = { ...overrides, ...next };
      applyConfig();
    },

    /** What is to be seen, oldest first. */
    items(): Item[] {
      const waiting = outbox.list().filter(one => !conversation.has(one.clientId));
      return [...conversation.list(), ...waiting.map((one): Item =>
        ({ ...one, id: one.clientId, from: 'visitor', status: one.failed ? 'failed' : 'sending' }))];
    },

    send(text: string, { payload, attachments }: { payload?: string; attachments?: Attachment[] } = {}): boolean {
      sentAt = Math.max(sentAt + 1, Date.now()); // no two the same: it is their order
      const pending: Pending = { clientId: randomId(), text: text.trim(), payload, attachments, at: new Date(sentAt).toISOString() };
      if (!pending.text && !attachments?.length) return false;
      if (preview) {
        conversation.put({ ...pending, id: pending.clientId, from: 'visitor', seq: conversation.lastSeq() + 1, status: 'sent' });
        change();
        return true;
      }
      if (!outbox.add(pending)) {
        bus.emit('notice', t('queueFull'));
        return false;
      }
      store.set('talked', true);
      analytics.record('message_sent');
      if (!navigator.onLine) bus.emit('notice', t('offline'));
      typingSentAt = 0;
      interest();
      return true;
    },

    typing(on: boolean): void {
      if (!session.isOpen() || !store.get('talked') || (on && Date.now() - typingSentAt < 3_000) || (!on && typingSentAt === 0)) return;
      typingSentAt = on ? Date.now() : 0;
      session.call('POST', 'typing', { body: { on } }).catch(() => undefined);
    },

    async loadEarlier(): Promise<void> {
      const [first] = conversation.list();
      const answer = await session.call('GET', `messages?before=${first?.seq ?? 0}&limit=50`);
      conversation.prepend(await answer.json() as MessagePage);
      change();
    },

    async upload(file: File): Promise<Attachment> {
      const about = { name: file.name, type: file.type, size: file.size };
      const answer = await (await session.call('POST', 'uploads', { body: about })).json() as UploadAnswer;
      const stored = await fetch(new URL(answer.url, base), { method: 'PUT', headers: answer.headers, body: file, credentials: 'omit' });
      if (!stored.ok) throw new HttpError(stored.status);
      return { id: answer.id, ...about };
    },

    async introduce(contact: Record<string, string>): Promise<void> {
      await session.introduce(contact);
      store.set('introduced', true);
      interest();
    },

    async identify(identity: Identity): Promise<void> {
      identified = true;
      change();
      try {
        await session.identify(identity);
      } catch (error) {
        return report(error);
      }
      bus.emit('notice', '');
      bus.emit('identify', { visitorId: store.get<string>('visitor') ?? '' });
      stopLive();
      if (isSeen()) interest();
      resume();
    },

    async reset(): Promise<void> {
      outbox.clear();
      for (const key of ['talked', 'introduced']) store.set(key, undefined);
      identified = false;
      const ended = session.end();
      tabs.tell({ kind: 'visitor' });
      startOver();
      await ended;
    },

    destroy(): void {
      stopLive();
      life.abort();
      tabs.close();
    },
  };
}
