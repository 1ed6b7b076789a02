// Websites of other people's with the widget of the sample host: who may, who may not, and whose files are whose.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { eventually, newContext, parts, useBrowser } from './support/browser.mjs';
import { missingBuild, startHosts } from './support/hosts.mjs';
import { deployWidget, openHostPage } from './support/person.mjs';

const skip = missingBuild && process.env.INTEGRATIONS_REQUIRE_BROWSER !== '1' ? missingBuild : false;
const bakery = '0194c0de-0000-7000-8000-0000000000a1';
const picture = { name: 'cake.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') };
let host, ours, theirs, widget;

useBrowser();
before(async () => {
  if (skip) return;
  [host, ours, theirs] = await Promise.all([startHosts(), startSite(), startSite()]);
});
after(() => Promise.all([host, ours, theirs].map(one => one?.stop())));

/** A website on an origin of its own. */
async function startSite() {
  const server = createServer((request, response) => {
    if (request.url !== '/') return response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${host.url}; connect-src ${host.url}; img-src ${host.url} data:; require-trusted-types-for 'script'; trusted-types 'none'`,
    });
    return response.end(`<!doctype html><html lang="en"><title>A shop</title><link rel="icon" href="data:,">
<script type="module" async src="${host.url}/integrations/widget/v1/widget.js" data-integration="${widget}"></script><main><h1>A shop</h1></main></html>`);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise(resolve => { server.closeAllConnections(); server.close(resolve); }),
  };
}

async function deploy(t) {
  widget = await deployWidget(await openHostPage(t, host.url), bakery, { allowed_origins: [ours.url] });
}

test('a_site_that_is_allowed_chats_and_another_shows_nothing', { skip }, async t => {
  await deploy(t);
  const page = await openHostPage(t, ours.url);
  const ui = parts(page);
  await ui.launcher.click();
  await ui.say('Do you have rolls?');
  await ui.bubbles.filter({ hasText: 'You said: Do you have rolls?' }).waitFor();
  await page.reload();
  await ui.bubbles.filter({ hasText: 'You said: Do you have rolls?' }).waitFor();

  const context = await newContext();
  t.after(() => context.close());
  const other = await context.newPage();
  const lines = [];
  other.on('console', message => lines.push(message.text()));
  await other.goto(theirs.url);
  await eventually(() => lines.some(line => /Chat widget not shown: config answered 403/.test(line)));
  assert.equal(await other.locator('integrations-widget').count(), 0);
  const session = await other.evaluate(async url => (await fetch(url, { method: 'POST', body: '{}' })).status, `${host.url}/integrations/widget/${widget}/sessions`).catch(() => 'refused by the policy');
  assert.ok([403, 'refused by the policy'].includes(session), `${session}`);
});

test('a_visitors_picture_is_shown_to_them_and_refused_to_another', { skip }, async t => {
  await deploy(t);
  const page = await openHostPage(t, ours.url);
  const ui = parts(page);
  await ui.launcher.click();
  const uploaded = page.waitForResponse(response => response.request().method() === 'PUT');
  const created = page.waitForResponse(response => response.url().endsWith('/uploads') && response.request().method() === 'POST');
  await ui.file.setInputFiles([picture]);
  assert.equal((await uploaded).status(), 204);
  const { id } = await (await created).json();
  await ui.say('This one, please');
  await ui.bubbles.filter({ hasText: 'You said: This one, please' }).waitFor();
  await page.reload();
  const shown = ui.log.locator('img[alt="cake.png"]');
  await shown.waitFor();
  await eventually(() => shown.evaluate(image => image.complete && image.naturalWidth === 1), 'the picture is drawn');
  assert.match(await shown.getAttribute('src'), /\/files\//);

  // Another person on the same site, who somehow knows the file's id.
  const other = await openHostPage(t, ours.url);
  const answer = await other.evaluate(async ({ base, id: theirs }) => {
    const call = (path, token, body) => fetch(`${base}/${path}`, {
      method: body ? 'POST' : 'GET', body: body && JSON.stringify(body), headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    });
    const { token } = await (await call('sessions', undefined, { locale: 'en', page: { url: location.href } })).json();
    const sent = await call('messages', token, { clientId: crypto.randomUUID(), text: 'mine', attachments: [theirs] });
    return sent.status;
  }, { base: `${host.url}/integrations/widget/${widget}`, id });
  assert.equal(answer, 400, 'the file cannot be sent as one\'s own');
  assert.equal((await fetch(`${host.url}/integrations/widget/${widget}/files/${id}`)).status, 404, 'the id alone opens nothing');
});
