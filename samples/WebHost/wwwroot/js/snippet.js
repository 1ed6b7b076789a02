// What a site owner pastes into their pages, once the widget is live.

import { el } from './dom.js';
import { api } from './api.js';

let shownFor = null;

export async function installed(place, widget) {
  const id = widget?.is_live ? widget.integration_id : null;
  if (id === shownFor) return;
  shownFor = id;
  place.hidden = id === null;
  if (id === null) return;
  const { snippet: html } = await api.snippet(id);
  const code = el('code', {}, html);
  const copy = el('button', { type: 'button', onclick: async () => {
    await navigator.clipboard.writeText(html);
    copy.textContent = 'Copied';
  } }, 'Copy');
  place.replaceChildren(el('h2', {}, 'Put the widget on your site'), el('p', {}, 'Paste this before the end of the body of every page that should have it.'),
    el('pre', { tabindex: '0', 'aria-label': 'Embed snippet' }, code), el('div', { class: 'actions' }, copy, el('a', { class: 'button', href: `/demo-site?integration=${id}`, target: '_blank', rel: 'noopener' }, 'Try it on a demo page')));
}
