// The Extensions page of samples/WebHost: the whole job with a mouse, against the Meta sandbox.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { eventually, parts, screenshot, useBrowser } from './support/browser.mjs';
import { checkAccessibility } from './support/axe.mjs';
import { missingBuild, startHosts } from './support/hosts.mjs';
import { agree, card, consent, openHostPage, signIn } from './support/person.mjs';

const skip = missingBuild && process.env.INTEGRATIONS_REQUIRE_BROWSER !== '1' ? missingBuild : false;
let host;

useBrowser();
before(async () => { if (!skip) host = await startHosts(); });
after(() => host?.stop());

test('a_wrong_password_is_refused_and_says_so', { skip }, async t => {
  const page = await openHostPage(t, host.url);
  await signIn(page, 'anna', 'ben-demo');
  await page.getByRole('alert').filter({ hasText: 'do not belong together' }).waitFor();
  await screenshot(page, 'extensions-1-wrong-password');
});

test('the_whole_deployment_process_by_mouse', { skip }, async t => {
  const page = await openHostPage(t, host.url);
  await signIn(page, 'anna');
  const [facebook, widget] = [card(page, 'facebook'), card(page, 'chat-widget')];
  await facebook.shows('Available');
  assert.equal(await page.locator('.card').count(), 9);
  assert.equal(await page.locator('.badge', { hasText: 'Coming soon' }).count(), 6);
  await screenshot(page, 'extensions-2-nothing-yet');

  await facebook.action('connect').click();
  await page.getByRole('button', { name: 'Continue' }).first().waitFor();
  await screenshot(page, 'extensions-3-consent');
  await consent(page);
  await facebook.shows('Connected');
  await screenshot(page, 'extensions-4-connected');

  await page.getByRole('button', { name: 'Deploy agent' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Facebook Messenger').check();
  await dialog.getByLabel('Website chat widget').check();
  await dialog.locator('#facebook-notification_email').fill('nonsense');
  await dialog.locator('#facebook-notification_email-error').filter({ hasText: 'e-mail' }).waitFor();
  await screenshot(page, 'extensions-5-deploy');
  await dialog.locator('#facebook-notification_email').fill('anna@example.com');
  await dialog.getByRole('button', { name: 'Deploy' }).click();
  await facebook.shows('Live');
  await widget.shows('Live');

  await page.getByRole('link', { name: 'Try it on a demo page' }).waitFor();
  const [site] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: 'Try it on a demo page' }).click()]);
  const chat = parts(site);
  await chat.launcher.click();
  await chat.say('Do you have rolls?');
  await chat.bubbles.filter({ hasText: 'You said: Do you have rolls?' }).waitFor();
  await screenshot(site, 'extensions-6-visitor');
  await host.sandboxDoes('message', { text: 'hello' });
  await eventually(async () => await widget.counter('Messages') === 2 && await widget.counter('People') === 1, 'the widget counts two messages of one person');
  await eventually(async () => await facebook.counter('Messages') === 2, 'Messenger counts two messages');
  await page.bringToFront();
  await screenshot(page, 'extensions-7-live');

  await host.sandboxDoes('deauthorize', { callback: `${host.url}/integrations/facebook/deauthorize` });
  await facebook.shows('Reconnect');
  await screenshot(page, 'extensions-8-broken');
  await facebook.action('diagnose').click();
  await page.getByRole('dialog').locator('.checks li.failed').first().waitFor();
  await screenshot(page, 'extensions-9-doctor');
  await page.keyboard.press('Escape');
  await facebook.action('reconnect').click();
  await agree(page);
  await facebook.shows('Live');
  await host.sandboxDoes('message', { text: 'again' });
  await eventually(async () => await facebook.counter('Messages') === 4, 'answered again after the reconnect');
  await screenshot(page, 'extensions-10-healed');

  await widget.action('pause').click();
  await widget.shows('Paused');
  await widget.action('resume').click();
  await widget.shows('Live');
  await facebook.action('disconnect').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await facebook.shows('Disconnected');
});

test('an_account_is_switched_after_saying_what_that_means', { skip }, async t => {
  const page = await openHostPage(t, host.url);
  await signIn(page, 'anna');
  const facebook = card(page, 'facebook');
  const notice = page.locator('#notice');
  const dialog = page.getByRole('dialog');
  const subscribed = async name => (await host.sandboxState()).pages.find(one => one.name === name).subscribed_fields.includes('messages');
  await page.getByRole('link', { name: 'Order desk' }).click();
  await page.getByRole('heading', { level: 1, name: 'Order desk' }).waitFor();
  await facebook.shows('Available');
  await facebook.action('connect').click();
  await consent(page);
  await facebook.shows('Connected');
  await facebook.action('setup').click();
  await dialog.getByRole('button', { name: 'Deploy' }).click();
  await facebook.shows('Live');
  await page.keyboard.press('Escape');
  await facebook.root.getByText('Answering on My Business Page').waitFor();

  // Keeping it changes nothing, and gives the focus back.
  await facebook.action('switch').click();
  await dialog.getByText('My Business Page is let go').waitFor();
  await checkAccessibility(page);
  await screenshot(page, 'extensions-14-switch');
  await dialog.getByRole('button', { name: 'Keep My Business Page' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.dataset.action), 'switch');

  // The same account again is no switch, and that is said.
  await facebook.action('switch').click();
  await dialog.getByRole('button', { name: 'Choose another account' }).click();
  await agree(page);
  await dialog.getByText('Connected now.').waitFor();
  await checkAccessibility(page);
  await dialog.getByLabel('My Business Page').check();
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await notice.filter({ hasText: 'still connected to My Business Page' }).waitFor();
  await facebook.shows('Live');

  await facebook.action('switch').click();
  await dialog.getByRole('button', { name: 'Choose another account' }).click();
  await consent(page, 'Second Page');
  await notice.filter({ hasText: 'now connected to Second Page. My Business Page was let go.' }).waitFor();
  await facebook.shows('Live');
  await facebook.root.getByText('Answering on Second Page').waitFor();
  await screenshot(page, 'extensions-15-switched');
  assert.deepEqual([await subscribed('My Business Page'), await subscribed('Second Page')], [false, true]);

  // The doctor says what it warns of, worst first, and how old its report is.
  await facebook.action('diagnose').click();
  await dialog.locator('.summary').filter({ hasText: /to look at\. Checked (just now|\d+ seconds ago)/ }).waitFor();
  assert.equal(await dialog.locator('.checks li').first().getAttribute('class'), 'warning');
  await checkAccessibility(page);
  await screenshot(page, 'extensions-16-warnings');
  await page.keyboard.press('Escape');

  await facebook.action('disconnect').click();
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await facebook.shows('Disconnected');
});

test('a_consent_that_ends_soon_is_said_on_the_card_with_the_way_out', { skip }, async t => {
  const page = await openHostPage(t, host.url);
  await signIn(page, 'ben');
  await card(page, 'facebook').shows('Available');
  const inDays = days => new Date(Date.now() + days * 86_400_000).toISOString();
  const facebook = card(page, 'facebook');
  // What the API says of a connection at Meta; the simulator's 90 days are tested end to end in .NET.
  const connectedUntil = async end => {
    await page.unroute('**/integrations/api/integrations?*');
    await page.route('**/integrations/api/integrations?*', async route => {
      const { items } = await (await route.fetch()).json();
      await route.fulfill({ json: { items: [...items, {
        integration_id: '0194c0de-0000-7000-8000-00000000ffff', type: 'facebook', state: 'connected', is_live: true, is_active: true, account_id: '1', account_name: 'Garage Page',
        deployed_at: inDays(-30), last_synced_at: inDays(-1), message_count: 3, user_count: 1, error_count: 0, details: {}, version: 1, consent_expires_at: end,
      }] } });
    });
    await page.reload();
  };
  await connectedUntil(inDays(60));
  await facebook.root.getByText('Answering on Garage Page').waitFor();
  assert.equal(await facebook.action('reconnect').count(), 0);
  await connectedUntil(inDays(5));
  await facebook.root.getByText('Connect Garage Page again before').waitFor();
  assert.equal(await facebook.action('reconnect').count(), 1);
  await checkAccessibility(page);
  await screenshot(page, 'extensions-17-consent-ends');
  await connectedUntil(inDays(-1));
  await facebook.root.getByText('the platform ended the consent').waitFor();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('another_client_sees_nothing_of_it', { skip }, async t => {
  const page = await openHostPage(t, host.url);
  await signIn(page, 'ben');
  await card(page, 'facebook').shows('Available');
  await card(page, 'chat-widget').shows('Available');
});

test('the_preview_shows_the_colour_and_the_title_that_are_being_edited', { skip }, async t => {
  const page = await openHostPage(t, host.url);
  await signIn(page, 'ben');
  await card(page, 'chat-widget').action('setup').click();
  const shown = page.frameLocator('iframe.preview');
  await shown.locator('integrations-widget .panel').filter({ hasText: 'Chat with us' }).waitFor();
  await page.locator('#chat-widget-widget_title').fill('Ask the garage');
  await shown.locator('integrations-widget .panel').filter({ hasText: 'Ask the garage' }).waitFor();
  await page.locator('#chat-widget-widget_color').fill('#aa0000');
  await eventually(async () => await shown.locator('integrations-widget .panel .header').evaluate(e => getComputedStyle(e).backgroundColor) === 'rgb(170, 0, 0)', 'the colour is shown');
  await screenshot(page, 'extensions-11-preview');
});

test('settings_that_are_not_valid_change_nothing_and_say_where', { skip }, async t => {
  const page = await openHostPage(t, host.url);
  await signIn(page, 'ben');
  await card(page, 'chat-widget').action('setup').click();
  await page.locator('#chat-widget-custom_css').fill('@import "https://evil.example/x.css";');
  await page.locator('#chat-widget-custom_css-error').filter({ hasText: /\S/ }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Deploy' }).click();
  await page.getByRole('alert').filter({ hasText: 'Nothing was changed' }).waitFor();
  await page.keyboard.press('Escape');
  await card(page, 'chat-widget').shows('Available');
});

test('a_host_that_fails_is_told_and_can_be_tried_again', { skip }, async t => {
  const page = await openHostPage(t, host.url);
  await page.route('**/integrations/api/catalog', route => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"title":"Busy."}' }));
  await signIn(page, 'ben');
  await page.getByRole('alert').filter({ hasText: 'Busy.' }).waitFor();
  await screenshot(page, 'extensions-12-error');
  await page.unroute('**/integrations/api/catalog');
  await page.getByRole('button', { name: 'Try again' }).click();
  await card(page, 'facebook').shows('Available');
});

test('dialogs_open_and_close_by_keyboard_and_give_the_focus_back', { skip }, async t => {
  const page = await openHostPage(t, host.url);
  await signIn(page, 'ben');
  await card(page, 'facebook').shows('Available');
  await page.getByRole('button', { name: 'Deploy agent' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.id), 'deploy');
});

for (const [name, options] of Object.entries({
  light: {}, dark: { colorScheme: 'dark' }, phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }, reduced_motion: { reducedMotion: 'reduce' },
}))
  test(`no_accessibility_violation_on_the_page_and_its_dialog_${name}`, { skip }, async t => {
    const page = await openHostPage(t, host.url, options);
    await checkAccessibility(page);
    await signIn(page, 'ben');
    await card(page, 'facebook').shows('Available');
    await checkAccessibility(page);
    await card(page, 'chat-widget').action('setup').click();
    await page.frameLocator('iframe.preview').locator('integrations-widget .panel').waitFor();
    await checkAccessibility(page);
    await screenshot(page, `extensions-13-${name}`);
  });
