import { test } from 'node:test';
import assert from 'node:assert/strict';
import { eventually, integrationId, openWidget, parts, useBrowser } from './support/browser.mjs';

useBrowser();

const phone = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

test('a_page_that_swaps_its_body_keeps_the_widget_and_the_conversation', async t => {
  const { mock, page, ui } = await openWidget(t);
  await ui.launcher.click();
  await ui.say('Hello');
  await eventually(() => mock.visitors[0]?.messages.length === 1 && mock.streams.size === 1);
  await page.evaluate(() => {
    const next = document.createElement('body');
    next.append(document.createElement('main'));
    document.body.replaceWith(next); // Turbo
  });
  await ui.bubbles.filter({ hasText: 'Hello' }).waitFor();
  await page.evaluate(() => document.body.replaceChildren(document.createElement('article'))); // a client-side router
  await ui.bubbles.filter({ hasText: 'Hello' }).waitFor();
  mock.agentSays('Still here');
  await ui.bubbles.filter({ hasText: 'Still here' }).waitFor();
  assert.equal(await ui.host.count(), 1);
  assert.equal(mock.streamsOpened, 1);
  assert.equal(mock.count('sessions'), 1);
});

test('a_script_that_is_there_twice_makes_one_widget', async t => {
  const { mock, open } = await openWidget(t, { goto: false });
  const twice = [mock.scriptUrl(), `${mock.scriptUrl()}?again`].map(src => `<script type="module" src="${src}" data-integration="${integrationId}"></script>`);
  const second = await open({ goto: true, head: twice.join('') });
  const ui = parts(second);
  await second.waitForLoadState('networkidle');
  assert.equal(await ui.host.count(), 1);
  assert.equal(mock.count('config'), 1);
});

test('the_page_can_drive_it_and_hear_it', async t => {
  const { mock, page, ui, problems } = await openWidget(t);
  const call = (name, ...args) => page.evaluate(([name, args]) => { window.IntegrationsWidget[name](...args); }, [name, args]);
  await page.evaluate(() => {
    window.heard = [];
    const api = window.IntegrationsWidget;
    window.unsubscribe = api.on('open', () => window.heard.push('open'));
    api.on('message:received', message => window.heard.push(message.text));
    api.on('close', () => { throw new Error('a mistake of the page'); });
  });
  await call('open');
  await ui.panel.waitFor();
  await call('toggle');
  await ui.panel.waitFor({ state: 'hidden' });
  await page.evaluate(() => window.unsubscribe());
  await call('toggle');
  await ui.panel.waitFor();
  await call('hide');
  await ui.launcher.waitFor({ state: 'hidden' });
  assert.equal(await ui.panel.isVisible(), false);
  await call('show');
  await ui.panel.waitFor();
  await call('close');
  await call('send', 'From the page', 'PAYLOAD');
  await eventually(() => mock.visitors[0]?.messages.length === 1 && mock.streams.size === 1);
  mock.agentSays('Heard');
  await eventually(() => page.evaluate(() => window.heard.includes('Heard')));
  assert.deepEqual(await page.evaluate(() => window.heard), ['open', 'Heard']);
  const seen = await page.evaluate(() => window.seen.map(([name]) => name));
  for (const name of ['ready', 'open', 'close', 'message:sent', 'message:received', 'unread', 'config']) assert.ok(seen.includes(name), `${name} on window`);
  await call('destroy');
  await eventually(() => mock.streams.size === 0);
  assert.equal(await ui.host.count(), 0);
  await page.evaluate(() => document.body.replaceChildren());
  assert.equal(await ui.host.count(), 0, 'and it stays away');
  assert.deepEqual(problems.splice(0).map(one => one), Array(2).fill('thrown: a mistake of the page'), 'mistakes of the page are the page\'s, and stop nothing');
});

test('the_page_can_change_colours_and_theme_and_a_draft_survives', async t => {
  const { page, ui } = await openWidget(t);
  await ui.launcher.click();
  await ui.input.fill('Half a sentence');
  await page.evaluate(() => window.IntegrationsWidget.configure({ widget_color: '#0F766E', theme: 'dark', widget_title: 'Changed' }));
  await ui.panel.getByText('Changed').waitFor();
  assert.equal(await ui.input.inputValue(), 'Half a sentence');
  assert.equal(await ui.launcher.evaluate(element => getComputedStyle(element).backgroundColor), 'rgb(15, 118, 110)');
  assert.equal(await ui.panel.evaluate(element => getComputedStyle(element).colorScheme), 'dark');
});

test('a_saved_change_reaches_open_pages', async t => {
  const { mock, ui } = await openWidget(t);
  await ui.launcher.click();
  await eventually(() => mock.streams.size === 1);
  mock.config = { ...mock.config, widget_title: 'Saved just now', config_version: '2' };
  mock.send(mock.visitors[0], 'config', { config_version: '2' });
  await ui.panel.getByText('Saved just now').waitFor();
});

test('a_preview_makes_no_call_at_all', async t => {
  const { mock, page } = await openWidget(t, { goto: false, script: { 'data-integration': undefined, 'data-preview': '' } });
  await page.goto(page.address);
  await page.evaluate(config => window.IntegrationsWidget.configure(config), { ...mock.config, widget_title: 'Preview' });
  const ui = parts(page);
  await ui.launcher.click();
  await ui.panel.getByText('Preview').waitFor();
  await ui.say('Shown only here');
  await ui.bubbles.filter({ hasText: 'Shown only here' }).waitFor();
  await page.reload();
  assert.deepEqual(mock.calls, []);
});

test('it_opens_by_itself_once_without_taking_the_keyboard_or_connecting', async t => {
  const { mock, page, ui } = await openWidget(t, { config: { auto_open: true, auto_open_delay: 90_000 }, goto: false });
  await page.clock.install();
  await page.goto(page.address);
  await ui.launcher.waitFor();
  assert.equal(await ui.panel.isVisible(), false);
  await page.locator('#elsewhere').focus();
  await page.clock.runFor(90_000);
  await ui.panel.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'elsewhere');
  assert.deepEqual([mock.count('sessions'), mock.streamsOpened], [0, 0]);
  await ui.input.click();
  await eventually(() => mock.streams.size === 1, 'the first touch is interest');
  await ui.close.click();
  await page.reload();
  await ui.launcher.waitFor();
  await page.clock.runFor(90_000);
  assert.equal(await ui.panel.isVisible(), false, 'once for each visitor');
});

test('it_does_not_open_by_itself_against_the_visitors_own_choice', async t => {
  const { page, ui } = await openWidget(t, { config: { auto_open: true, auto_open_delay: 90_000 }, goto: false });
  await page.clock.install();
  await page.goto(page.address);
  await ui.launcher.click();
  await ui.close.click();
  await page.clock.runFor(90_000);
  assert.equal(await ui.panel.isVisible(), false);
});

test('it_does_not_open_by_itself_over_a_phones_screen', async t => {
  const { page, ui } = await openWidget(t, { config: { auto_open: true, auto_open_delay: 0 }, context: phone });
  await ui.launcher.waitFor();
  await page.waitForTimeout(300);
  assert.equal(await ui.panel.isVisible(), false);
});

test('numbers_are_sent_when_the_page_is_left_and_only_if_the_page_and_the_person_allow_it', async t => {
  const { mock, open, page, ui } = await openWidget(t);
  await ui.launcher.click();
  await ui.say('Hello');
  await eventually(() => mock.visitors[0]?.messages.length === 1);
  await page.goto('about:blank');
  await eventually(() => mock.count('analytics') === 1);
  assert.deepEqual(mock.bodiesOf('analytics')[0].events.map(one => one.name), ['open', 'message_sent']);
  assert.equal(mock.bodiesOf('analytics')[0].variant, 'a');

  for (const options of [{ script: { 'data-analytics': 'off' } }, { init: () => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }) }]) {
    const other = await open(options);
    await parts(other).launcher.click();
    await parts(other).close.click();
    await other.goto('about:blank');
    await other.waitForTimeout(200);
  }
  assert.equal(mock.count('analytics'), 1);
});

test('going_back_to_a_page_finds_it_live_again', async t => {
  const { mock, page, ui } = await openWidget(t);
  await ui.launcher.click();
  await ui.say('Hello');
  await eventually(() => mock.streams.size === 1 && mock.visitors[0].messages.length === 1);
  await page.goto('about:blank');
  await eventually(() => mock.streams.size === 0);
  await page.goBack();
  await eventually(() => mock.streams.size === 1);
  mock.agentSays('Welcome back');
  await ui.bubbles.filter({ hasText: 'Welcome back' }).waitFor();
  assert.equal(await ui.messages.count(), 2);
});
