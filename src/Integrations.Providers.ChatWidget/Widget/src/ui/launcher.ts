import type { Engine } from '../engine';
import { button, h, icon, safeUrl, setAttribute } from './dom';

export function createLauncher({ t, config }: Engine, onClick: () => void) {
  const badge = h('span', { class: 'badge', 'aria-hidden': 'true', hidden: true });
  const face = h('span');
  const element = button('launcher', onClick, face);
  setAttribute(element, 'aria-haspopup', 'dialog');
  element.append(badge);
  const address = safeUrl(config().widget_icon);
  let drawn: boolean | undefined;

  function draw(open: boolean): void {
    if (open === drawn) return;
    drawn = open;
    const fallback = icon(open ? 'close' : 'chat');
    if (open || !address) return face.replaceChildren(fallback);
    const picture = h('img', { src: address, alt: '', error: () => picture.replaceWith(fallback) });
    face.replaceChildren(picture);
  }

  return {
    element,
    update(open: boolean, unread: number): void {
      draw(open);
      badge.hidden = open || unread === 0;
      badge.textContent = unread > 99 ? '99+' : String(unread);
      const name = t(open ? 'close' : 'open');
      setAttribute(element, 'aria-label', !open && unread > 0 ? `${name}, ${t('unread', { count: unread })}` : name);
      setAttribute(element, 'aria-expanded', String(open));
    },
  };
}
