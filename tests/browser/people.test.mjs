import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { eventually, openWidget, screenshot, useBrowser } from './support/browser.mjs';

useBrowser();

const questions = { fields: [
  { name: 'name', label: 'Your name', type: 'text', required: true },
  { name: 'email', label: 'Your e-mail', type: 'email', required: true },
  { name: 'order', label: 'Order number', type: 'text' },
] };

test('the_pre_chat_form_comes_first_checks_what_is_required_and_is_not_asked_twice', async t => {
  const { mock, page, ui } = await openWidget(t, { config: { prechat: questions } });
  await ui.launcher.click();
  await ui.prechat.waitFor();
  assert.equal(await ui.input.isVisible(), false);
  await ui.prechat.getByLabel('Your name').fill('Bob');
  await ui.prechat.getByLabel('Your e-mail').fill('not an address');
  await ui.prechat.getByRole('button').click();
  await screenshot(page, 'widget-prechat');
  assert.equal(mock.bodiesOf('sessions').some(body => body.contact), false);
  await ui.prechat.getByLabel('Your e-mail').fill('bob@example.com');
  await ui.prechat.getByRole('button').click();
  await ui.input.waitFor();
  assert.deepEqual(mock.visitors[0].contact, { name: 'Bob', email: 'bob@example.com', order: '' });
  assert.equal(await ui.input.evaluate(input => input === input.getRootNode().activeElement), true);
  await page.reload();
  await ui.input.waitFor();
  assert.equal(mock.visitors.length, 1);
});

test('a_pre_chat_form_that_fails_says_so_and_keeps_what_was_written', async t => {
  const { mock, ui } = await openWidget(t, { config: { prechat: questions } });
  await ui.launcher.click();
  await ui.prechat.getByLabel('Your name').fill('Bob');
  await ui.prechat.getByLabel('Your e-mail').fill('bob@example.com');
  mock.intercept = call => (call.body?.contact ? { status: 429, headers: { 'retry-after': '1' } } : undefined);
  await ui.prechat.getByRole('button').click();
  await ui.prechat.getByText('That did not work').waitFor();
  assert.equal(await ui.prechat.getByLabel('Your name').inputValue(), 'Bob');
  mock.intercept = undefined;
  await ui.prechat.getByRole('button').click();
  await ui.input.waitFor();
});

const files = { types: ['image/*', 'application/pdf'], max_bytes: 1_048_576, max_count: 2 };
const file = (name, mimeType, size = 10) => ({ name, mimeType, buffer: Buffer.alloc(size, 'x') });

test('attachments_are_uploaded_and_go_with_the_message', async t => {
  const { mock, ui } = await openWidget(t, { config: { attachments: files } });
  await ui.launcher.click();
  await ui.file.setInputFiles([file('map.png', 'image/png'), file('terms.pdf', 'application/pdf', 20)]);
  await ui.files.filter({ hasText: 'terms.pdf' }).waitFor();
  await ui.say('Here they are');
  await eventually(() => mock.visitors[0]?.messages.length === 1);
  assert.deepEqual(mock.visitors[0].messages[0].attachments.map(one => [one.name, one.type, one.size]), [['map.png', 'image/png', 10], ['terms.pdf', 'application/pdf', 20]]);
  assert.deepEqual([...mock.files.values()], ['x'.repeat(10), 'x'.repeat(20)]);
  assert.equal(await ui.files.count(), 0);
  assert.equal(await ui.file.getAttribute('accept'), 'image/*,application/pdf');
  await ui.bubbles.last().getByText('terms.pdf').waitFor();
});

test('a_file_alone_is_a_message', async t => {
  const { mock, ui } = await openWidget(t, { config: { attachments: files } });
  await ui.launcher.click();
  await ui.file.setInputFiles([file('map.png', 'image/png')]);
  await ui.sendButton.click();
  await eventually(() => mock.visitors[0]?.messages.length === 1);
  assert.equal(mock.visitors[0].messages[0].text, '');
});

test('a_file_that_cannot_be_sent_says_so_and_can_be_taken_away', async t => {
  const { mock, ui } = await openWidget(t, { config: { attachments: files } });
  await ui.launcher.click();
  await ui.file.setInputFiles([file('huge.png', 'image/png', 1_048_577)]);
  await ui.files.filter({ hasText: 'cannot be sent' }).waitFor();
  assert.equal(mock.count('uploads'), 0);
  await ui.files.getByRole('button', { name: 'Remove huge.png' }).click();
  assert.equal(await ui.files.count(), 0);

  await ui.file.setInputFiles([file('script.sh', 'application/x-sh')]);
  await ui.files.filter({ hasText: 'cannot be sent' }).waitFor();
  mock.intercept = call => (call.name === 'uploads' ? { status: 500 } : undefined);
  await ui.file.setInputFiles([file('later.png', 'image/png')]);
  await ui.files.filter({ hasText: 'Not sent.' }).waitFor();
  await ui.say('Without files then');
  await eventually(() => mock.visitors[0]?.messages.length === 1);
  assert.deepEqual(mock.visitors[0].messages[0].attachments, []);
});

test('more_files_than_allowed_are_refused', async t => {
  const { mock, ui } = await openWidget(t, { config: { attachments: files } });
  await ui.launcher.click();
  await ui.file.setInputFiles(['a.png', 'b.png', 'c.png'].map(name => file(name, 'image/png')));
  await ui.files.filter({ hasText: 'c.pngcannot be sent' }).waitFor();
  await eventually(() => mock.count('uploads') === 2);
});

test('without_attachments_there_is_no_button_for_them', async t => {
  const { ui } = await openWidget(t);
  await ui.launcher.click();
  assert.equal(await ui.file.count(), 0);
});

test('a_signed_in_person_is_told_by_a_token_and_meets_their_own_conversation_on_another_device', async t => {
  const { mock, page, ui } = await openWidget(t);
  mock.identities.set('jwt-of-bob', 'bob');
  const bob = mock.newVisitor();
  bob.person = 'bob';
  bob.messages.push({ id: '0190d5a2-7c1e-7b3a-9f00-00000000beef', seq: ++bob.seq, from: 'agent', text: 'Hello Bob', at: new Date().toISOString() });
  await page.evaluate(() => window.IntegrationsWidget.identify('jwt-of-bob'));
  await ui.badge.filter({ hasText: '1' }).waitFor();
  await ui.launcher.click();
  await ui.bubbles.filter({ hasText: 'Hello Bob' }).waitFor();
  assert.deepEqual(await page.evaluate(() => window.seen.find(([name]) => name === 'identify')[1]), { visitorId: bob.id });
  assert.equal(JSON.stringify(await page.evaluate(() => ({ ...localStorage }))).includes('jwt-of-bob'), false, 'the token of the page is not stored');
});

test('another_person_is_another_visitor_and_sees_nothing_of_the_first', async t => {
  const { mock, page, ui } = await openWidget(t);
  mock.identities.set('jwt-of-ann', 'ann').set('jwt-of-bob', 'bob');
  await page.evaluate(() => window.IntegrationsWidget.identify('jwt-of-ann'));
  await ui.launcher.click();
  await ui.say('I am Ann');
  await eventually(() => mock.visitors[0]?.messages.length === 1);
  mock.intercept = call => (call.name === 'messages' ? { status: 503 } : undefined);
  await ui.say('Unsent words of Ann');
  await ui.messages.filter({ hasText: 'Sending…' }).waitFor();
  await page.evaluate(() => window.IntegrationsWidget.identify('jwt-of-bob'));
  await eventually(async () => await ui.messages.count() === 0);
  mock.intercept = undefined;
  await ui.say('I am Bob');
  await eventually(() => mock.visitors[1]?.messages.length === 1);
  assert.deepEqual(mock.visitors.map(one => one.messages.map(message => message.text)), [['I am Ann'], ['I am Bob']]);
});

test('an_expired_identity_is_an_error_event_and_a_visible_line_until_the_page_identifies_again', async t => {
  const { mock, page, ui } = await openWidget(t);
  await ui.launcher.click();
  await eventually(() => mock.streamsOpened === 1); // else opening the session and identifying both report the same identity
  await page.evaluate(() => window.IntegrationsWidget.identify('expired'));
  await ui.notice.filter({ hasText: 'Please sign in again.' }).waitFor();
  assert.deepEqual(await page.evaluate(() => window.seen.filter(([name]) => name === 'error').map(([, detail]) => detail.code)), ['invalid_identity']);
  mock.identities.set('fresh', 'ann');
  await ui.say('Waiting for a name');
  await page.evaluate(() => window.IntegrationsWidget.identify('fresh'));
  await eventually(() => mock.visitors.some(one => one.person === 'ann' && one.messages.length === 1) || mock.visitors.length > 2);
  await ui.notice.waitFor({ state: 'hidden' });
});

test('an_identity_function_is_asked_for_a_fresh_token_when_the_session_runs_out', async t => {
  const { mock, page, ui } = await openWidget(t);
  mock.identities.set('jwt-1', 'ann').set('jwt-2', 'ann');
  await page.evaluate(() => {
    let issued = 0;
    window.IntegrationsWidget.identify(async () => `jwt-${++issued}`);
  });
  await ui.launcher.click();
  await ui.say('Hello');
  await eventually(() => mock.visitors[0]?.messages.length === 1);
  mock.identities.delete('jwt-1');
  mock.visitors[0].token = 'replaced';
  await ui.say('Still me');
  await eventually(() => mock.visitors[0].messages.length === 2);
  assert.deepEqual(mock.bodiesOf('sessions').map(body => body.user), ['jwt-1', 'jwt-2']);
});

test('where_identity_is_required_the_widget_waits_for_it_unseen', async t => {
  const { mock, page, ui } = await openWidget(t, { config: { require_identity: true } });
  assert.equal(await ui.launcher.isVisible(), false);
  mock.identities.set('jwt-of-ann', 'ann');
  await page.evaluate(() => window.IntegrationsWidget.identify('jwt-of-ann'));
  await ui.launcher.waitFor();
  await page.evaluate(() => window.IntegrationsWidget.reset());
  await ui.launcher.waitFor({ state: 'hidden' });
});

test('signing_out_forgets_the_visitor_here_and_on_the_server', async t => {
  const { mock, page, ui } = await openWidget(t);
  await ui.launcher.click();
  await ui.say('Before');
  await eventually(() => mock.visitors[0]?.messages.length === 1);
  await page.evaluate(() => window.IntegrationsWidget.reset());
  await eventually(async () => mock.count('session') === 1 && mock.streams.size === 0 && await ui.messages.count() === 0);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter(key => /token|visitor|talked|outbox/.test(key))), []);
  await ui.say('After');
  await eventually(() => mock.visitors[1]?.messages.length === 1);
});

test('a_message_under_way_while_its_visitor_signs_out_does_not_come_back', async t => {
  const { mock, page, ui } = await openWidget(t);
  await ui.launcher.click();
  let release;
  const released = new Promise(resolve => { release = resolve; });
  await page.route('**/messages', async (route, request) => {
    if (request.method() !== 'POST') return route.continue();
    const answer = await route.fetch();
    await released;
    await route.fulfill({ response: answer });
  }, { times: 1 });
  await page.route('**/events*', route => route.abort(), { times: 1 }); // nor did the live stream bring it
  await ui.say('Before');
  await eventually(() => mock.visitors[0]?.messages.length === 1);
  await page.evaluate(() => window.IntegrationsWidget.reset());
  release();
  await ui.say('After');
  await eventually(() => mock.visitors[1]?.messages.length === 1);
  await ui.messages.filter({ hasText: 'Sent' }).waitFor();
  assert.deepEqual(await ui.bubbles.allTextContents(), ['After']);
});

test('a_challenge_is_answered_by_the_page', async t => {
  const { mock, page, ui } = await openWidget(t);
  mock.challenge = { question: { sum: [2, 3] }, answer: '5' };
  await page.evaluate(() => window.IntegrationsWidget.onChallenge(async ({ sum }) => String(sum[0] + sum[1])));
  await ui.launcher.click();
  await ui.say('A person');
  await eventually(() => mock.visitors[0]?.messages.length === 1);
  assert.equal(mock.count('sessions'), 2);
});

test('an_unanswered_challenge_is_an_error_event_and_not_a_loop', async t => {
  const { mock, page, ui } = await openWidget(t);
  mock.challenge = { question: 1, answer: '5' };
  await ui.launcher.click();
  await eventually(() => page.evaluate(() => window.seen.some(([name, detail]) => name === 'error' && detail.code === 'challenge_required')));
  assert.equal(mock.count('sessions'), 1);
});
