// axe over a page and the frames in it.
import { readFile } from 'node:fs/promises';
import assert from 'node:assert/strict';

const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8').catch(() => null);
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Nothing violates WCAG 2.2 AA. Pages with Trusted Types take the script through the debugger, as an extension would. */
export async function checkAccessibility(page, disabled = []) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async ({ rules, disabled }) => (await window.axe.run(document, {
    runOnly: rules, rules: Object.fromEntries(disabled.map(rule => [rule, { enabled: false }])), iframes: false,
  })).violations.map(v => `${v.id}: ${v.nodes.map(n => `${n.target.join(' ')} (${n.any[0]?.message ?? n.failureSummary})`).join('; ')}`), { rules, disabled });
  assert.deepEqual(violations, []);
}
