// The connection doctor: what was looked at, what is wrong, and what to do about it.

import { el, openDialog } from './dom.js';
import { api } from './api.js';
import { justNow } from './words.js';

const WORDS = { ok: 'Fine', warning: 'Look at this', failed: 'Broken', skipped: 'Not checked' };
const WORST_FIRST = ['failed', 'warning', 'ok', 'skipped'];

export async function openDiagnosis(entry, integration) {
  const body = el('div', { 'aria-busy': 'true' }, el('p', { role: 'status' }, `Looking at ${entry.display_name}…`));
  openDialog(`${entry.display_name}: check-up`, body);
  try {
    const report = await api.diagnose(integration.integration_id);
    const checks = report.checks.toSorted((one, other) => WORST_FIRST.indexOf(one.status) - WORST_FIRST.indexOf(other.status));
    body.replaceChildren(summary(report), el('ul', { class: 'checks' }, checks.map(check => el('li', { class: check.status },
      el('span', { class: `badge ${tone(check.status)}` }, WORDS[check.status] ?? check.status),
      el('div', {}, el('strong', {}, check.title), el('p', {}, check.evidence ?? ''), check.fix && el('p', { class: 'fix' }, `What to do: ${check.fix}`))))));
  } catch (refused) {
    body.replaceChildren(el('p', { class: 'error', role: 'alert' }, refused.message));
  }
  body.removeAttribute('aria-busy');
}

/** What needs a person, and how old the report is: the host gives one again for a while instead of asking the platform anew. */
function summary({ checks, checked_at: at }) {
  const count = status => checks.filter(check => check.status === status).length;
  const [broken, warned] = [count('failed'), count('warning')];
  const found = [broken && `${broken} broken`, warned && `${warned} to look at`].filter(Boolean).join(', ');
  return el('p', { class: 'summary', role: 'status' }, `${found || 'All is well'}. Checked ${justNow(at)}.`);
}

function tone(status) {
  return status === 'ok' ? 'good' : status === 'failed' ? 'bad' : status === 'warning' ? 'warn' : 'quiet';
}
