// The connection doctor: what was looked at, what is wrong, and what to do about it.

import { el, openDialog } from './dom.js';
import { api } from './api.js';

const WORDS = { ok: 'Fine', warning: 'Look at this', failed: 'Broken', skipped: 'Not checked' };

export async function openDiagnosis(entry, integration) {
  const body = el('div', { 'aria-busy': 'true' }, el('p', { role: 'status' }, `Looking at ${entry.display_name}…`));
  openDialog(`${entry.display_name}: check-up`, body);
  try {
    const report = await api.diagnose(integration.integration_id);
    body.replaceChildren(el('ul', { class: 'checks' }, report.checks.map(check => el('li', { class: check.status },
      el('span', { class: `badge ${tone(check.status)}` }, WORDS[check.status] ?? check.status),
      el('div', {}, el('strong', {}, check.title), el('p', {}, check.evidence ?? ''), check.fix && el('p', { class: 'fix' }, `What to do: ${check.fix}`))))));
  } catch (refused) {
    body.replaceChildren(el('p', { class: 'error', role: 'alert' }, refused.message));
  }
  body.removeAttribute('aria-busy');
}

function tone(status) {
  return status === 'ok' ? 'good' : status === 'failed' ? 'bad' : status === 'warning' ? 'warn' : 'quiet';
}
