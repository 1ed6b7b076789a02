/** localStorage that never throws: private windows and blocked storage fall back to memory, and the chat still works. */
export type Store = ReturnType<typeof createStore>;

export function createStore(prefix: string, area: () => Storage) {
  const memory = new Map<string, unknown>();

  function get<T>(key: string): T | undefined {
    const name = prefix + key;
    if (memory.has(name)) return memory.get(name) as T;
    try {
      return JSON.parse(area().getItem(name) ?? 'null') ?? undefined;
    } catch {
      return undefined;
    }
  }

  return {
    get,

    set(key: string, value: unknown): void {
      const name = prefix + key;
      try {
        if (value === undefined) area().removeItem(name);
        else area().setItem(name, JSON.stringify(value));
        memory.delete(name);
      } catch {
        memory.set(name, value);
      }
    },

    /** Every value whose key starts so. */
    all<T>(start: string): T[] {
      const names = [...memory.keys()];
      try {
        names.push(...Object.keys(area()));
      } catch { /* memory is all there is */ }
      return [...new Set(names)].filter(name => name.startsWith(prefix + start))
        .map(name => get<T>(name.slice(prefix.length))).filter((value): value is T => value !== undefined);
    },
  };
}
