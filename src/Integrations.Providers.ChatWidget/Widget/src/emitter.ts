import type { Message } from './contract';

/** What the page can listen to, here and on `window` as `integrations-widget:<name>`. */
export interface PublicEvents {
  ready: void;
  open: void;
  close: void;
  unread: number;
  'message:sent': Message;
  'message:received': Message;
  identify: { visitorId: string };
  config: { version?: string };
  error: { code: string; message: string };
}

/** Plus what the parts of the widget tell each other. */
interface InternalEvents {
  /** Something visible changed: draw again. */
  change: void;
  typing: { on: boolean; name?: string };
  /** A line above the composer; empty takes it away. */
  notice: string;
}

export type Events = PublicEvents & InternalEvents;
export type Listener<T> = (detail: T) => void;

export type Emitter = ReturnType<typeof createEmitter>;

const internal = new Set<string>(['change', 'typing', 'notice']);

export function createEmitter() {
  const listeners = new Map<string, Set<Listener<never>>>();

  return {
    on<K extends keyof Events>(name: K, listener: Listener<Events[K]>): () => void {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => void set.delete(listener);
    },

    emit<K extends keyof Events>(name: K, ...[detail]: Events[K] extends void ? [] : [Events[K]]): void {
      for (const listener of listeners.get(name) ?? []) {
        try {
          (listener as Listener<unknown>)(detail);
        } catch (error) {
          // A listener of the page must not stop the conversation; the page's own error reporting should still see it.
          setTimeout(() => { throw error; });
        }
      }
      if (!internal.has(name)) window.dispatchEvent(new CustomEvent(`integrations-widget:${name}`, { detail }));
    },
  };
}
