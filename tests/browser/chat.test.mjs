import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { converse, eventually, openWidget, parts, screenshot, useBrowser } from './support/browser.mjs';

useBrowser();

test('a_message_goes_to_the_agent_and_the_answer_comes_back', async t => {
  const { mock, page, ui } = await converse(t);
  await ui.messages.filter({ hasText: 'Sent' }).waitFor();
  mock.agentSays('We do. It takes **3 days**.');
  await ui.bubbles.filter({ hasText: 'It takes 3 days.' }).waitFor();
  assert.equal(await ui.messages.count(), 2);
  await screenshot(page, 'widget-conversation');
});

test('opening_and_sending_at_once_makes_one_visitor', async t => {
  const { mock, page, ui } = await openWidget(t);
  let slow = true;
  mock.intercept = async call => {
    if (call.name === 'sessions' && slow) await new Promise(resolve => setTimeout(resolve, 150));
    return undefined;
  };
  await page.evaluate(() => {
    window.IntegrationsWidget.open();
    window.IntegrationsWidget.send('first');
    window.IntegrationsWidget.send('second');
  });
  await eventually(() => mock.visitors[0]?.messages.length === 2);
  slow = false;
  assert.equal(mock.visitors.length, 1);
  assert.equal(mock.count('sessions'), 1);
  assert.deepEqual(mock.visitors[0].messages.map(one => one.text), ['first', 'second']);
  assert.equal(await ui.messages.count(), 2);
});

test('a_reload_restores_the_conversation_and_the_open_panel', async t => {
  const { mock, page, ui } = await converse(t);
  mock.agentSays('Hello, I am Ada.');
  await ui.bubbles.filter({ hasText: 'I am Ada' }).waitFor();
  await ui.say('And I am Bob.');
  await eventually(() => mock.visitors[0].messages.length === 3);
  await page.reload();
  await ui.bubbles.filter({ hasText: 'And I am Bob.' }).waitFor();
  assert.deepEqual(await ui.bubbles.allTextContents(), ['Hello', 'Hello, I am Ada.', 'And I am Bob.']);
  assert.equal(await ui.panel.isVisible(), true);
  assert.equal(mock.visitors.length, 1);
});

test('unread_answers_are_counted_on_the_launcher_and_in_its_name_and_told_when_read', async t => {
  const { mock, ui, visitor } = await converse(t);
  await ui.close.click();
  mock.agentSays('One');
  mock.agentSays('Two');
  await ui.badge.filter({ hasText: '2' }).waitFor();
  assert.equal(await ui.launcher.getAttribute('aria-label'), 'Open chat, 2 unread');
  await ui.launcher.click();
  await eventually(() => visitor.readUpTo === 3, 'read receipt of the newest');
  assert.equal(await ui.badge.isVisible(), false);
  assert.equal(await ui.launcher.getAttribute('aria-label'), 'Close chat');
});

test('unread_survives_a_reload', async t => {
  const { mock, page, ui } = await converse(t);
  await ui.close.click();
  mock.agentSays('Are you there?');
  await ui.badge.filter({ hasText: '1' }).waitFor();
  await page.reload();
  await ui.badge.filter({ hasText: '1' }).waitFor();
  assert.equal(await ui.panel.isVisible(), false);
});

test('an_answer_is_read_at_once_while_the_panel_is_looked_at', async t => {
  const { mock, ui, visitor } = await converse(t);
  mock.agentSays('Hi');
  await eventually(() => visitor.readUpTo === 2);
  assert.equal(await ui.badge.isVisible(), false);
});

test('the_agents_read_receipt_shows_under_the_message', async t => {
  const { mock, ui, visitor } = await converse(t);
  mock.status(visitor.messages[0], 'delivered');
  await ui.messages.filter({ hasText: 'Delivered' }).waitFor();
  mock.status(visitor.messages[0], 'read');
  await ui.messages.filter({ hasText: 'Read' }).waitFor();
});

test('typing_is_told_both_ways', async t => {
  const { mock, page, ui, visitor } = await converse(t);
  mock.typing(true);
  await ui.typing.filter({ hasText: 'Ada is typing…' }).waitFor();
  mock.agentSays('There.');
  await ui.bubbles.filter({ hasText: 'There.' }).waitFor();
  assert.equal(await ui.typing.textContent(), '');

  await ui.input.pressSequentially('Thank you');
  await eventually(() => visitor.typing.length === 1);
  await ui.input.fill('');
  await eventually(() => visitor.typing.length === 2);
  assert.deepEqual(visitor.typing, [true, false], 'nine keys are one notice, and emptying the field is another');
  assert.equal(await page.evaluate(() => window.seen.some(([name]) => name === 'typing')), false);
});

test('typing_that_is_never_taken_back_ends_by_itself', async t => {
  const { mock, page, ui } = await openWidget(t, { goto: true });
  await page.clock.install();
  await page.reload();
  await ui.launcher.click();
  await ui.say('Hello');
  await eventually(() => mock.streams.size === 1);
  mock.typing(true);
  await ui.typing.filter({ hasText: 'Ada is typing…' }).waitFor();
  await page.clock.fastForward(11_000);
  await ui.typing.filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
});

test('a_quick_reply_is_sent_with_its_payload_and_then_gone', async t => {
  const { mock, ui, visitor } = await converse(t);
  mock.agentSays('Shall I book it?', { quickReplies: [{ title: 'Yes, please', payload: 'BOOK' }, { title: 'No' }] });
  await ui.replies.first().waitFor();
  assert.deepEqual(await ui.replies.allTextContents(), ['Yes, please', 'No']);
  await ui.replies.first().click();
  await eventually(() => visitor.messages.length === 3);
  assert.deepEqual(mock.bodiesOf('messages').map(({ text, payload }) => [text, payload]), [['Hello', undefined], ['Yes, please', 'BOOK']]);
  assert.equal(await ui.replies.count(), 0);
  assert.equal(await ui.input.evaluate(input => input === input.getRootNode().activeElement), true, 'the keyboard is not lost');
});

test('earlier_messages_are_fetched_on_demand', async t => {
  const { mock, page, ui, visitor } = await converse(t);
  await ui.messages.filter({ hasText: 'Sent' }).waitFor(); // what has no answer yet is kept, and shown beside the latest 50
  await page.goto('about:blank');
  for (let at = 2; at <= 120; at++)
    visitor.messages.push({ id: randomUUID(), seq: ++visitor.seq, from: 'agent', text: `number ${at}`, at: new Date().toISOString() });
  await page.goto(page.address);
  const earlier = page.locator('.earlier');
  await earlier.waitFor();
  assert.equal(await ui.messages.count(), 50);
  await earlier.click();
  await eventually(async () => await ui.messages.count() === 100);
  await earlier.click();
  await eventually(async () => await ui.messages.count() === 120);
  assert.equal(await earlier.isVisible(), false);
  assert.equal(await ui.bubbles.first().textContent(), 'Hello');
});

test('markdown_of_an_agent_becomes_nodes_and_nothing_it_holds_runs', async t => {
  const { mock, page, ui } = await converse(t);
  mock.agentSays([
    'Read **this**, *that*, _those_ and `code`: [the terms](https://example.com/a?b=c), https://example.com/d.',
    '', '- one', '- two', '', '1. first', '2. second', '', '```js', 'if (a < b) **stop**', '```',
    'snake_case_name and 2*3*4 stay. <img src=x onerror=alert(1)> [x](javascript:alert(1)) [y](data:text/html,<script>alert(1)</script>) [z]( java\tscript:alert(1))',
  ].join('\n'));
  const bubble = ui.bubbles.last();
  await bubble.locator('strong').waitFor();
  assert.deepEqual(await bubble.evaluate(element => ({
    strong: element.querySelector('strong').textContent,
    em: [...element.querySelectorAll('em')].map(one => one.textContent),
    links: [...element.querySelectorAll('a')].map(one => [one.getAttribute('href'), one.textContent, one.rel]),
    bullets: [...element.querySelectorAll('ul li')].map(one => one.textContent),
    numbers: [...element.querySelectorAll('ol li')].map(one => one.textContent),
    pre: element.querySelector('pre').textContent,
    code: element.querySelector('p code').textContent,
    foreign: element.querySelectorAll('img, script, iframe, [onerror]').length,
  })), {
    strong: 'this', em: ['that', 'those'],
    links: [
      ['https://example.com/a?b=c', 'the terms', 'noreferrer nofollow'],
      ['https://example.com/d', 'https://example.com/d', 'noreferrer nofollow'],
    ],
    bullets: ['one', 'two'], numbers: ['first', 'second'], pre: 'if (a < b) **stop**', code: 'code', foreign: 0,
  });
  const last = await bubble.locator('p').last().textContent();
  for (const kept of ['snake_case_name', '2*3*4', '<img src=x onerror=alert(1)>', '[x](javascript:alert(1))']) assert.ok(last.includes(kept), `${kept} in ${last}`);
  await screenshot(page, 'widget-markdown');
});

test('markdown_that_tries_to_be_slow_is_not', async t => {
  const { mock, page, ui } = await converse(t);
  const hostile = ['*'.repeat(4000), '['.repeat(4000), '`*_'.repeat(1300), `${'- '.repeat(2000)}`, 'https://'.repeat(500), '_a'.repeat(2000)];
  for (const text of hostile) mock.agentSays(text);
  mock.agentSays('done');
  await ui.bubbles.filter({ hasText: /^done$/ }).waitFor();
  const started = await page.evaluate(() => performance.now());
  assert.ok(started < 60_000);
});

test('what_the_visitor_writes_stays_text', async t => {
  const { mock, ui } = await openWidget(t);
  await ui.launcher.click();
  await ui.say('<b>bold</b> **stars**');
  await eventually(() => mock.visitors[0]?.messages.length === 1);
  assert.equal(await ui.bubbles.first().evaluate(element => element.children.length), 0);
  assert.equal(await ui.bubbles.first().textContent(), '<b>bold</b> **stars**');
});

test('a_new_answer_is_announced_as_plain_text_and_history_is_not', async t => {
  const { mock, page, ui } = await converse(t);
  mock.agentSays('It costs **4 €**, see [prices](https://example.com/p).');
  await ui.status.filter({ hasText: 'Ada: It costs 4 €, see prices.' }).waitFor({ state: 'attached' });
  await page.reload();
  await ui.bubbles.filter({ hasText: 'It costs' }).waitFor();
  assert.equal(await ui.status.textContent(), '');
});

test('enter_sends_shift_enter_makes_a_line_and_a_composing_enter_does_neither', async t => {
  const { mock, ui } = await openWidget(t);
  await ui.launcher.click();
  await ui.input.fill('one');
  await ui.input.press('Shift+Enter');
  await ui.input.pressSequentially('two');
  await ui.input.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
  assert.equal(mock.count('messages'), 0);
  await ui.input.press('Enter');
  await eventually(() => mock.visitors[0]?.messages[0]?.text === 'one\ntwo');
  await ui.input.press('Enter');
  await ui.say('   ');
  assert.equal(mock.count('messages'), 1, 'nothing to say is not sent');
});

test('a_greeting_is_shown_without_any_call', async t => {
  const { mock, ui } = await openWidget(t, { config: { auto_open: true, auto_open_delay: 0, strings: { greeting: 'Hi! **Ask** away.' } } });
  await ui.bubbles.filter({ hasText: 'Hi! Ask away.' }).waitFor();
  assert.equal(mock.count('sessions'), 0);
});

test('links_and_pictures_of_an_agent_are_shown_and_other_schemes_are_not', async t => {
  const { mock, ui } = await converse(t);
  mock.agentSays('Files', { attachments: [
    { id: '1', name: 'map.png', type: 'image/png', size: 10, url: `${mock.url}/picture.png` },
    { id: '2', name: 'terms.pdf', type: 'application/pdf', size: 10, url: '/files/terms.pdf' },
    { id: '3', name: 'bad.txt', type: 'text/plain', size: 10, url: 'javascript:alert(1)' },
  ] });
  const bubble = ui.bubbles.last();
  await bubble.locator('img').waitFor();
  assert.deepEqual(await bubble.locator('a').evaluateAll(all => all.map(one => one.href)), [`${mock.url}/picture.png`, `${mock.url}/files/terms.pdf`]);
  assert.equal(await bubble.locator('img').getAttribute('alt'), 'map.png');
  assert.ok((await bubble.textContent()).includes('bad.txt'));
  await parts(ui.host.page()).log.evaluate(log => log.scrollHeight);
});

test('the_newest_message_stays_in_sight_unless_earlier_ones_are_being_read', async t => {
  const { mock, page, ui } = await converse(t, { config: { attachments: { types: ['image/*'], max_bytes: 10, max_count: 3 } } });
  const atEnd = () => ui.log.evaluate(log => log.scrollHeight - log.scrollTop - log.clientHeight < 2);
  for (let at = 0; at < 30; at++) mock.agentSays(`line ${at}`);
  await ui.bubbles.filter({ hasText: 'line 29' }).waitFor();
  await eventually(atEnd);
  await ui.file.setInputFiles([{ name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc(20) }]);
  await ui.files.first().waitFor();
  await eventually(atEnd, 'a growing composer does not hide the newest');
  await ui.log.evaluate(log => { log.scrollTop = 0; });
  mock.agentSays('not in sight');
  await ui.bubbles.filter({ hasText: 'not in sight' }).waitFor({ state: 'attached' });
  assert.equal(await ui.log.evaluate(log => log.scrollTop), 0);
  await ui.say('my own');
  await eventually(atEnd);
  await ui.close.click();
  await ui.launcher.click();
  await eventually(atEnd);
  await page.reload();
  await ui.bubbles.filter({ hasText: 'my own' }).waitFor();
  await eventually(atEnd);
});

test('null_means_the_same_as_absent', async t => {
  const { mock, ui } = await converse(t);
  mock.agentSays(null, { name: null, status: null, quickReplies: null, clientId: null, attachments: [{ id: '1', name: 'a.pdf', type: 'application/pdf', size: 1, url: null }] });
  await ui.bubbles.filter({ hasText: 'a.pdf' }).waitFor();
  mock.agentSays('Next', { attachments: null });
  await ui.bubbles.filter({ hasText: 'Next' }).waitFor();
});
