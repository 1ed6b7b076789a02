import { createBackoff } from './backoff';
import type { Attachment, Message, SendAnswer } from './contract';
import { HttpError } from './http';
import type { Session } from './session';
import type { Store } from './storage';
import type { Tabs } from './tabs';

/** A message the server has not confirmed. It survives a reload. */
export interface Pending {
  clientId: string;
  text: string;
  payload?: string;
  attachments?: Attachment[];
  at: string;
  failed?: boolean;
}

export type Outbox = ReturnType<typeof createOutbox>;

interface OutboxOptions {
  session: Session;
  store: Store;
  tabs: Tabs;
  signal: AbortSignal;
  onSent(message: Message): void;
  onWaiting(retryAfter: number): void;
  onChange(): void;
}

const maxPending = 50;

/** Sends in order, one tab at a time, and again with the same client id until the server has answered. */
export function createOutbox({ session, store, tabs, signal, onSent, onWaiting, onChange }: OutboxOptions) {
  let flushing = false;

  // One key for each message: two tabs that write at once do not overwrite each other.
  const key = (clientId: string) => `outbox:${clientId}`;
  const list = () => store.all<Pending>(key('')).sort((a, b) => (a.at < b.at ? -1 : 1));
  const kept = (clientId: string) => store.get<Pending>(key(clientId));
  const next = () => list().find(one => !one.failed);
  const put = (pending: Pending) => {
    store.set(key(pending.clientId), pending);
    onChange();
  };
  const remove = (clientId: string) => {
    store.set(key(clientId), undefined);
    onChange();
  };

  async function send(pending: Pending): Promise<void> {
    const { clientId, text, payload, attachments } = pending;
    const body = { clientId, text, payload, attachments: attachments?.map(one => one.id) };
    const answer = await (await session.call('POST', 'messages', { body })).json() as SendAnswer;
    // Gone when the stream brought it first, or its visitor has signed out: then it is nothing of whoever is here now.
    // Without a status: the stream may have brought a later one already.
    if (kept(clientId)) onSent({ id: answer.id, seq: answer.seq, at: answer.at, clientId, from: 'visitor', text, attachments });
    remove(clientId);
  }

  async function flush(): Promise<void> {
    if (flushing) return;
    flushing = true;
    const backoff = createBackoff(signal);
    try {
      while (next() && !signal.aborted) {
        const { stopped, retryAfter } = await tabs.exclusive('outbox', signal, sendAll);
        if (stopped) return;
        if (retryAfter) onWaiting(retryAfter);
        await backoff.wait(retryAfter);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      flushing = false;
    }
  }

  /** Until the first message that has to wait. `stopped`: nothing is left to send, or only the page can help. */
  async function sendAll(): Promise<{ stopped?: boolean; retryAfter?: number }> {
    for (let pending = next(); pending && !signal.aborted; pending = next()) {
      try {
        await send(pending);
      } catch (error) {
        const answered = error instanceof HttpError ? error : undefined;
        if (answered?.needsIdentity) return { stopped: true };
        if (!answered?.final) return { retryAfter: answered?.retryAfter };
        if (answered.status === 409) session.forget(); // closed: Retry opens the next conversation
        if (kept(pending.clientId)) put({ ...pending, failed: true });
      }
    }
    return { stopped: true };
  }

  return {
    list,
    flush,
    remove,

    /** False when too many are waiting already. */
    add(pending: Pending): boolean {
      if (list().length >= maxPending) return false;
      put(pending);
      void flush();
      return true;
    },

    retry(clientId: string): void {
      const pending = kept(clientId);
      if (pending) put({ ...pending, failed: false });
      void flush();
    },

    clear: () => list().forEach(one => remove(one.clientId)),
  };
}
