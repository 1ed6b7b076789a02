// Somebody at the sample host's pages, and everything that must not happen there.
import assert from 'node:assert/strict';
import { newContext } from './browser.mjs';

/** @returns a page of a person who is not signed in */
export async function openHostPage(t, url, options = {}) {
  const context = await newContext({ viewport: { width: 1200, height: 900 }, locale: 'en-US', ...options });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', error => problems.push(`thrown: ${error.message}`));
  await context.exposeFunction('reportViolation', text => problems.push(`policy: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => window.reportViolation(`${event.violatedDirective} ${event.blockedURI} on ${location.pathname}`));
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }); };
  });
  t.after(async () => {
    await context.close();
    if (t.passed !== false) assert.deepEqual(problems, [], 'policy violations and exceptions on the page');
  });
  await page.goto(url);
  return page;
}

export async function signIn(page, name, password = `${name}-demo`) {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** One channel's card. */
export function card(page, type) {
  const root = page.locator(`.card[data-type="${type}"]`);
  return {
    root,
    action: name => root.locator(`[data-action="${name}"]`),
    shows: label => root.locator('.badge', { hasText: label }).waitFor(),
    counter: async name => Number((await root.locator('.counters div', { hasText: name }).locator('dd').textContent()).replaceAll(',', '')),
  };
}

/** Agrees on the sandbox's consent dialog, as the first of its people. */
export const agree = page => page.getByRole('button', { name: 'Continue' }).first().click();

/** Agrees, and takes an account of those that are offered then. */
export async function consent(page, account = 'My Business Page') {
  await agree(page);
  await page.getByRole('dialog').getByLabel(account, { exact: true }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Connect' }).click();
}

/** Signs anna in and deploys a chat's widget through the management API, as the Extensions page does. @returns its integration id */
export async function deployWidget(page, chat, details = {}) {
  await signIn(page, 'anna');
  await page.locator('.card').first().waitFor();
  const integration = await page.evaluate(async ({ chat: id, details: wanted }) => {
    const call = async (method, path, body) => (await fetch(`/integrations/api${path}`, {
      method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body),
    })).json();
    const mine = async () => (await call('GET', `/integrations?chat_id=${id}`)).items.find(one => one.type === 'chat-widget');
    const version = (await mine())?.version ?? 0;
    await call('POST', '/deploy', { chat_id: id, channels: [{ type: 'chat-widget', details: wanted, expected_version: version }], return_path: '/' });
    return mine();
  }, { chat, details });
  assert.equal(integration?.is_live, true, JSON.stringify(integration));
  return integration.integration_id;
}
