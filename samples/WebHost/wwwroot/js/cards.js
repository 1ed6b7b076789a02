// The nine channels as cards.

import { el, icon } from './dom.js';
import { ago, describe } from './words.js';

const ICONS = {
  'chat-widget': 'M4 5h16v11H9l-5 4z',
  facebook: 'M12 3a9 8.5 0 0 0-5 15.6V22l3-2.2a10 9 0 0 0 2 .2 9 8.5 0 0 0 0-17zM7.5 14l3.5-4 2.5 2.5 3-2.5',
  instagram: 'M7 3h10a4 4 0 0 1 4 4v10a4 4 0 0 1-4 4H7a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4zm5 5a4 4 0 1 0 0 8 4 4 0 0 0 0-8zm5-1.5v.01',
  x: 'M4 4l16 16M20 4L4 20',
  telegram: 'M21 4L3 11l6 2.5L18 7l-7 8 7 5z',
  linkedin: 'M4 9v11M4 4.5v.01M9 20V9m0 5c0-3 2-5 5-5s5 2 5 5v6',
  email: 'M3 6h18v12H3zm0 0l9 7 9-7',
  sms: 'M3 5h18v12H8l-5 4zm5 6h.01M12 11h.01M16 11h.01',
  team: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zm8 0a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 20c0-4 2.5-6 6-6s6 2 6 6m2-6c3.5 0 6 2 6 6',
};
const OTHER = 'M12 3v18M3 12h18';

const LABELS = {
  connect: 'Connect', reconnect: 'Reconnect', setup: 'Deploy', settings: 'Settings', pause: 'Pause', resume: 'Resume', diagnose: 'Check', switch: 'Switch account',
  disconnect: 'Disconnect',
};

// What brings a channel closer to answering.
const FORWARD = ['connect', 'reconnect', 'setup', 'resume'];

/** @param act called with the name of an action, the catalog entry and the integration */
export function card(entry, integration, act) {
  const told = describe(entry, integration);
  const isConnected = integration && !['pending', 'disconnected'].includes(integration.state);
  const title = el('h2', { id: `channel-${entry.type}` }, entry.display_name);
  return el('li', { class: `card ${told.tone}`, 'data-type': entry.type, 'aria-labelledby': title.id },
    el('div', { class: 'card-head' }, el('span', { class: 'glyph' }, icon(ICONS[entry.type] ?? OTHER)), title, el('span', { class: `badge ${told.tone}` }, told.label)),
    el('p', { class: 'about' }, entry.description ?? ''),
    told.sentence && el('p', { class: 'sentence' }, told.sentence),
    isConnected && integration.last_error && el('p', { class: 'error' }, `Last error: ${integration.last_error}`),
    isConnected && counters(integration),
    told.actions.length > 0 && el('div', { class: 'actions' }, told.actions.map(action => el('button', {
      type: 'button', class: FORWARD.includes(action) ? 'primary' : action === 'disconnect' ? 'danger' : null, 'data-action': action,
      'aria-label': `${LABELS[action]} ${entry.display_name}`, onclick: () => act(action, entry, integration),
    }, LABELS[action]))));
}

export function skeleton() {
  return el('li', { class: 'card skeleton', 'aria-hidden': 'true' }, el('span', {}), el('span', {}), el('span', {}));
}

function counters(integration) {
  const pair = (name, value) => el('div', {}, el('dt', {}, name), el('dd', {}, value));
  return el('dl', { class: 'counters' },
    pair('Messages', integration.message_count.toLocaleString('en')), pair('People', integration.user_count.toLocaleString('en')), pair('Synced', ago(integration.last_synced_at)));
}
