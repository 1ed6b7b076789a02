import { createBackoff } from './backoff';
import { HttpError } from './http';
import type { Session } from './session';
import { createEventParser, type ServerEvent } from './sse';

/** The server pings every 15 seconds. A stream that is silent for longer than this is dead, whatever the socket says. */
const silenceLimit = 45_000;

interface LiveOptions {
  session: Session;
  cursor(): number;
  onEvent(event: ServerEvent): void;
  onConnection(up: boolean): void;
}

/** Keeps one event stream open until `signal` ends it or the server says that there is nothing more to come. */
export async function keepLive({ session, cursor, onEvent, onConnection }: LiveOptions, signal: AbortSignal): Promise<void> {
  const backoff = createBackoff(signal);

  while (!signal.aborted) {
    let retryAfter: number | undefined;
    try {
      const stopped = await connect(event => {
        if (backoff.attempts() > 0) onConnection(true);
        backoff.reset();
        onEvent(event);
      });
      if (stopped) return;
    } catch (error) {
      if (error instanceof HttpError) {
        if (error.hopeless) return;
        retryAfter = error.retryAfter;
      }
    }
    // One lost connection is ordinary and repaired within a second: nothing to tell the visitor.
    if (backoff.attempts() > 0) onConnection(false);
    await backoff.wait(retryAfter);
  }

  /** True when the server wants no further connection. */
  async function connect(take: (event: ServerEvent) => void): Promise<boolean> {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    let lastByte = Date.now();
    const checkSilence = () => Date.now() - lastByte > silenceLimit && stop();
    const watchdog = setInterval(checkSilence, 5_000);
    signal.addEventListener('abort', stop, { signal: attempt.signal });
    // Timers stand still while a phone sleeps: look at the clock when it wakes.
    document.addEventListener('visibilitychange', checkSilence, { signal: attempt.signal });
    try {
      const response = await session.call('GET', `events?after=${cursor()}`, { accept: 'text/event-stream', signal: attempt.signal });
      if (response.status === 204) return true;
      const parse = createEventParser(take);
      const reader = response.body!.getReader();
      const decoder = new TextDecoder();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return false;
        lastByte = Date.now();
        parse(decoder.decode(value, { stream: true }));
      }
    } finally {
      clearInterval(watchdog);
      stop();
    }
  }
}
