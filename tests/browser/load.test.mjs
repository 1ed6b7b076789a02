import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { eventually, integrationId, openWidget, useBrowser } from './support/browser.mjs';

useBrowser();

test('the_file_is_within_its_budget_of_12288_bytes_gzip', async () => {
  const file = await readFile(new URL('../../src/Integrations.Providers.ChatWidget/Widget/dist/widget.js', import.meta.url));
  const size = gzipSync(file, { level: 9 }).length;
  assert.ok(size <= 12_288, `${size} bytes`);
});

test('loading_a_page_costs_two_requests_and_no_connection_and_stores_nothing', async t => {
  const { mock, page, ui } = await openWidget(t);
  await ui.launcher.waitFor();
  await page.waitForLoadState('networkidle');
  assert.deepEqual(mock.calls.map(call => call.name), ['config']);
  assert.equal(mock.streamsOpened, 0);
  assert.deepEqual(mock.visitors, []);
  assert.deepEqual(await page.evaluate(() => [Object.keys(localStorage), document.cookie]), [[], '']);
});

test('script_time_at_a_quarter_of_the_cpu_is_within_150_ms', async t => {
  const { context, page, mock } = await openWidget(t);
  const times = [];
  for (let run = 0; run < 5; run++) {
    const fresh = await context.newPage();
    const session = await context.newCDPSession(fresh);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    // The time its thread ran, not the time that passed: a busy machine is not the script's fault.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await fresh.goto(page.address);
    await fresh.locator('integrations-widget').waitFor({ state: 'attached' });
    const { metrics } = await session.send('Performance.getMetrics');
    times.push(metrics.find(one => one.name === 'ScriptDuration').value * 1000);
    await fresh.close();
  }
  times.sort((a, b) => a - b);
  t.diagnostic(`script ms at 4x: ${times.map(Math.round)}`);
  assert.ok(times[2] <= 150, `median of ${times.map(Math.round)} ms`);
  assert.equal(mock.streamsOpened, 0);
});

test('the_shadow_root_is_closed_to_the_page', async t => {
  const { page, ui } = await openWidget(t, { openRoots: false, ready: false });
  await ui.host.waitFor({ state: 'attached' });
  assert.equal(await page.evaluate(() => document.querySelector('integrations-widget').shadowRoot), null);
});

test('works_as_it_is_served_under_subresource_integrity', async t => {
  const { mock, open } = await openWidget(t);
  const page = await open({ script: { integrity: mock.integrity, crossorigin: 'anonymous' } });
  await page.locator('integrations-widget .launcher').waitFor();
});

test('a_refused_origin_shows_nothing_and_says_why_on_the_console', async t => {
  const { mock, page } = await openWidget(t, { goto: false });
  mock.allowedOrigins = ['https://somewhere.example'];
  const lines = [];
  page.on('console', message => lines.push(message.text()));
  await page.goto(page.address);
  await eventually(() => lines.some(line => /Chat widget not shown: config answered 403/.test(line) && line.includes(new URL(page.address).origin)));
  assert.equal(await page.locator('integrations-widget').count(), 0);
  assert.equal(mock.count('config'), 1);
});

test('an_unknown_or_paused_integration_shows_nothing_and_is_not_asked_again', async t => {
  const { mock, open } = await openWidget(t);
  const page = await open({ goto: false, script: { 'data-integration': '0190d5a2-7c1e-7b3a-9f00-00000000dead' } });
  const before = mock.count('config');
  await page.clock.install();
  await page.goto(page.address);
  await eventually(() => mock.count('config') === before + 1);
  await page.clock.fastForward(120_000);
  assert.equal(await page.locator('integrations-widget').count(), 0);
  assert.equal(mock.count('config'), before + 1);
});

test('a_configuration_that_fails_for_now_is_asked_for_again', async t => {
  const { mock, open } = await openWidget(t);
  let failures = 2;
  mock.intercept = call => (call.name === 'config' && failures-- > 0 ? { status: 503 } : undefined);
  const page = await open({ goto: false });
  await page.goto(page.address);
  await page.locator('integrations-widget .launcher').waitFor();
});

test('calls_made_before_the_script_is_there_are_kept_in_order', async t => {
  const { mock, page } = await openWidget(t, {
    init: () => {
      window.IntegrationsWidget = [['on', 'ready', () => { window.wasReady = true; }], ['open'], ['send', 'asked early', 'EARLY']];
    },
  });
  await eventually(() => mock.visitors[0]?.messages.length === 1);
  assert.deepEqual(mock.bodiesOf('messages').map(({ text, payload }) => [text, payload]), [['asked early', 'EARLY']]);
  assert.equal(await page.evaluate(() => window.wasReady), true);
  assert.equal(await page.locator('integrations-widget .panel').isVisible(), true);
  await page.evaluate(() => window.IntegrationsWidget.push(['close'], ['send', 'asked late']));
  await eventually(() => mock.visitors[0].messages.length === 2);
});

for (const [name, breakStorage] of Object.entries({
  storage_that_throws: () => {
    for (const area of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, area, { get() { throw new DOMException('denied', 'SecurityError'); } });
  },
  storage_that_is_full: () => {
    Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
  },
})) {
  test(`${name}_does_not_stop_a_conversation`, async t => {
    const { mock, ui } = await openWidget(t, { init: breakStorage });
    await ui.launcher.click();
    await ui.say('Anyone?');
    await eventually(() => mock.visitors[0]?.messages.length === 1 && mock.streams.size === 1);
    mock.agentSays('Yes.');
    await ui.bubbles.filter({ hasText: 'Yes.' }).waitFor();
    assert.equal(mock.visitors.length, 1);
  });
}

test('the_locale_comes_from_the_script_then_the_page', async t => {
  const { mock, open } = await openWidget(t, { lang: 'nb' });
  await open({ script: { 'data-locale': 'pt-BR' } });
  assert.deepEqual(mock.calls.filter(call => call.name === 'config').map(call => call.query.get('locale')), ['nb', 'pt-BR']);
});

test('an_answer_without_optional_members_is_enough', async t => {
  const { mock, open } = await openWidget(t);
  mock.config = Object.fromEntries(Object.entries(mock.config).filter(([name]) => /^(widget_|custom_css|auto_|show_)/.test(name)));
  const page = await open();
  await page.locator('integrations-widget .launcher').click();
  await page.locator('integrations-widget textarea').waitFor();
});

test('the_integration_of_the_page_is_the_one_that_is_asked', async t => {
  const { page, mock } = await openWidget(t);
  assert.equal(await page.locator('script[data-integration]').getAttribute('data-integration'), integrationId);
  assert.equal(mock.count('config'), 1);
});

test('a_site_on_plain_http_can_chat_although_browsers_keep_locks_and_uuids_from_it', async t => {
  const { mock, page, ui } = await openWidget(t, { plainHttp: true });
  assert.deepEqual(await page.evaluate(() => [window.isSecureContext, navigator.locks, crypto.randomUUID]), [false, undefined, undefined]);
  await ui.launcher.click();
  await ui.say('Old but there');
  await eventually(() => mock.visitors[0]?.messages.length === 1 && mock.streams.size === 1);
  mock.agentSays('Welcome');
  await ui.bubbles.filter({ hasText: 'Welcome' }).waitFor();
});
