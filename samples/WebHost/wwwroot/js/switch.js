// Moving a channel to another account: what it means is said before anything happens, and what came of it afterwards.

import { confirmed, el } from './dom.js';

const KEY = 'switching';

/** Asks whether the account may be left. Nothing changes before another one is connected. */
export function wantsSwitch(entry, integration) {
  const account = integration.account_name ?? 'the account connected now';
  return confirmed(`Switch the account of ${entry.display_name}?`,
    [
      el('p', {}, `You choose another account at the platform. Until it is connected, nothing changes. Then:`),
      el('ul', { class: 'consequences' },
        el('li', {}, `${account} is let go: this agent no longer answers there, and another agent may connect it.`),
        el('li', {}, `Answers that still wait for people who wrote to ${account} can no longer be sent.`),
        el('li', {}, 'Settings, history and counters stay with this agent, and it goes on with the new account as it is now: live or paused.'),
        el('li', {}, `What you allowed for ${account} at the platform is not taken back there. You can do that in the platform's own settings.`)),
    ],
    { yes: 'Choose another account', no: `Keep ${account}` });
}

/** Remembers, for when the browser comes back from the platform, what was connected. */
export function remember(entry, integration) {
  sessionStorage.setItem(KEY, JSON.stringify({ type: entry.type, name: entry.display_name, id: integration.account_id, account: integration.account_name }));
}

export function forget() {
  sessionStorage.removeItem(KEY);
}

/** What to say after a connect. @param find gives the integration of a type as it is now */
export function whatBecame(find) {
  const left = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
  forget();
  const now = left && find(left.type);
  if (!now?.account_id) return 'Connected.';
  return now.account_id === left.id
    ? `${left.name} is still connected to ${now.account_name}: no other account was chosen. Tick the other one in the platform's dialog.`
    : `${left.name} is now connected to ${now.account_name}. ${left.account} was let go.`;
}
