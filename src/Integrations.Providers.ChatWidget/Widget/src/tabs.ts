/** Several tabs of one visitor share one live connection: the holder of a Web Lock keeps it and tells the others what arrives. */
export type Tabs = Pick<ReturnType<typeof createTabs>, 'exclusive'>;

export function createTabs<T>(name: string) {
  const channel = new BroadcastChannel(name);

  return {
    tell: (note: T): void => channel.postMessage(note),
    onNote: (listener: (note: T) => void): void => channel.addEventListener('message', event => listener(event.data)),
    close: (): void => channel.close(),

    /** Runs one at a time over all tabs of this origin. Web Locks need https (or localhost): without them it just runs. */
    exclusive: <R>(resource: string, signal: AbortSignal | undefined, work: () => Promise<R>): Promise<R> =>
      navigator.locks ? navigator.locks.request(`${name}:${resource}`, { signal }, work) : work(),
  };
}
