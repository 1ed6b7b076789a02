// The widget against the sample host: what the mock promises, the server keeps.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { eventually, parts, useBrowser } from './support/browser.mjs';
import { missingBuild, startHosts } from './support/hosts.mjs';
import { deployWidget, openHostPage } from './support/person.mjs';

const skip = missingBuild && process.env.INTEGRATIONS_REQUIRE_BROWSER !== '1' ? missingBuild : false;
const bakery = '0194c0de-0000-7000-8000-0000000000a1';
let host;

useBrowser();
before(async () => { if (!skip) host = await startHosts(); });
after(() => host?.stop());

/** Deploys the widget, and opens a site of the host's own that has it. */
async function openSite(t, details = {}) {
  const page = await openHostPage(t, host.url);
  const id = await deployWidget(page, bakery, details);
  await page.goto(`${host.url}/demo-site?integration=${id}`);
  return { page, ui: parts(page), id };
}

test('a_conversation_with_the_real_host_survives_a_reload', { skip }, async t => {
  const { page, ui } = await openSite(t, { widget_title: 'Real host', custom_css: '.title { letter-spacing: 1px }' });
  await ui.launcher.click();
  await ui.panel.getByText('Real host').waitFor();
  await ui.say('Do you have rolls?');
  await ui.bubbles.filter({ hasText: 'You said: Do you have rolls?' }).waitFor();
  await ui.say('And cake?');
  await ui.bubbles.filter({ hasText: 'You said: And cake?' }).waitFor();
  await page.reload();
  await ui.bubbles.filter({ hasText: 'You said: And cake?' }).waitFor();
  const texts = await ui.bubbles.allTextContents();
  assert.equal(new Set(texts).size, texts.length, `nothing twice: ${texts}`);
  for (const text of ['Do you have rolls?', 'And cake?']) assert.ok(texts.includes(text));
});

test('a_restart_of_the_real_host_loses_and_doubles_nothing', { skip }, async t => {
  const { ui } = await openSite(t);
  await ui.launcher.click();
  await ui.say('before the restart');
  await ui.bubbles.filter({ hasText: 'You said: before the restart' }).waitFor();
  const restarted = host.restart();
  await ui.say('during the restart');
  await restarted;
  await ui.bubbles.filter({ hasText: 'You said: during the restart' }).waitFor({ timeout: 180_000 });
  await ui.say('after the restart');
  await ui.bubbles.filter({ hasText: 'You said: after the restart' }).waitFor();
  const texts = await ui.bubbles.allTextContents();
  assert.equal(new Set(texts).size, texts.length, `nothing twice: ${texts}`);
});

test('two_tabs_of_the_real_host_show_the_same_conversation', { skip }, async t => {
  const { page, ui } = await openSite(t);
  await ui.launcher.click();
  await ui.say('from the first tab');
  await ui.bubbles.filter({ hasText: 'You said: from the first tab' }).waitFor();
  const second = await page.context().newPage();
  await second.goto(page.url());
  const other = parts(second);
  await other.launcher.click();
  await other.say('from the second tab');
  for (const tab of [ui, other]) await tab.bubbles.filter({ hasText: 'You said: from the second tab' }).waitFor();
  await page.close();
  await other.say('the first is closed');
  await other.bubbles.filter({ hasText: 'You said: the first is closed' }).waitFor();
});

test('signing_out_of_the_real_host_starts_a_new_conversation', { skip }, async t => {
  const { page, ui } = await openSite(t);
  await ui.launcher.click();
  await ui.say('mine');
  await ui.bubbles.filter({ hasText: 'You said: mine' }).waitFor();
  await page.evaluate(() => window.IntegrationsWidget.reset());
  await eventually(async () => !(await ui.bubbles.allTextContents()).includes('mine'));
  await ui.say('somebody else');
  await ui.bubbles.filter({ hasText: 'You said: somebody else' }).waitFor();
  assert.equal((await ui.bubbles.allTextContents()).some(text => text.includes('mine')), false);
});
