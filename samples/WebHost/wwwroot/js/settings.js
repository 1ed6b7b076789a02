// The settings form of each channel. The host judges them: while a person types, the plan is asked what it thinks of them.

import { el } from './dom.js';
import { api } from './api.js';

const COMMON = [
  { name: 'welcome_message', label: 'Welcome message', kind: 'area', hint: 'Sent once to each new contact. Empty: none.' },
  { name: 'auto_response', label: 'The agent answers by itself', kind: 'flag', initial: true },
  { name: 'notification_email', label: 'Tell this address when the connection breaks', kind: 'email' },
];

const FIELDS = {
  facebook: COMMON,
  instagram: COMMON,
  'chat-widget': [
    { name: 'widget_title', label: 'Title', initial: 'Chat with us' },
    { name: 'widget_subtitle', label: 'Subtitle', initial: 'We usually respond in a few minutes' },
    { name: 'widget_color', label: 'Colour', kind: 'color', initial: '#6366F1' },
    { name: 'widget_position', label: 'Position', kind: 'choice', initial: 'bottom-right', options: ['bottom-right', 'bottom-left', 'top-right', 'top-left'] },
    { name: 'widget_icon', label: 'Icon', initial: 'default', hint: '"default", or the https address of a picture.' },
    { name: 'welcome_message', label: 'Welcome message', kind: 'area' },
    { name: 'auto_open', label: 'Open by itself', kind: 'flag', initial: false },
    { name: 'auto_open_delay', label: 'after milliseconds', kind: 'number', initial: 5000 },
    { name: 'show_branding', label: 'Show branding', kind: 'flag', initial: true },
    { name: 'allowed_origins', label: 'Sites that may show it', kind: 'lines', hint: 'One address per line, such as https://www.example.com. Empty: any site.' },
    { name: 'custom_css', label: 'Custom CSS', kind: 'area' },
  ],
};

/** One channel's form, filled with what is stored. Calls `changed` with the present settings whenever they change. */
export class SettingsForm {
  #fields;
  #details;
  #inputs = new Map();

  constructor(entry, integration, changed = () => {}) {
    this.type = entry.type;
    this.version = integration?.version ?? 0;
    this.#details = integration?.details ?? {};
    this.#fields = FIELDS[entry.type] ?? [];
    this.element = el('div', { class: 'settings', oninput: () => changed(this.details) }, this.#fields.map(field => this.#row(field)));
  }

  /** The whole document: what this form does not show is kept as it was. */
  get details() {
    const details = { ...this.#details };
    for (const field of this.#fields) {
      const value = read(field, this.#inputs.get(field.name));
      if (value === undefined) delete details[field.name];
      else details[field.name] = value;
    }
    return details;
  }

  get channel() {
    return { type: this.type, details: this.details, expected_version: this.version };
  }

  /** Shows each error at its field. Gives those that belong to no field of this form. */
  showErrors(errors) {
    for (const [name, input] of this.#inputs) {
      const error = errors.find(e => e.path === `$.${name}` || e.path.startsWith(`$.${name}[`));
      const place = document.getElementById(`${input.id}-error`);
      input.setAttribute('aria-invalid', error ? 'true' : 'false');
      if (place && place.textContent !== (error?.message ?? '')) place.textContent = error?.message ?? '';
    }
    return errors.filter(e => !this.#fields.some(f => e.path === `$.${f.name}` || e.path.startsWith(`$.${f.name}[`)));
  }

  #row(field) {
    const id = `${this.type}-${field.name}`;
    const input = make(field, id, this.#details[field.name] ?? field.initial);
    this.#inputs.set(field.name, input);
    const error = el('p', { class: 'field-error', id: `${id}-error` });
    const hint = field.hint ? el('p', { class: 'hint', id: `${id}-hint` }, field.hint) : null;
    input.setAttribute('aria-describedby', hint ? `${hint.id} ${error.id}` : error.id);
    const label = el('label', { for: id }, field.label);
    return field.kind === 'flag' ? el('div', { class: 'field flag' }, input, label, error) : el('div', { class: 'field' }, label, input, hint, error);
  }
}

/** Asks the host about the forms' settings, at most twice a second, and shows what it says. The answer of an older question is dropped. */
export function validateLive(chatId, forms, say) {
  let timer = 0;
  let asked = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++asked;
      try {
        const plan = await api.plan(chatId, forms().map(form => form.channel));
        if (mine !== asked) return;
        const rest = forms().flatMap(form => form.showErrors(plan.channels.find(c => c.type === form.type)?.errors ?? []));
        say(rest.map(e => e.message).join(' '));
      } catch (problem) {
        if (mine === asked) say(problem.message);
      }
    }, 400);
  };
}

function make(field, id, value) {
  switch (field.kind) {
    case 'area': return el('textarea', { id, rows: '3' }, value ?? '');
    case 'lines': return el('textarea', { id, rows: '2', spellcheck: 'false' }, (value ?? []).join('\n'));
    case 'flag': return el('input', { id, type: 'checkbox', checked: value === true });
    case 'number': return el('input', { id, type: 'number', value: String(value ?? '') });
    case 'color': return el('input', { id, type: 'color', value: value ?? '#6366F1' });
    case 'email': return el('input', { id, type: 'email', value: value ?? '', autocomplete: 'email' });
    case 'choice': return el('select', { id }, field.options.map(o => el('option', { value: o, selected: o === value }, o.replace('-', ' '))));
    default: return el('input', { id, type: 'text', value: value ?? '' });
  }
}

function read(field, input) {
  switch (field.kind) {
    case 'flag': return input.checked;
    case 'number': return input.value === '' ? undefined : Number(input.value);
    case 'lines': {
      const lines = input.value.split('\n').map(line => line.trim()).filter(line => line !== '');
      return lines.length > 0 ? lines : undefined;
    }
    case 'email': return input.value.trim() === '' ? undefined : input.value.trim();
    default: return input.value;
  }
}
