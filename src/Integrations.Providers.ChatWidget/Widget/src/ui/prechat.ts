import type { PrechatField } from '../contract';
import type { Engine } from '../engine';
import { h } from './dom';

/** The questions before the first message. */
export function createPrechat(engine: Engine, fields: PrechatField[], done: () => void) {
  const { t } = engine;
  const failure = h('p', { class: 'error', role: 'alert' });
  const button = h('button', { type: 'submit', class: 'primary' }, t('start'));
  const element = h('form', { class: 'prechat', submit: onSubmit },
    h('h3', {}, t('prechat')),
    ...fields.map(({ name, label, type, required }) => h('label', {}, label,
      h('input', { class: 'field', name, type, required, autocomplete: type === 'text' ? name : type }))),
    failure, button);

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    button.disabled = true;
    failure.textContent = '';
    const contact: Record<string, string> = {};
    new FormData(element).forEach((value, name) => { contact[name] = String(value).trim(); });
    try {
      await engine.introduce(contact);
      done();
    } catch {
      failure.textContent = t('trouble');
    }
    button.disabled = false;
  }

  return { element };
}
