// The Extensions page: one agent's channels, how each stands, and what can be done about it.

import { confirmed, el } from './dom.js';
import { api } from './api.js';
import { card, skeleton } from './cards.js';
import { openDeploy } from './deploy.js';
import { openAccountChoice } from './accounts.js';
import { openDiagnosis } from './doctor.js';
import { installed } from './snippet.js';
import { forget, remember, wantsSwitch, whatBecame } from './switch.js';

const REFRESH = 4000;
const chats = JSON.parse(document.body.dataset.chats);
const address = new URL(location.href);
// Coming back from an account choice the address does not say which agent it was for; the tab remembers.
const chat = chats.find(c => c.id === (address.searchParams.get('chat') ?? sessionStorage.getItem('chat'))) ?? chats[0];
sessionStorage.setItem('chat', chat.id);
const list = document.getElementById('channels');
const notice = document.getElementById('notice');
let catalog = [];
let integrations = [];
let shown = '';

await start();

async function start() {
  list.replaceChildren(...Array.from({ length: 9 }, skeleton));
  document.getElementById('deploy').addEventListener('click', () => deploy([]));
  try {
    catalog = await api.catalog();
    await refresh();
  } catch (problem) {
    list.replaceChildren(el('li', { class: 'card bad' }, el('p', { class: 'error', role: 'alert' }, problem.message),
      el('div', { class: 'actions' }, el('button', { type: 'button', class: 'primary', onclick: () => location.reload() }, 'Try again'))));
    return;
  } finally {
    list.removeAttribute('aria-busy');
  }
  welcomeBack();
  setInterval(() => { if (!document.hidden) refresh().catch(say); }, REFRESH);
}

/** Reads how things stand. Draws only what changed, so that the focus stays where a person is. */
async function refresh() {
  integrations = await api.list(chat.id);
  const now = JSON.stringify(integrations);
  if (now === shown) return;
  shown = now;
  const focused = document.activeElement?.closest?.('.card')?.dataset.type;
  const action = document.activeElement?.dataset?.action;
  list.replaceChildren(...catalog.map(entry => card(entry, find(entry.type), act)));
  if (focused) (list.querySelector(`[data-type="${focused}"] [data-action="${action}"]`) ?? list.querySelector(`[data-type="${focused}"] button`))?.focus();
  installed(document.getElementById('snippet'), find('chat-widget')).catch(say);
}

function find(type) {
  return integrations.find(i => i.type === type);
}

/** What the address says we came back with: a finished connect, or accounts to choose from. */
function welcomeBack() {
  const { searchParams } = address;
  if (searchParams.get('integration') === 'connected') say(whatBecame(find));
  const choice = searchParams.get('integration_choice');
  history.replaceState(null, '', `/?chat=${chat.id}`);
  if (choice) choose(choice).catch(say);
}

async function choose(choice) {
  await openAccountChoice(choice, i => find(i)?.account_id, async ({ warnings }) => {
    await refresh();
    say([whatBecame(find), ...warnings].join(' '));
  });
}

async function act(action, entry, integration) {
  try {
    switch (action) {
      case 'connect':
      case 'reconnect':
        forget();
        location.assign(await api.connectAddress(chat.id, entry));
        return;
      case 'switch': {
        if (!await wantsSwitch(entry, integration)) return;
        const dialog = await api.connectAddress(chat.id, entry, { allow_account_switch: true, reconsent: true });
        remember(entry, integration);
        location.assign(dialog);
        return;
      }
      case 'setup':
      case 'settings':
        deploy([entry.type]);
        return;
      case 'diagnose':
        await openDiagnosis(entry, integration);
        return;
      case 'disconnect':
        if (!await confirmed(`Disconnect ${entry.display_name}?`, 'Its account is given back and its tokens are wiped. Messages and counters stay.',
          { yes: 'Disconnect', no: 'Keep it', dangerous: true })) return;
        break;
    }
    const { warnings } = await api[action](integration.integration_id);
    say([`${entry.display_name}: ${{ pause: 'paused', resume: 'live again', disconnect: 'disconnected' }[action]}.`, ...warnings].join(' '));
    await refresh();
  } catch (problem) {
    say(problem);
  }
}

function deploy(types) {
  openDeploy(chat, catalog.filter(e => e.availability === 'available'), integrations, types, () => refresh().catch(say));
}

/** Tells a person something, politely; a problem stands out. */
function say(what) {
  const text = what?.message ?? what;
  notice.className = what?.message ? 'notice bad' : 'notice';
  notice.textContent = text;
}
