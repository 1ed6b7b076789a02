/** localStorage that never throws: private windows and blocked storage fall back to memory, and the chat still works. */
export type Store = ReturnType<typeof createStore>;

export function createStore(prefix: string, area: () => Storage) {
  const memory = new Map<string, unknown>();

  return {
    get<T>(key: string): T | undefined {
      if (memory.has(key)) return memory.get(key) as T;
      try {
        const text = area().getItem(prefix + key);
        return text === null ? undefined : (JSON.parse(text) as T);
      } catch {
        return undefined;
      }
    },

    set(key: string, value: unknown): void {
      try {
        if (value === undefined) area().removeItem(prefix + key);
        else area().setItem(prefix + key, JSON.stringify(value));
        memory.delete(key);
      } catch {
        memory.set(key, value);
      }
    },
  };
}
