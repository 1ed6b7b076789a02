import type { QuickReply } from '../contract';
import type { Engine } from '../engine';
import { createComposer } from './composer';
import { button, h, icon, setAttribute } from './dom';
import { createLog } from './log';
import { createPrechat } from './prechat';

/** The dialog: header, messages or pre-chat form, composer. */
export function createPanel(engine: Engine, onClose: () => void) {
  const { t } = engine;
  const { widget_title: title, widget_subtitle: subtitle, show_branding: branding, prechat: questions } = engine.config();

  const composer = createComposer(engine);
  const log = createLog(engine, () => composer.input.focus());
  const replies = h('div', { class: 'replies', role: 'group', 'aria-label': t('quickReplies') });
  const notice = h('div', { class: 'notice', hidden: true });
  const prechat = questions?.fields.length ? createPrechat(engine, questions.fields, () => {
    update();
    composer.input.focus();
  }) : undefined;

  const element = h('div', { class: 'panel', role: 'dialog', 'aria-label': title || t('conversation'), tabindex: -1, hidden: true },
    h('div', { class: 'header' },
      h('div', {}, h('h2', { class: 'title' }, title), subtitle && h('p', { class: 'subtitle' }, subtitle)),
      button('tool close', onClose, icon('close'), t('close'))),
    prechat?.element, log.element, replies, notice, composer.element,
    branding && h('p', { class: 'branding' }, t('branding')));
  element.addEventListener('keydown', onKey);

  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Tab' && isFull()) {
      keepInside(event);
    }
  }

  /** Only while it covers the whole screen: a bubble beside the page must let the keyboard out. */
  function keepInside(event: KeyboardEvent): void {
    const stops = [...element.querySelectorAll<HTMLElement>('button, textarea, input, a[href], [tabindex="0"]')]
      .filter(one => one.offsetParent);
    const active = (element.getRootNode() as ShadowRoot).activeElement;
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (active !== edge && active !== element) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
  }

  const isFull = () => element.classList.contains('full');

  function update(): void {
    const items = engine.items();
    const asking = prechat !== undefined && items.length === 0 && !engine.hasIdentity() && !engine.store.get('introduced');
    if (prechat) prechat.element.hidden = !asking;
    log.element.hidden = composer.element.hidden = asking;
    log.update();
    drawReplies(items[items.length - 1]?.quickReplies ?? []);
  }

  function drawReplies(offered: QuickReply[]): void {
    replies.hidden = offered.length === 0;
    replies.replaceChildren(...offered.map(({ title: text, payload }) => button('reply', () => {
      composer.input.focus(); // the button is about to go
      engine.send(text, { payload });
    }, text)));
  }

  return {
    element, update, isFull,
    showTyping: log.showTyping,
    draft: (text?: string) => (text === undefined ? composer.input.value : composer.input.value = text),

    setFull(full: boolean): void {
      element.classList.toggle('full', full);
      setAttribute(element, 'aria-modal', full ? 'true' : undefined);
    },

    showNotice(text: string): void {
      notice.textContent = text;
      notice.hidden = text === '';
    },

    /** On a touch screen a focused field opens the keyboard over half of what is to be read. */
    focus(): void {
      const field = element.querySelector<HTMLElement>('.prechat:not([hidden]) input') ?? composer.input;
      (matchMedia('(pointer: coarse)').matches ? element : field).focus();
    },
  };
}
