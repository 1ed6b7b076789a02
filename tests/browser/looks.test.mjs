import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { eventually, openWidget, screenshot, useBrowser } from './support/browser.mjs';

useBrowser();

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const phone = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
const everything = {
  attachments: { types: ['image/*'], max_bytes: 1000, max_count: 3 },
  strings: { greeting: 'Hi! How can we **help**?' },
};

const atRest = page => page.evaluate(() =>
  Promise.all(document.querySelector('integrations-widget').shadowRoot.getAnimations().map(one => one.finished.catch(() => undefined))).then(() => undefined));

async function violations(page) {
  await atRest(page);
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return found.map(one => `${one.id}: ${one.nodes.map(node => `${node.html.slice(0, 120)} ${node.any.map(check => check.message)}`).join(' | ')}`);
  });
}

/** A conversation that shows every kind of row there is. */
async function fill({ mock, ui }) {
  await ui.launcher.click();
  await ui.say('Hello, do you ship to Norway?');
  await eventually(() => mock.visitors[0]?.messages.length === 1 && mock.streams.size === 1);
  mock.agentSays('We do, see **[the terms](https://example.com/terms)**:\n- 3 days\n- `free` over 50 €\n\n```\ncode\n```');
  mock.agentSays('Ada has joined', { from: 'system' });
  mock.agentSays('A picture', { attachments: [{ id: '1', name: 'map.png', type: 'image/png', size: 1, url: `${mock.url}/picture.png` }, { id: '2', name: 'terms.pdf', type: 'application/pdf', size: 1, url: '/terms.pdf' }] });
  await ui.bubbles.filter({ hasText: 'A picture' }).waitFor();
  mock.intercept = call => (call.name === 'messages' ? { status: 400 } : undefined);
  await ui.say('This one is refused');
  await ui.retry.waitFor();
  mock.intercept = undefined;
  await ui.file.setInputFiles([{ name: 'too-large.png', mimeType: 'image/png', buffer: Buffer.alloc(2000) }]);
  mock.agentSays('Shall I?', { quickReplies: [{ title: 'Yes' }, { title: 'No' }] });
  mock.typing(true);
  await ui.typing.filter({ hasText: 'Ada' }).waitFor();
}

const looks = {
  light: {},
  dark: { context: { colorScheme: 'dark' } },
  phone: { context: phone },
  right_to_left: { dir: 'rtl', lang: 'ar', config: { dir: 'rtl', locale: 'ar', widget_title: 'تحدث معنا', widget_subtitle: 'نرد عادة خلال دقائق' } },
  reduced_motion: { context: { reducedMotion: 'reduce' } },
  forced_colours: { context: { forcedColors: 'active' } },
};

for (const [name, { config, ...options }] of Object.entries(looks)) {
  test(`axe_finds_nothing_in_${name}`, async t => {
    const opened = await openWidget(t, { config: { ...everything, ...config }, ...options });
    assert.deepEqual(await violations(opened.page), [], 'closed');
    await fill(opened);
    await screenshot(opened.page, `widget-${name}`);
    // In forced colours the system paints: computed colours are not what is seen.
    const found = (await violations(opened.page)).filter(one => name !== 'forced_colours' || !one.startsWith('color-contrast'));
    assert.deepEqual(found, [], 'open');
  });
}

test('axe_finds_nothing_in_the_pre_chat_form', async t => {
  const { page, ui } = await openWidget(t, { config: { prechat: { fields: [{ name: 'email', label: 'Your e-mail', type: 'email', required: true }] } } });
  await ui.launcher.click();
  await ui.prechat.waitFor();
  assert.deepEqual(await violations(page), []);
});

for (const [where, options] of Object.entries({
  'bottom-right': {}, 'bottom-left': {}, 'top-right': {}, 'top-left': {},
  phone: { context: phone },
  landscape: { context: { ...phone, viewport: { width: 780, height: 360 } } },
  'a small window': { context: { viewport: { width: 520, height: 440 } } },
})) {
  test(`nothing_covers_the_send_button_or_the_field (${where})`, async t => {
    const { page, ui } = await openWidget(t, { config: where.includes('-') ? { widget_position: where } : {}, ...options });
    await ui.launcher.click();
    await ui.input.waitFor();
    await atRest(page);
    await screenshot(page, `widget-at-${where.replaceAll(' ', '-')}`);
    for (const part of [ui.sendButton, ui.input, ui.close]) {
      const hit = await part.evaluate(element => {
        const box = element.getBoundingClientRect();
        const points = [[.5, .5], [.1, .1], [.9, .9], [.1, .9], [.9, .1]].map(([x, y]) => [box.left + x * box.width, box.top + y * box.height]);
        return points.every(([x, y]) => {
          const top = element.getRootNode().elementFromPoint(x, y);
          return top !== null && element.contains(top);
        });
      });
      assert.equal(hit, true, await part.getAttribute('aria-label'));
    }
    assert.deepEqual(await ui.panel.evaluate(element => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    }), true, 'all of it is on the screen');
  });
}

test('position_is_physical_also_on_a_right_to_left_page', async t => {
  const { page, ui } = await openWidget(t, { dir: 'rtl', config: { dir: 'rtl' } });
  const x = async locator => Math.round((await locator.boundingBox()).x);
  assert.ok(await x(ui.launcher) > 1000, 'bottom-right is at the right');
  await ui.launcher.click();
  assert.ok(await x(ui.panel) > 600);
  assert.ok(await x(ui.sendButton) < await x(ui.input), 'inside, everything runs from right to left');
  await page.evaluate(() => window.IntegrationsWidget.configure({ widget_position: 'bottom-left' }));
  assert.ok(await x(ui.launcher) < 100);
});

test('offsets_and_layer_are_the_pages_to_choose', async t => {
  const { page, ui } = await openWidget(t);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('integrations-widget { --iw-offset-x: 50px; --iw-offset-y: 70px; --iw-z-index: 7 }');
    document.adoptedStyleSheets = [sheet];
  });
  const box = await ui.launcher.boundingBox();
  assert.deepEqual([1100 - box.x - box.width, 800 - box.y - box.height], [50, 70]);
  assert.equal(await ui.launcher.evaluate(element => getComputedStyle(element).zIndex), '7');
});

test('styles_of_the_page_do_not_reach_in', async t => {
  const { page, ui } = await openWidget(t);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { all: unset; font: 40px serif !important; letter-spacing: 9px; text-transform: uppercase; direction: rtl }
      button, textarea, div { display: none !important; color: red !important }
      integrations-widget { opacity: .1; transform: rotate(90deg); filter: blur(9px); display: none }`);
    document.adoptedStyleSheets = [sheet];
  });
  await ui.launcher.click();
  await ui.input.waitFor();
  assert.deepEqual(await ui.panel.evaluate(element => {
    const { fontSize, letterSpacing, textTransform, direction } = getComputedStyle(element);
    return [fontSize, letterSpacing, textTransform, direction, getComputedStyle(element.getRootNode().host).opacity];
  }), ['16px', 'normal', 'none', 'ltr', '1']);
});

test('on_a_phone_the_panel_is_modal_keeps_the_keyboard_in_and_the_page_still', async t => {
  const { page, ui } = await openWidget(t, { context: phone, body: '<main><h1>Long</h1><div style="height:3000px"></div></main>', policy: '' });
  await ui.launcher.tap();
  await ui.panel.waitFor();
  assert.equal(await ui.panel.getAttribute('aria-modal'), 'true');
  assert.equal(await ui.launcher.isVisible(), false, 'it would lie over the send button');
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).overflow), 'hidden');
  const inside = () => ui.panel.evaluate(panel => panel.contains(panel.getRootNode().activeElement));
  for (let at = 0; at < 8; at++) {
    await page.keyboard.press('Tab');
    assert.equal(await inside(), true, `after ${at + 1} tabs`);
  }
  for (let at = 0; at < 8; at++) {
    await page.keyboard.press('Shift+Tab');
    assert.equal(await inside(), true, `after ${at + 1} tabs back`);
  }
  await page.keyboard.press('Escape');
  await ui.launcher.waitFor();
  assert.equal(await ui.launcher.evaluate(element => element === element.getRootNode().activeElement), true);
  assert.equal(await page.evaluate(() => document.documentElement.style.overflow), '');
});

test('beside_the_page_it_is_a_dialog_that_lets_the_keyboard_out', async t => {
  const { page, ui } = await openWidget(t);
  assert.deepEqual(await ui.launcher.evaluate(element => [element.tagName, element.getAttribute('aria-haspopup'), element.getAttribute('aria-expanded'), element.getAttribute('aria-label')]),
    ['BUTTON', 'dialog', 'false', 'Open chat']);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await ui.panel.waitFor();
  assert.equal(await ui.launcher.getAttribute('aria-expanded'), 'true');
  assert.deepEqual(await ui.panel.evaluate(element => [element.getAttribute('role'), element.getAttribute('aria-modal'), element.getAttribute('aria-label')]), ['dialog', null, 'Chat with us']);
  assert.deepEqual(await ui.log.evaluate(element => [element.getAttribute('role'), element.getAttribute('aria-live')]), ['log', 'off']);
  assert.equal(await ui.input.evaluate(element => element === element.getRootNode().activeElement), true);
  let left = false;
  for (let at = 0; at < 6 && !left; at++) {
    await page.keyboard.press('Tab');
    left = await ui.host.evaluate(host => document.activeElement !== host);
  }
  assert.equal(left, true);
  await ui.input.focus();
  await page.keyboard.press('Escape');
  assert.equal(await ui.panel.isVisible(), false);
  assert.equal(await ui.launcher.evaluate(element => element === element.getRootNode().activeElement), true);
});

test('words_on_the_colour_are_readable_whatever_the_colour', async t => {
  const { page, ui } = await openWidget(t);
  await ui.launcher.click();
  for (const [color, words] of Object.entries({ '#6366F1': '0, 0, 0', '#FFFFFF': '0, 0, 0', '#000000': '255, 255, 255', '#1E3A8A': '255, 255, 255', '#777777': '0, 0, 0', '#ff0000': '0, 0, 0', '#facc15': '0, 0, 0' })) {
    await page.evaluate(widget_color => window.IntegrationsWidget.configure({ widget_color }), color);
    assert.equal(await ui.panel.locator('.header').evaluate(element => getComputedStyle(element).color), `rgb(${words})`, color);
    const ratio = await ui.panel.locator('.header').evaluate(element => {
      const luminance = text => text.match(/\d+/g).map(Number).map(value => value / 255)
        .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)).reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
      const [low, high] = [luminance(getComputedStyle(element).color), luminance(getComputedStyle(element).backgroundColor)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    });
    assert.ok(ratio >= 4.5, `${color}: ${ratio}`);
  }
});

test('a_colour_that_is_none_falls_back', async t => {
  const { ui } = await openWidget(t, { config: { widget_color: 'red;} body{display:none' } });
  assert.equal(await ui.launcher.evaluate(element => getComputedStyle(element).backgroundColor), 'rgb(99, 102, 241)');
});

test('motion_only_for_those_who_want_it', async t => {
  const moving = await openWidget(t);
  await moving.ui.launcher.click();
  assert.notEqual(await moving.ui.panel.evaluate(element => getComputedStyle(element).animationName), 'none');
  const still = await openWidget(t, { context: { reducedMotion: 'reduce' } });
  await still.ui.launcher.click();
  assert.equal(await still.ui.panel.evaluate(element => getComputedStyle(element).animationName), 'none');
});

test('forced_colours_keep_the_borders_that_backgrounds_drew', async t => {
  const { ui } = await openWidget(t, { config: { strings: { greeting: 'Hello' } }, context: { forcedColors: 'active' } });
  await ui.launcher.click();
  for (const part of [ui.launcher, ui.panel, ui.bubbles.first(), ui.sendButton])
    assert.equal(await part.evaluate(element => getComputedStyle(element).borderTopWidth), '1px');
});

test('the_theme_follows_the_system_while_the_page_is_open_unless_it_is_chosen', async t => {
  const { page, ui } = await openWidget(t);
  const scheme = () => ui.panel.evaluate(element => getComputedStyle(element).colorScheme);
  assert.equal(await scheme(), 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await eventually(async () => await scheme() === 'dark');
  await page.evaluate(() => window.IntegrationsWidget.configure({ theme: 'light' }));
  assert.equal(await scheme(), 'light');
});

test('fields_do_not_zoom_a_phone_and_targets_can_be_hit', async t => {
  const { ui } = await openWidget(t, { context: phone, config: everything });
  await ui.launcher.tap();
  assert.ok(await ui.input.evaluate(element => parseFloat(getComputedStyle(element).fontSize)) >= 16);
  for (const button of await ui.panel.locator('button:visible').all()) {
    const { width, height } = await button.boundingBox();
    assert.ok(width >= 24 && height >= 24, `${await button.getAttribute('aria-label')}: ${width} x ${height}`);
  }
});

test('an_own_icon_is_shown_and_one_that_does_not_load_is_replaced', async t => {
  const { mock, page, ui } = await openWidget(t);
  await page.evaluate(widget_icon => window.IntegrationsWidget.configure({ widget_icon }), `${mock.url}/picture.png`);
  await ui.launcher.locator('img').waitFor();
  await page.evaluate(widget_icon => window.IntegrationsWidget.configure({ widget_icon }), `${mock.url}/missing.png`);
  await ui.launcher.locator('svg').waitFor();
  mock.violations.length = 0; // asking for the missing picture is what this test is about
});

test('every_text_can_be_another_language', async t => {
  const { ui } = await openWidget(t, {
    config: { locale: 'de', strings: { open: 'Chat öffnen', close: 'Chat schließen', placeholder: 'Nachricht schreiben…', send: 'Senden', branding: 'Läuft mit Integrations', unread: '{count} ungelesen' } },
  });
  assert.equal(await ui.launcher.getAttribute('aria-label'), 'Chat öffnen');
  await ui.launcher.click();
  assert.equal(await ui.input.getAttribute('placeholder'), 'Nachricht schreiben…');
  assert.equal(await ui.sendButton.getAttribute('aria-label'), 'Senden');
  await ui.panel.getByText('Läuft mit Integrations').waitFor();
  assert.equal(await ui.panel.evaluate(element => element.closest('[lang]').lang), 'de');
});

test('branding_can_be_left_out', async t => {
  const { ui } = await openWidget(t, { config: { show_branding: false } });
  await ui.launcher.click();
  assert.equal(await ui.panel.locator('.branding').count(), 0);
});
