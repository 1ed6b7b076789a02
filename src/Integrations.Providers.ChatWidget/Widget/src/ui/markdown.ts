import { h, safeUrl } from './dom';

/**
 * A safe subset of Markdown, built as nodes: paragraphs, lists, code blocks, `code`, **bold**, *italic*, [links](https://…) and bare
 * addresses. Everything else, HTML above all, stays the text it is.
 */
export function markdown(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  // Odd parts are the insides of ``` fences.
  text.split(/^```.*\n([^]*?)\n?```\s*$/m).forEach((part, at) => {
    if (at % 2) fragment.append(h('pre', {}, h('code', {}, part)));
    else part.split(/\n{2,}/).forEach(block => block.trim() && fragment.append(...blocks(block.trim())));
  });
  return fragment;
}

function blocks(text: string): Node[] {
  const nodes: HTMLElement[] = [];
  let openTag: 'p' | 'ul' | 'ol' | undefined;
  for (const line of text.split('\n')) {
    const [, bullet, number, words] = /^\s*(?:([-*+])|(\d+[.)]))\s+(.*)/.exec(line) ?? [];
    const tag = bullet ? 'ul' : number ? 'ol' : 'p';
    if (tag !== openTag) nodes.push(h(openTag = tag));
    else if (tag === 'p') nodes[nodes.length - 1].append(h('br'));
    nodes[nodes.length - 1].append(...(tag === 'p' ? inline(line) : [h('li', {}, ...inline(words))]));
  }
  return nodes;
}

// In this order: `code`, **bold**, *italic* or _italic_, [label](address), bare address.
const marks =
  /`([^`]+)`|\*\*(.+?)\*\*|(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\3(?!\w)|\[([^\]]+)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/g;

function inline(text: string): Node[] {
  const nodes: Node[] = [];
  let from = 0;
  for (const match of text.matchAll(marks)) {
    nodes.push(new Text(text.slice(from, match.index)), styled(match));
    from = match.index + match[0].length;
  }
  return [...nodes, new Text(text.slice(from))];
}

function styled([source, code, bold, , italic, label, address, bare]: RegExpMatchArray): Node {
  if (code) return h('code', {}, code);
  if (bold) return h('strong', {}, ...inline(bold));
  if (italic) return h('em', {}, ...inline(italic));
  const href = safeUrl(address ?? bare);
  return href ? link(href, label ?? bare) : new Text(source);
}

export function link(href: string, ...content: (Node | string)[]): HTMLAnchorElement {
  return h('a', { href, target: '_blank', rel: 'noreferrer nofollow' }, ...content);
}
