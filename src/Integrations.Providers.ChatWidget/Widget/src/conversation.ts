import type { Message, MessagePage, SessionAnswer } from './contract';

export type Conversation = ReturnType<typeof createConversation>;

/** What the server has confirmed, in its order. What is still to be sent is the outbox's. */
export function createConversation() {
  const messages = new Map<string, Message>();
  let cursor = 0;
  let unread = 0;
  let hasEarlier = false;

  /** The same message can come from a session, from the stream, from another tab and as an answer: it is one. */
  function put(message: Message): boolean {
    const known = messages.get(message.id);
    messages.set(message.id, { ...known, ...message });
    return known === undefined;
  }

  return {
    list: () => [...messages.values()].sort((a, b) => a.seq - b.seq),
    has: (clientId: string) => [...messages.values()].some(message => message.clientId === clientId),
    cursor: () => cursor,
    unread: () => unread,
    hasEarlier: () => hasEarlier,
    lastSeq: () => Math.max(0, ...[...messages.values()].map(message => message.seq)),

    restore(answer: SessionAnswer): void {
      if (messages.size === 0) hasEarlier = answer.hasMore ?? false;
      answer.messages.forEach(put);
      cursor = Math.max(cursor, answer.cursor);
      unread = answer.unread;
    },

    prepend(page: MessagePage): void {
      page.messages.forEach(put);
      hasEarlier = page.hasMore;
    },

    /** True for a message that was not here before. Does not move the cursor: an earlier one may still be under way. */
    put,

    /** Only the stream may move the cursor: it is where the next connection goes on. */
    advance: (seq: number) => { cursor = Math.max(cursor, seq); },

    setStatus(id: string, status: Message['status']): void {
      const message = messages.get(id);
      if (message) messages.set(id, { ...message, status });
    },

    addUnread: () => { unread++; },
    clearUnread: () => { unread = 0; },

    clear(): void {
      messages.clear();
      cursor = unread = 0;
      hasEarlier = false;
    },
  };
}
