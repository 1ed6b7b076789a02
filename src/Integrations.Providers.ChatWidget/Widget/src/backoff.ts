import { HttpError } from './http';

/** Full jitter: a random time up to a limit that doubles from 1 to 30 seconds, so that a restarted server is not met by everyone at once. */
export function createBackoff(signal: AbortSignal) {
  let attempts = 0;
  return {
    attempts: () => attempts,
    reset: () => { attempts = 0; },
    /** Being online again, or looked at again, ends the wait; a server's Retry-After is waited out. */
    async wait(retryAfter?: number): Promise<void> {
      const woken = await pause(retryAfter ? retryAfter * 1_000 : Math.random() * Math.min(30_000, 1_000 * 2 ** attempts++), !retryAfter);
      if (woken) attempts = 0;
    },
  };

  function pause(milliseconds: number, wakeable: boolean): Promise<boolean> {
    return new Promise(resolve => {
      const over = new AbortController();
      const end = (woken: boolean) => {
        over.abort();
        clearTimeout(timer);
        resolve(woken);
      };
      const wake = () => wakeable && document.visibilityState === 'visible' && end(true);
      const timer = setTimeout(end, milliseconds, false);
      signal.addEventListener('abort', () => end(false), { signal: over.signal });
      window.addEventListener('online', wake, { signal: over.signal });
      document.addEventListener('visibilitychange', wake, { signal: over.signal });
    });
  }
}

/** Repeats `work` until it succeeds. Throws once asking again cannot help, or nobody wants it any more. */
export async function persist<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const backoff = createBackoff(signal);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const answer = error instanceof HttpError ? error : undefined;
      if (signal.aborted || answer?.hopeless) throw error;
      await backoff.wait(answer?.retryAfter);
      if (signal.aborted) throw error;
    }
  }
}
