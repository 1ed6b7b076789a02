import type { Attachment } from '../contract';
import type { Engine, Item } from '../engine';
import { button, h, safeUrl } from './dom';
import { link, markdown } from './markdown';

/** The list of messages. Rows are kept and only exchanged when what they show changes. */
export function createLog(engine: Engine, focusComposer: () => void) {
  const { t } = engine;
  let rows = new Map<string, HTMLElement>();
  const locale = engine.config().locale || undefined;

  const greeting = t('greeting');
  const earlier = button('earlier', loadEarlier, t('earlier'));
  const typing = h('div', { class: 'typing' });
  const list = h('div');
  const element = h('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': t('conversation'), tabindex: 0 },
    earlier,
    greeting && h('div', { class: 'message agent last' }, h('div', { class: 'bubble' }, markdown(greeting))),
    list, typing);
  let typingTimer = 0;

  async function loadEarlier(): Promise<void> {
    earlier.disabled = true;
    const fromEnd = element.scrollHeight - element.scrollTop;
    following = false;
    await engine.loadEarlier().catch(() => undefined);
    element.scrollTop = element.scrollHeight - fromEnd;
    earlier.disabled = false;
    if (earlier.hidden) element.focus();
  }

  // Who reads the newest stays with it, whatever grows: a message, a picture, the line being written. Who reads earlier ones is left there.
  let following = true;
  element.addEventListener('scroll', () => {
    following = element.scrollHeight - element.scrollTop - element.clientHeight < 60;
  });
  const growth = new ResizeObserver(() => {
    if (following) element.scrollTop = element.scrollHeight;
  });
  for (const part of [element, list, typing]) growth.observe(part);

  function update(): void {
    const items = engine.items();
    const newest = items.length - 1;
    following ||= items[newest]?.status === 'sending';
    earlier.hidden = !engine.hasEarlier();

    const drawn = new Map<string, HTMLElement>();
    items.forEach((item, at) => {
      const first = items[at - 1]?.from !== item.from;
      const last = items[at + 1]?.from !== item.from;
      const shows = JSON.stringify([item, first, last, at === newest]);
      drawn.set(shows, rows.get(shows) ?? drawRow(item, first, last, at === newest));
    });
    // Rows that stay are not touched: someone may be selecting text in them.
    rows.forEach((row, shows) => drawn.has(shows) || row.remove());
    rows = drawn;
    [...rows.values()].forEach((row, at) => list.children[at] === row || list.insertBefore(row, list.children[at]));
  }

  function drawRow({ from, name, text, at, status, id, attachments }: Item, first: boolean, last: boolean, newest: boolean): HTMLElement {
    const isVisitor = from === 'visitor';
    const failed = isVisitor && status === 'failed';
    const time = new Date(at);
    return h('div', { class: `message ${from}${last ? ' last' : ''}${failed ? ' failed' : ''}` },
      from !== 'system' && h('div', { class: first && !isVisitor ? 'name' : 'sr' }, isVisitor ? t('you') : name ?? t('agent')),
      h('div', { class: 'bubble' }, from === 'agent' ? markdown(text ?? '') : text, ...(attachments ?? []).map(drawAttachment)),
      (last || failed) && h('div', { class: 'meta' },
        h('time', { datetime: at }, time.toLocaleTimeString(locale, { timeStyle: 'short' })),
        isVisitor && (newest || failed) && ` · ${t(status ?? 'sent')}`,
        failed && button('retry', () => retry(id), t('retry'))));
  }

  function retry(clientId: string): void {
    focusComposer(); // the button is about to go
    engine.retry(clientId);
  }

  function drawAttachment({ name, type, url }: Attachment): Node {
    const href = safeUrl(url, engine.base);
    if (!href) return h('div', {}, name);
    if (!type.startsWith('image')) return link(href, name);
    // A page's policy may refuse pictures from here: then the name has to do.
    const picture = h('img', { src: href, alt: name, error: () => picture.replaceWith(name) });
    return link(href, picture);
  }

  return {
    element, update,

    showTyping(on: boolean, name = t('agent')): void {
      clearTimeout(typingTimer);
      typing.textContent = on ? t('typing', { name }) : '';
      // "Stopped typing" can get lost.
      if (on) typingTimer = window.setTimeout(() => { typing.textContent = ''; }, 10_000);
    },
  };
}
