/** Every text a visitor can meet. `config.strings` replaces any of them; `{name}` marks are filled in. */
export const english = {
  greeting: '',
  open: 'Open chat',
  close: 'Close chat',
  unread: '{count} unread',
  conversation: 'Conversation',
  you: 'You',
  agent: 'Agent',
  placeholder: 'Write a message…',
  send: 'Send',
  attach: 'Attach a file',
  remove: 'Remove {name}',
  uploading: 'uploading…',
  fileRefused: 'cannot be sent: too many, too large or not accepted',
  sending: 'Sending…',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Not sent.',
  retry: 'Retry',
  typing: '{name} is typing…',
  earlier: 'Earlier messages',
  offline: 'You are offline. Messages are sent later.',
  reconnecting: 'Reconnecting…',
  tooFast: 'Too many messages. Next try in {seconds} s.',
  queueFull: 'Too many messages are waiting.',
  identityExpired: 'Please sign in again.',
  prechat: 'Before we start',
  start: 'Start chat',
  trouble: 'That did not work. Please try again.',
  quickReplies: 'Suggested answers',
  branding: 'Powered by Integrations',
};

export type StringKey = keyof typeof english;
export type Translate = (key: StringKey, values?: Record<string, string | number>) => string;

export function createTranslate(overrides: () => Record<string, string> | undefined): Translate {
  return (key, values = {}) =>
    (overrides()?.[key] ?? english[key]).replace(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark));
}
