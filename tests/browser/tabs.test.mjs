import { test } from 'node:test';
import assert from 'node:assert/strict';
import { eventually, openWidget, parts, useBrowser } from './support/browser.mjs';

useBrowser();

async function twoTabs(t) {
  const opened = await openWidget(t);
  await opened.ui.launcher.click();
  await opened.ui.say('Hello');
  await eventually(() => opened.mock.streams.size === 1);
  const second = await opened.open();
  const other = parts(second);
  await other.launcher.click();
  await other.bubbles.filter({ hasText: 'Hello' }).waitFor();
  return { ...opened, second, other, visitor: opened.mock.visitors[0] };
}

test('two_tabs_share_one_connection_and_both_see_what_arrives', async t => {
  const { mock, ui, other } = await twoTabs(t);
  mock.agentSays('For both');
  await ui.bubbles.filter({ hasText: 'For both' }).waitFor();
  await other.bubbles.filter({ hasText: 'For both' }).waitFor();
  assert.equal(mock.streamsOpened, 1);
  assert.equal(mock.visitors.length, 1);
  await other.say('From the second tab');
  await ui.bubbles.filter({ hasText: 'From the second tab' }).waitFor();
  assert.equal(await ui.messages.count(), 3);
  assert.equal(await other.messages.count(), 3);
});

test('closing_the_leading_tab_hands_over_without_loss_or_duplicate', async t => {
  const { mock, page, other } = await twoTabs(t);
  mock.agentSays('one');
  await other.bubbles.filter({ hasText: 'one' }).waitFor();
  await page.close();
  await eventually(() => mock.streamsOpened === 2 && mock.streams.size === 1);
  mock.agentSays('two');
  await other.bubbles.filter({ hasText: 'two' }).waitFor();
  assert.deepEqual(await other.bubbles.allTextContents(), ['Hello', 'one', 'two']);
  assert.equal(mock.calls.filter(call => call.name === 'events').at(-1).query.get('after'), '2', 'goes on where the first tab was');
});

test('two_tabs_that_start_at_once_are_one_visitor', async t => {
  const { mock, page, open } = await openWidget(t);
  const second = await open();
  mock.intercept = async call => {
    if (call.name === 'sessions') await new Promise(resolve => setTimeout(resolve, 150));
    return undefined;
  };
  await Promise.all([page, second].map((one, at) => one.evaluate(number => window.IntegrationsWidget.send(`from tab ${number}`), at)));
  await eventually(() => mock.visitors[0]?.messages.length === 2);
  assert.equal(mock.visitors.length, 1);
  assert.equal(new Set(mock.bodiesOf('messages').map(one => one.clientId)).size, 2);
});

test('what_is_read_in_one_tab_is_read_in_the_other', async t => {
  const { mock, ui, other, page, second } = await twoTabs(t);
  await ui.close.click();
  await other.close.click();
  mock.agentSays('Unread');
  await ui.badge.filter({ hasText: '1' }).waitFor();
  await other.badge.filter({ hasText: '1' }).waitFor();
  await page.bringToFront();
  await ui.launcher.click();
  await other.badge.waitFor({ state: 'hidden' });
  assert.equal(await second.evaluate(() => window.seen.filter(([name]) => name === 'unread').at(-1)[1]), 0);
});

test('signing_out_in_one_tab_empties_the_other', async t => {
  const { mock, page, other, ui } = await twoTabs(t);
  await page.evaluate(() => window.IntegrationsWidget.reset());
  await eventually(async () => await other.messages.count() === 0 && await ui.messages.count() === 0);
  await other.say('Somebody else');
  await eventually(() => mock.visitors.length === 2 && mock.visitors[1].messages.length === 1);
  assert.deepEqual(mock.visitors[0].messages.map(one => one.text), ['Hello']);
});
