// Several accounts came with the consent: which one should be connected? (?integration_choice=… in our address)

import { el, openDialog } from './dom.js';
import { api } from './api.js';

/**
 * @param currentOf gives the id of the account that a channel is connected to now, if any
 * @param done called with what the API said
 */
export async function openAccountChoice(choice, currentOf, done) {
  const open = await api.choice(choice);
  const current = currentOf(open.type);
  const problem = el('p', { class: 'error', role: 'alert' });
  const form = el('form', { method: 'dialog', onsubmit: connect },
    el('fieldset', {}, el('legend', {}, 'Which account should be connected?'), open.accounts.map((account, i) => el('label', { class: 'account' },
      el('input', { type: 'radio', name: 'account', value: account.id, required: true, disabled: !account.can_connect, checked: open.accounts.length === 1 && i === 0 }),
      el('span', {}, account.name, (account.reason || account.id === current) && el('small', {}, account.reason ?? 'Connected now.'))))),
    problem, el('footer', {}, el('button', { type: 'submit', class: 'primary' }, 'Connect')));
  const dialog = openDialog('Choose an account', form);

  async function connect(event) {
    event.preventDefault();
    const picked = new FormData(form).get('account');
    if (!picked) return;
    try {
      const connected = await api.choose(choice, picked);
      dialog.close();
      done(connected);
    } catch (refused) {
      choice = refused.choice ?? choice;
      problem.textContent = [refused.message, ...refused.errors.map(e => e.message)].join(' ');
    }
  }
}
