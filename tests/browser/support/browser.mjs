// Opens pages with the widget in a real Chromium, and collects everything that must not happen on them.
import { createServer } from 'node:http';
import { existsSync, mkdirSync } from 'node:fs';
import { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { integrationId, startMock } from './mockServer.mjs';

export { integrationId };

const executablePath = process.env.INTEGRATIONS_CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const artifacts = new URL('../../../artifacts/browser/', import.meta.url).pathname;

let browser;

/** Call once in each test file. */
export function useBrowser() {
  before(async () => {
    mkdirSync(artifacts, { recursive: true });
    browser = await chromium.launch({
      executablePath, headless: true,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
        '--disable-sync', '--disable-dev-shm-usage', '--host-resolver-rules=MAP plain-http.test 127.0.0.1'],
    });
  });
  after(() => browser?.close());
}

/** A browser profile of its own. */
export const newContext = options => browser.newContext(options);

/**
 * One server, one browser profile and a first page. At the end of the test: nothing the contract forbids was sent, no policy was violated,
 * and nothing was thrown.
 */
export async function openWidget(t, { config, context: contextOptions, mock: prepare, ...pageOptions } = {}) {
  const mock = await startMock(config);
  prepare?.(mock);
  const site = await startSite();
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, locale: 'en-US', ...contextOptions });
  context.setDefaultTimeout(60_000);
  const problems = [];
  const pages = [];

  async function open(options = {}) {
    const all = { ...pageOptions, ...options };
    const page = await context.newPage();
    pages.push(page);
    page.on('pageerror', error => problems.push(`thrown: ${error.message}`));
    await page.exposeFunction('reportViolation', text => problems.push(`policy: ${text}`));
    await page.addInitScript(watchPage, { openRoots: all.openRoots ?? true });
    if (all.init) await page.addInitScript(all.init);
    site.pages.set(`/${pages.length}`, pageText(mock, all));
    page.address = `${all.plainHttp ? site.url.replace('127.0.0.1', 'plain-http.test') : site.url}/${pages.length}`;
    if (all.goto !== false) await page.goto(page.address);
    if (all.goto !== false && all.ready !== false) await page.locator('integrations-widget .launcher').waitFor({ state: 'attached' });
    return page;
  }

  t.after(async () => {
    await context.close();
    await mock.stop();
    await site.stop();
    if (t.passed === false) return; // the first failure says more
    assert.deepEqual(mock.violations, [], 'calls that the contract does not allow');
    assert.deepEqual(problems, [], 'policy violations and exceptions on the page');
  });

  const page = await open();
  return { mock, page, context, open, site, problems, ui: parts(page) };
}

/** The parts of the widget by what they are to a person. */
export function parts(page) {
  const inside = page.locator('integrations-widget');
  return {
    host: inside,
    launcher: inside.locator('.launcher'),
    badge: inside.locator('.badge'),
    panel: inside.locator('.panel'),
    close: inside.locator('.close'),
    log: inside.locator('.log'),
    messages: inside.locator('.message'),
    bubbles: inside.locator('.bubble'),
    input: inside.locator('textarea'),
    sendButton: inside.locator('.send'),
    notice: inside.locator('.notice'),
    status: inside.locator('[role=status]'),
    typing: inside.locator('.typing'),
    replies: inside.locator('.reply'),
    retry: inside.locator('.retry'),
    file: inside.locator('input[type=file]'),
    files: inside.locator('.files li'),
    prechat: inside.locator('.prechat'),
    async say(text) {
      await this.input.fill(text);
      await this.input.press('Enter');
    },
  };
}

/** Opens the panel and writes a first message, so that there is a visitor with a live stream. */
export async function converse(t, options) {
  const opened = await openWidget(t, options);
  await opened.ui.launcher.click();
  await opened.ui.say('Hello');
  await eventually(() => opened.mock.visitors[0]?.messages.length === 1 && opened.mock.streams.size === 1, 'first message and live stream');
  return { ...opened, visitor: opened.mock.visitors[0] };
}

/** Waits until `check` holds: for what happens on the server's side. */
export async function eventually(check, what = check.toString()) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (await check()) return;
    if (Date.now() > deadline) assert.fail(`did not happen in a minute: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}

export const screenshot = (page, name) => page.screenshot({ path: `${artifacts}${name}.png` });

/** A website of somebody else: another origin, and the strictest policy there is. */
async function startSite() {
  const pages = new Map();
  const server = createServer((request, response) => {
    const found = pages.get(new URL(request.url, 'http://x').pathname);
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...(found?.policy ? { 'content-security-policy': found.policy } : {}) });
    response.end(found?.html ?? '');
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    pages,
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function pageText(mock, { script = {}, dir = 'ltr', lang = 'en', head = '', body = '<main><h1>A shop</h1><p>Words.</p><button id="elsewhere">Elsewhere</button></main>', policy } = {}) {
  const attributes = { 'data-integration': integrationId, ...script };
  const list = Object.entries(attributes).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}="${value}"`).join(' ');
  return {
    html: `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>A shop</title><link rel="icon" href="data:,">${head}<script type="module" async src="${mock.scriptUrl()}" ${list}></script></head><body>${body}</body></html>`,
    policy: policy ?? `default-src 'none'; script-src ${mock.url}; connect-src ${mock.url}; img-src ${mock.url} data:; require-trusted-types-for 'script'; trusted-types 'none'`,
  };
}

function watchPage({ openRoots }) {
  document.addEventListener('securitypolicyviolation', event => window.reportViolation(`${event.violatedDirective} ${event.blockedURI}`));
  if (openRoots) {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }); };
  }
  window.seen = [];
  for (const name of ['ready', 'open', 'close', 'unread', 'message:sent', 'message:received', 'identify', 'config', 'error'])
    window.addEventListener(`integrations-widget:${name}`, event => window.seen.push([name, event.detail]));
}
