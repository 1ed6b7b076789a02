import { test } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { converse, eventually, openWidget, useBrowser } from './support/browser.mjs';

useBrowser();

/** An agent answers while nobody is connected: it is stored, and nothing is pushed. */
function answerUnheard(visitor, text) {
  visitor.messages.push({ id: randomUUID(), seq: ++visitor.seq, from: 'agent', name: 'Ada', text, at: new Date().toISOString() });
}

test('a_message_written_offline_waits_visibly_and_is_delivered_once_on_reconnect', async t => {
  const { mock, context, ui, visitor } = await converse(t);
  await context.setOffline(true);
  mock.dropStreams();
  await ui.say('Written in a tunnel');
  await ui.messages.filter({ hasText: 'Sending…' }).waitFor();
  await ui.notice.filter({ hasText: 'You are offline' }).waitFor();
  await context.setOffline(false);
  await ui.messages.filter({ hasText: 'Sent' }).waitFor();
  await eventually(() => mock.streams.size === 1);
  assert.deepEqual(visitor.messages.map(one => one.text), ['Hello', 'Written in a tunnel']);
  assert.equal(await ui.messages.count(), 2);
  await ui.notice.waitFor({ state: 'hidden' });
});

test('a_message_that_was_never_sent_survives_the_page', async t => {
  const { mock, page, ui, visitor } = await converse(t);
  mock.intercept = call => (call.name === 'messages' ? 'hang up' : undefined);
  await ui.say('Still there after a reload');
  await ui.messages.filter({ hasText: 'Sending…' }).waitFor();
  await page.reload();
  await ui.messages.filter({ hasText: 'Still there after a reload' }).waitFor();
  mock.intercept = undefined;
  await eventually(() => visitor.messages.length === 2);
  await ui.messages.filter({ hasText: 'Sent' }).waitFor();
  assert.equal(await ui.messages.count(), 2);
});

test('an_answer_that_is_lost_after_storing_does_not_double_the_message', async t => {
  const { mock, ui, visitor } = await converse(t);
  mock.loseNextAnswer = true;
  await ui.say('Only once');
  await eventually(() => mock.count('messages') >= 2 && visitor.messages.length === 2);
  await ui.messages.filter({ hasText: 'Sent' }).waitFor();
  await ui.say('And the next');
  await eventually(() => visitor.messages.length === 3);
  assert.deepEqual(visitor.messages.map(one => one.text), ['Hello', 'Only once', 'And the next']);
  assert.equal(await ui.messages.count(), 3);
});

test('too_many_requests_is_shown_and_waited_out_as_long_as_the_server_says', async t => {
  const { mock, ui, visitor } = await converse(t);
  let refused = 0;
  mock.intercept = call => (call.name === 'messages' && refused++ === 0 ? { status: 429, headers: { 'retry-after': '2' }, body: { code: 'rate_limited' } } : undefined);
  await ui.say('Quick');
  await ui.notice.filter({ hasText: 'Next try in 2 s' }).waitFor();
  assert.match(await ui.status.textContent(), /Next try in 2 s/, 'said to those who do not see it');
  await eventually(() => visitor.messages.length === 2);
  const [first, second] = mock.calls.filter(call => call.body?.text === 'Quick');
  assert.ok(second.at - first.at >= 1900, `tried again after ${second.at - first.at} ms`);
  assert.equal(second.body.clientId, first.body.clientId);
  await ui.notice.waitFor({ state: 'hidden' });
});

test('a_server_error_is_tried_again_by_itself_with_the_same_id_and_in_order', async t => {
  const { mock, ui, visitor } = await converse(t);
  let failures = 2;
  mock.intercept = call => (call.name === 'messages' && failures-- > 0 ? { status: 503 } : undefined);
  await ui.say('one');
  await ui.say('two');
  await eventually(() => visitor.messages.length === 3);
  assert.deepEqual(visitor.messages.map(one => one.text), ['Hello', 'one', 'two']);
  assert.equal(new Set(mock.bodiesOf('messages').filter(one => one.text === 'one').map(one => one.clientId)).size, 1);
});

test('a_refused_message_says_so_and_retry_sends_it_again_with_the_same_id', async t => {
  const { mock, page, ui, visitor } = await converse(t);
  mock.intercept = call => (call.name === 'messages' ? { status: 400, body: { code: 'bad_request' } } : undefined);
  await ui.say('Refused');
  await ui.messages.filter({ hasText: 'Not sent.' }).waitFor();
  mock.intercept = undefined;
  await ui.say('The next one goes through');
  await eventually(() => visitor.messages.length === 2);
  await page.reload();
  await ui.retry.click();
  await eventually(() => visitor.messages.length === 3);
  await ui.retry.waitFor({ state: 'detached' });
  assert.equal(new Set(mock.bodiesOf('messages').filter(one => one.text === 'Refused').map(one => one.clientId)).size, 1);
  assert.equal(await ui.input.evaluate(input => input === input.getRootNode().activeElement), true, 'the keyboard is not lost with the button');
});

test('no_more_than_50_messages_wait', async t => {
  const { mock, page, ui } = await converse(t);
  await ui.messages.filter({ hasText: 'Sent' }).waitFor();
  mock.intercept = call => (call.name === 'messages' ? { status: 503 } : undefined);
  await page.evaluate(() => { for (let at = 0; at < 60; at++) window.IntegrationsWidget.send(`number ${at}`); });
  await ui.notice.filter({ hasText: 'Too many messages are waiting' }).waitFor();
  await eventually(async () => await ui.messages.count() === 51);
});

test('a_token_that_ran_out_is_renewed_once_for_all_calls_and_nothing_is_lost', async t => {
  const { mock, ui, visitor } = await converse(t);
  const sessions = mock.count('sessions');
  visitor.token = 'another';
  mock.dropStreams();
  await ui.say('After midnight');
  await eventually(() => visitor.messages.length === 2 && mock.streams.size === 1);
  assert.equal(mock.count('sessions'), sessions + 1);
  assert.equal(mock.visitors.length, 1);
  assert.equal(await ui.messages.count(), 2);
});

test('a_visitor_the_server_has_forgotten_starts_anew_and_keeps_what_was_not_sent', async t => {
  const { mock, ui, visitor } = await converse(t);
  visitor.tokens.forEach(token => visitor.expired.add(token));
  visitor.token = 'gone';
  await ui.say('Hello again');
  await eventually(() => mock.visitors[1]?.messages.length === 1);
  await ui.messages.filter({ hasText: 'Sent' }).waitFor();
  assert.deepEqual(await ui.bubbles.allTextContents(), ['Hello again']);
});

test('a_server_restart_resumes_without_loss_or_duplicate', async t => {
  const { mock, ui, visitor } = await converse(t);
  mock.agentSays('before');
  await ui.bubbles.filter({ hasText: 'before' }).waitFor();
  await mock.stop();
  answerUnheard(visitor, 'during');
  await ui.say('written meanwhile');
  await ui.messages.filter({ hasText: 'Sending…' }).waitFor();
  await mock.start();
  await eventually(() => mock.streams.size === 1 && visitor.messages.length === 4);
  mock.agentSays('after');
  await ui.bubbles.filter({ hasText: 'after' }).waitFor();
  assert.deepEqual(await ui.bubbles.allTextContents(), ['Hello', 'before', 'during', 'written meanwhile', 'after']);
});

test('dropped_streams_resume_after_the_last_event_again_and_again', async t => {
  const { mock, ui, visitor } = await converse(t);
  mock.agentSays('zero');
  await ui.bubbles.filter({ hasText: 'zero' }).waitFor();
  for (const text of ['one', 'two', 'three']) {
    mock.dropStreams();
    answerUnheard(visitor, text);
    await ui.bubbles.filter({ hasText: text }).waitFor();
    await eventually(() => mock.streams.size === 1);
  }
  assert.deepEqual(await ui.bubbles.allTextContents(), ['Hello', 'zero', 'one', 'two', 'three']);
  assert.deepEqual(mock.calls.filter(call => call.name === 'events').map(call => call.query.get('after')), ['0', '2', '3', '4']);
});

test('an_answer_with_a_lower_seq_than_ones_own_message_is_not_skipped', async t => {
  const { mock, ui, visitor } = await converse(t);
  answerUnheard(visitor, 'seq 2, still under way'); // has its number, is not on the stream yet
  mock.send = undefined;
  mock.streams.forEach(stream => { stream.visitor = undefined; }); // the echo of the next message does not come either
  await ui.say('seq 3');
  await ui.messages.filter({ hasText: 'Sent' }).waitFor();
  mock.dropStreams();
  await ui.bubbles.filter({ hasText: 'still under way' }).waitFor();
  assert.deepEqual(await ui.bubbles.allTextContents(), ['Hello', 'seq 2, still under way', 'seq 3']);
});

test('a_stream_that_falls_silent_is_replaced_after_45_seconds', async t => {
  const { mock, page, ui } = await openWidget(t, { goto: true });
  await page.clock.install();
  await page.reload();
  await ui.launcher.click();
  await ui.say('Hello');
  await eventually(() => mock.streams.size === 1);
  const [stream] = mock.streams;
  await page.clock.fastForward(30_000);
  assert.ok(mock.streams.has(stream), 'half a minute of silence is not too much');
  await page.clock.fastForward(25_000);
  await eventually(() => !mock.streams.has(stream));
  await page.clock.runFor(2_000);
  await eventually(() => mock.streams.size === 1);
});

test('pings_keep_a_stream', async t => {
  const { mock, page, ui } = await openWidget(t, {
    init: () => {
      window.reads = 0;
      const { read } = ReadableStreamDefaultReader.prototype;
      ReadableStreamDefaultReader.prototype.read = async function () {
        const got = await read.call(this);
        window.reads++;
        return got;
      };
    },
  });
  await page.clock.install();
  await page.reload();
  await ui.launcher.click();
  await ui.say('Hello');
  await ui.messages.filter({ hasText: 'Sent' }).waitFor();
  await eventually(async () => mock.streams.size === 1 && await page.evaluate(() => window.reads) > 0);
  for (let at = 0; at < 5; at++) {
    await page.clock.fastForward(20_000);
    const before = await page.evaluate(() => window.reads);
    mock.streams.forEach(({ response }) => response.write('event: ping\ndata: {}\n\n'));
    await eventually(async () => await page.evaluate(() => window.reads) > before, 'the ping arrives');
  }
  assert.equal(mock.streamsOpened, 1);
});

for (const status of [204, 403, 404]) {
  test(`events_answering_${status}_end_the_connection_for_good`, async t => {
    const { mock, page, ui } = await openWidget(t);
    await page.clock.install();
    await page.reload();
    mock.intercept = call => (call.name === 'events' ? { status } : undefined);
    await ui.launcher.click();
    await eventually(() => mock.count('events') === 1);
    await page.clock.runFor(90_000);
    assert.equal(mock.count('events'), 1);
  });
}

test('a_full_server_is_left_alone_as_long_as_it_says', async t => {
  const { mock, ui } = await openWidget(t);
  let refusals = 0;
  mock.intercept = call => (call.name === 'events' && refusals++ === 0 ? { status: 503, headers: { 'retry-after': '2' } } : undefined);
  await ui.launcher.click();
  await eventually(() => mock.streams.size === 1);
  const [first, second] = mock.calls.filter(call => call.name === 'events');
  assert.ok(second.at - first.at >= 1900, `tried again after ${second.at - first.at} ms`);
});

test('a_stream_may_be_cut_anywhere_and_use_any_line_break', async t => {
  const { mock, ui, visitor } = await converse(t);
  const message = text => JSON.stringify({ id: randomUUID(), seq: ++visitor.seq, from: 'agent', text, at: new Date().toISOString() });
  const [{ response }] = mock.streams;
  const bytes = Buffer.from([
    ': a comment', '', 'event: unknown', 'data: {}', '', 'event: message', 'data: no json', '',
    'id: 2', 'event: message', `data: ${message('grüße — 你好 🎉')}`, '', '',
  ].join('\r\n') + `id:3\nevent:message\ndata:${message('tight')}\n\nevent: message\rid: 4\rdata: ${message('old mac')}\r\r`);
  for (const byte of bytes) {
    response.write(Buffer.of(byte));
    if (byte > 127 || byte === 13) await new Promise(resolve => setTimeout(resolve, 2));
  }
  mock.agentSays('end');
  await ui.bubbles.filter({ hasText: /^end$/ }).waitFor();
  assert.deepEqual(await ui.bubbles.allTextContents(), ['Hello', 'grüße — 你好 🎉', 'tight', 'old mac', 'end']);
  mock.dropStreams();
  await eventually(() => mock.streams.size === 1);
  assert.equal(mock.calls.filter(call => call.name === 'events').at(-1).query.get('after'), '5');
});

test('a_session_that_cannot_be_opened_for_now_is_opened_later', async t => {
  const { mock, ui } = await openWidget(t);
  let failures = 2;
  mock.intercept = call => (call.name === 'sessions' && failures-- > 0 ? { status: 500 } : undefined);
  await ui.launcher.click();
  await ui.say('Patience');
  await eventually(() => mock.visitors[0]?.messages.length === 1 && mock.streams.size === 1);
  assert.equal(mock.visitors.length, 1);
});

test('a_closed_conversation_refuses_and_retry_begins_the_next_one', async t => {
  const { mock, ui, visitor } = await converse(t);
  visitor.closed = true;
  mock.dropStreams();
  await ui.say('One more thing');
  await ui.retry.click();
  await eventually(() => mock.visitors[1]?.messages.length === 1 && mock.streams.size === 1);
  mock.agentSays('Yes?');
  await ui.bubbles.filter({ hasText: 'Yes?' }).waitFor();
  assert.deepEqual(await ui.bubbles.allTextContents(), ['One more thing', 'Yes?']);
});
