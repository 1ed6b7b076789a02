/**
 * A client's own style sheet, without what could load something, leave the widget or cover the page. The server checks on saving as
 * well; this is for a row that was written around it. Whole rules are dropped: filtering single properties can be evaded with variables.
 */
const forbidden =
  /\\|url\(|image-set\(|src\(|image\(|cross-fade|element\(|paint\(|attr\(|:host|(^|[{;\s])(position|z-index)\s*:/i;

export function safeSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css); // ignores @import
  prune(sheet);
  return sheet;
}

function prune(group: CSSStyleSheet | CSSMediaRule | CSSSupportsRule): void {
  for (let at = group.cssRules.length - 1; at >= 0; at--) {
    const rule = group.cssRules[at];
    if (rule instanceof CSSMediaRule || rule instanceof CSSSupportsRule) prune(rule);
    else if (!isPlain(rule)) group.deleteRule(at);
  }
}

function isPlain(rule: CSSRule): boolean {
  if (!(rule instanceof CSSStyleRule) || forbidden.test(rule.cssText)) return false;
  return !rule.cssRules?.length; // nested rules would need the same care again
}
