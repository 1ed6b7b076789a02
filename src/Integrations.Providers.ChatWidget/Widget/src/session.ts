import { HttpError, type CallOptions, type Http } from './http';
import type { SessionAnswer } from './contract';
import type { Store } from './storage';
import type { Tabs } from './tabs';

/** A JWT of the page's own backend, or a function that fetches a fresh one each time it is needed. */
export type Identity = string | (() => string | Promise<string>);

/** Answers what the host's challenge hook asked for (a captcha, a proof of work). */
export type ChallengeHandler = (challenge: unknown) => unknown;

export type Session = ReturnType<typeof createSession>;

interface SessionOptions {
  http: Http;
  store: Store;
  tabs: Tabs;
  about(): Record<string, unknown>;
  /** `another`: not the visitor of before; `person`: and before, somebody was signed in. */
  onOpened(answer: SessionAnswer, another: boolean, person: boolean): void;
}

/** Who the visitor is to the server. The token lives in storage, so that all tabs share it. */
export function createSession({ http, store, tabs, about, onOpened }: SessionOptions) {
  let identity: Identity | undefined;
  let answerChallenge: ChallengeHandler | undefined;
  let opened: Promise<void> | undefined;
  let renewing: Promise<void> | undefined;

  const token = () => store.get<string>('token');

  /** One at a time, over all tabs too: two first calls at once would make two visitors. */
  const post = (extra: Record<string, unknown> = {}) => tabs.exclusive('session', undefined, async () => {
    const user = typeof identity === 'function' ? await identity() : identity;
    const body = { ...about(), ...extra, token: token(), user };
    const response = await http('POST', 'sessions', { body }).catch(async error => {
      if (!(error instanceof HttpError) || error.code !== 'challenge_required' || !answerChallenge) throw error;
      return http('POST', 'sessions', { body: { ...body, challenge: await answerChallenge(error.challenge) } });
    });
    const answer = await response.json() as SessionAnswer;

    const previous = store.get<string>('visitor');
    const another = previous !== undefined && previous !== answer.visitorId;
    const person = another && store.get('signed-in') === true;
    store.set('token', answer.token);
    store.set('visitor', answer.visitorId);
    store.set('signed-in', user === undefined ? undefined : true);
    onOpened(answer, another, person);
  });

  /** Opens the session of this page view once; a failed attempt can be repeated. */
  function ensure(): Promise<void> {
    opened ??= post().catch(error => {
      opened = undefined;
      throw error;
    });
    return opened;
  }

  /** The server refused `used`. Another tab may have a newer token already. */
  function renew(used: string | undefined): Promise<void> {
    if (token() !== used) return Promise.resolve();
    renewing ??= post().finally(() => { renewing = undefined; });
    return renewing;
  }

  return {
    token,
    ensure,
    isOpen: () => opened !== undefined,

    /** A call with the visitor's token; a token that ran out is renewed once. */
    async call(method: string, path: string, options: CallOptions = {}): Promise<Response> {
      await ensure();
      const used = token();
      if (!used) throw new Error(); // another tab has just signed out, and its note is under way
      try {
        return await http(method, path, { ...options, token: used });
      } catch (error) {
        if (!(error instanceof HttpError) || error.status !== 401) throw error;
        await renew(used);
        return http(method, path, { ...options, token: token() });
      }
    },

    /** Says more about the visitor: the pre-chat form. */
    introduce: (contact: Record<string, string>) => opened = replace(post({ contact })),

    /** Whoever wrote before under another name becomes a new visitor: the server decides. */
    identify(next: Identity): Promise<void> {
      identity = next;
      return opened = replace(post());
    },

    onChallenge: (handler: ChallengeHandler) => { answerChallenge = handler; },

    /** Forgets the visitor here and on the server. */
    async end(): Promise<void> {
      const used = token();
      identity = undefined;
      opened = undefined;
      for (const key of ['token', 'visitor', 'signed-in']) store.set(key, undefined);
      if (used) await http('DELETE', 'session', { token: used }).catch(() => undefined);
    },

    /** Another tab ended or changed the session. */
    forget: () => { opened = undefined; },
  };

  function replace(next: Promise<void>): Promise<void> {
    next.catch(() => { if (opened === next) opened = undefined; });
    return next;
  }
}
