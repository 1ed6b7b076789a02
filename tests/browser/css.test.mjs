import { test } from 'node:test';
import assert from 'node:assert/strict';
import { openWidget, useBrowser } from './support/browser.mjs';

useBrowser();

/** What a hostile style sheet may try, with `LEAK` for an address that counts who calls. No policy of the page helps here. */
const attacks = {
  import: '@import url("LEAK");',
  background: '.launcher { background: url("LEAK") }',
  upper_case: '.launcher { BACKGROUND: URL("LEAK") }',
  escaped_name: '.launcher { background: u\\72l("LEAK") }',
  escaped_in_a_variable: '.root { --u: \\75rl("LEAK") } .launcher { background: var(--u) }',
  image_set: '.launcher { background-image: image-set("LEAK" 1x) }',
  image_set_of_a_variable: '.root { --s: "LEAK" } .launcher { background: image-set(var(--s) 1x) }',
  prefixed_image_set_of_a_variable: '.root { --s: "LEAK" } .launcher { background: -webkit-image-set(var(--s) 1x) }',
  font: '@font-face { font-family: x; src: url("LEAK") } .title { font-family: x }',
  host_context: ':host-context([data-user^="a"]) .launcher { background: url("LEAK") }',
  value_of_a_field: 'textarea:not([value^="x"]) { background: url("LEAK") }',
  nested: '.root { .launcher { background: url("LEAK") } }',
  nested_deeper: '.root { color: inherit; & .launcher { & { background: url("LEAK") } } }',
  layer: '@layer a { .launcher { background: url("LEAK") } }',
  container: '@container (width > 0) { .launcher { background: url("LEAK") } }',
  scope: '@scope (.root) { .launcher { background: url("LEAK") } }',
  starting_style: '@starting-style { .launcher { background: url("LEAK") } }',
  keyframes: '@keyframes k { from, to { background: url("LEAK") } } .launcher { animation: k 1s infinite }',
  property: '@property --p { syntax: "<image>"; inherits: true; initial-value: url("LEAK") } .launcher { background: var(--p) }',
  in_media: '@media all { .launcher { cursor: url("LEAK"), auto; list-style-image: url("LEAK") } }',
  in_supports: '@supports (display: grid) { .launcher { content: url("LEAK") } }',
  mask_and_filter: '.launcher { mask: url("LEAK#a"); filter: url("LEAK#b"); clip-path: url("LEAK#c") }',
  cross_fade: '.launcher { background: -webkit-cross-fade(url("LEAK"), url("LEAK"), 50%) }',
  host_over_the_page: ':host { position: fixed !important; inset: 0 !important; display: block !important; z-index: 2147483647 !important }',
  launcher_over_the_page: '.launcher { position: fixed; inset: 0; width: auto; height: auto; z-index: 2147483647 }',
  position_in_media: '@media all { .sr { position : fixed; inset: 0; width: auto; height: auto; clip-path: none } }',
  markup: '</style><script>fetch("LEAK")</script><style>',
};

for (const [name, css] of Object.entries(attacks)) {
  test(`custom_css_cannot_${name}`, async t => {
    const { mock, page, ui } = await openWidget(t, {
      policy: '', body: '<main data-user="ann"><h1 id="top">Page</h1></main>', goto: false,
      mock: prepared => { prepared.config.custom_css = css.replaceAll('LEAK', `${prepared.url}/leak/${name}`); },
    });
    await page.goto(page.address);
    await page.evaluate(() => { document.documentElement.dataset.user = 'ann'; });
    await ui.launcher.click();
    await ui.input.fill('secret');
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, 150))));
    assert.deepEqual(mock.leaks, []);
    assert.equal(await page.evaluate(() => document.elementFromPoint(40, 40).closest('integrations-widget')), null, 'the page is not covered');
  });
}

test('ordinary_custom_css_is_kept_and_stays_inside', async t => {
  const { page, ui } = await openWidget(t, {
    config: {
      custom_css: `.launcher { border-radius: 12px; background: linear-gradient(#063, #084) }
        .title { letter-spacing: 2px } /* said twice: position, url */
        .message.agent .bubble { background: rgb(1, 2, 3) }
        @media (min-width: 1px) { .header { padding-left: 33px } }
        @supports (display: grid) { .branding { text-transform: uppercase } }
        h1, body, #elsewhere { color: rgb(9, 9, 9) !important }`,
      strings: { greeting: 'Hello' },
    },
  });
  await ui.launcher.click();
  const style = (locator, property) => locator.evaluate((element, name) => getComputedStyle(element)[name], property);
  assert.equal(await style(ui.launcher, 'borderTopLeftRadius'), '12px');
  assert.match(await style(ui.launcher, 'backgroundImage'), /linear-gradient/);
  assert.equal(await style(ui.panel.locator('.title'), 'letterSpacing'), '2px');
  assert.equal(await style(ui.bubbles.first(), 'backgroundColor'), 'rgb(1, 2, 3)');
  assert.equal(await style(ui.panel.locator('.header'), 'paddingLeft'), '33px');
  assert.equal(await style(ui.panel.locator('.branding'), 'textTransform'), 'uppercase');
  assert.notEqual(await style(page.locator('h1'), 'color'), 'rgb(9, 9, 9)');
});
