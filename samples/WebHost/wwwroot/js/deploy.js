// The deploy dialog: several channels, each with its settings, one submit, one outcome for each.

import { el, openDialog } from './dom.js';
import { api } from './api.js';
import { SettingsForm, validateLive } from './settings.js';
import { outcome } from './words.js';
import { widgetPreview } from './preview.js';

/**
 * @param chat the agent to deploy
 * @param entries the channels that can be deployed
 * @param integrations what the agent has already
 * @param chosen the types that are ticked to begin with
 * @param done called once something was deployed
 */
export function openDeploy(chat, entries, integrations, chosen, done) {
  const stored = type => integrations.find(i => i.type === type);
  const problem = el('p', { class: 'error', role: 'alert' });
  const forms = new Map();
  const validate = validateLive(chat.id, () => [...forms.values()].filter(f => f.isChosen), text => { problem.textContent = text; });

  const rows = entries.map(entry => {
    const preview = entry.type === 'chat-widget' ? widgetPreview() : null;
    const form = new SettingsForm(entry, stored(entry.type), details => {
      preview?.show(details);
      validate();
    });
    const tick = el('input', { type: 'checkbox', id: `deploy-${entry.type}`, checked: chosen.includes(entry.type), onchange: toggle });
    const fields = el('fieldset', { hidden: !tick.checked },
      el('legend', { class: 'unseen' }, `Settings of ${entry.display_name}`), preview ? el('div', { class: 'with-preview' }, form.element, preview.element) : form.element);
    form.isChosen = tick.checked;
    forms.set(entry.type, form);
    preview?.show(form.details);
    return el('li', {}, el('div', { class: 'pick' }, tick, el('label', { for: tick.id }, entry.display_name)), fields, el('p', { class: 'outcome', role: 'status', 'data-outcome': entry.type }));

    function toggle() {
      form.isChosen = tick.checked;
      fields.hidden = !tick.checked;
      submit.disabled = ![...forms.values()].some(f => f.isChosen);
      validate();
    }
  });

  const submit = el('button', { type: 'submit', class: 'primary', disabled: chosen.length === 0 }, 'Deploy');
  const form = el('form', { method: 'dialog', novalidate: true, onsubmit: deploy },
    el('p', {}, `Where should ${chat.name} answer?`), el('ul', { class: 'channels' }, rows), problem, el('footer', {}, submit));
  const dialog = openDialog('Deploy agent', form);
  dialog.classList.add('wide');

  async function deploy(event) {
    event.preventDefault();
    problem.textContent = '';
    submit.disabled = true;
    try {
      const picked = [...forms.values()].filter(f => f.isChosen);
      const result = await api.deploy(chat.id, picked.map(f => f.channel));
      for (const channel of result.channels) tell(dialog, channel);
      done();
      if (result.channels.every(c => c.status === 'live')) dialog.close();
      else submit.textContent = 'Deploy again';
      await Promise.all(picked.map(async f => { f.version = (await api.list(chat.id)).find(i => i.type === f.type)?.version ?? 0; }));
    } catch (refused) {
      const rest = [...forms.values()].filter(f => f.isChosen)
        .flatMap(f => f.showErrors((refused.errors ?? []).filter(e => e.channel === f.type)));
      problem.textContent = [refused.message, ...rest.map(e => e.message)].join(' ');
    } finally {
      submit.disabled = false;
    }
  }
}

function tell(dialog, channel) {
  const place = dialog.querySelector(`[data-outcome="${channel.type}"]`);
  place.className = `outcome ${channel.status}`;
  place.replaceChildren(outcome[channel.status] ?? channel.status,
    channel.error ? `: ${channel.error.message ?? channel.error.kind}` : '',
    ...channel.warnings.map(w => el('span', { class: 'hint' }, ` ${w}`)),
    channel.authorization_url ? el('a', { class: 'button', href: channel.authorization_url }, 'Connect an account') : '');
}
