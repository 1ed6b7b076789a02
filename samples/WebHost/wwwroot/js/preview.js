// The widget as visitors will see it, while its settings are edited.

import { el } from './dom.js';

/** A frame with the real widget in it; it is told the settings, and talks to nobody. */
export function widgetPreview() {
  const frame = el('iframe', { class: 'preview', src: '/widget-preview', title: 'Preview of the chat widget', loading: 'lazy' });
  let latest = {};
  window.addEventListener('message', event => {
    if (event.source === frame.contentWindow && event.origin === location.origin && event.data === 'preview-ready') send();
  });
  return {
    element: frame,
    show(changed) {
      latest = changed;
      send();
    },
  };

  function send() {
    frame.contentWindow?.postMessage({ details: latest }, location.origin);
  }
}
