import type { Engine } from '../engine';
import { createFiles } from './files';
import { button, h, icon } from './dom';

/** Where the visitor writes. */
export function createComposer(engine: Engine) {
  const { t } = engine;
  const settings = engine.config().attachments;
  const files = settings ? createFiles(engine, settings) : undefined;

  const input = h('textarea', {
    class: 'field input', rows: 1, maxlength: 4000, placeholder: t('placeholder'), 'aria-label': t('placeholder'),
    enterkeyhint: 'send', keydown: onKey, paste: onPaste, input: () => engine.typing(input.value !== ''),
  });
  const picker = h('input', { type: 'file', hidden: true, multiple: true, accept: settings?.types?.join(), change: onPicked });
  const element = h('form', { class: 'composer', submit: onSubmit },
    files?.element,
    h('div', { class: 'line' },
      files && picker,
      files && button('tool', () => picker.click(), icon('attach'), t('attach')),
      input,
      h('button', { type: 'submit', class: 'tool send', 'aria-label': t('send') }, icon('send'))));

  function onKey(event: KeyboardEvent): void {
    // While an input method is composing, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    element.requestSubmit();
  }

  function onPicked(): void {
    files?.add([...picker.files ?? []]);
    picker.value = '';
    input.focus();
  }

  function onPaste(event: ClipboardEvent): void {
    const pasted = [...event.clipboardData?.files ?? []];
    if (!files || pasted.length === 0) return;
    event.preventDefault();
    files.add(pasted);
  }

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const attachments = await files?.ready();
    if (engine.send(input.value, { attachments })) {
      input.value = '';
      files?.clear();
    }
    input.focus();
  }

  return { element, input };
}
