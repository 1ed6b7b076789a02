type Attribute = string | number | boolean | undefined | ((event: never) => void);
type Child = Node | string | undefined | false;

/**
 * Builds an element without markup text, so that a page's Content-Security-Policy and Trusted Types have nothing to object to.
 * Every class is a `part` too: what a client's style sheet can name from inside, the page can name from outside.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, Attribute> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value as EventListener);
    else setAttribute(element, name, value);
    if (name === 'class') setAttribute(element, 'part', value as string);
  }
  element.append(...children.filter((child): child is Node | string => !!child));
  return element;
}

export function setAttribute(element: Element, name: string, value: string | number | boolean | undefined): void {
  if (value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

export function button(className: string, click: () => void, content: Child, label?: string): HTMLButtonElement {
  return h('button', { type: 'button', class: className, click, 'aria-label': label }, content);
}

const strokes = {
  chat: 'M3 4h18v13H9l-5 4v-4H3z',
  close: 'M6 6l12 12M18 6 6 18',
  send: 'M3 4l19 8-19 8 3-8zM6 12h9',
  attach: 'M20 11l-8 8a5 5 0 0 1-7-7l8-8a3.5 3.5 0 0 1 5 5l-8 8a2 2 0 0 1-3-3l7-7',
};

export function icon(name: keyof typeof strokes): SVGSVGElement {
  const create = <K extends 'svg' | 'path'>(tag: K) => document.createElementNS('http://www.w3.org/2000/svg', tag);
  const svg = create('svg');
  const path = create('path');
  setAttribute(svg, 'viewBox', '0 0 24 24');
  setAttribute(svg, 'aria-hidden', 'true');
  setAttribute(svg, 'class', 'icon');
  setAttribute(path, 'd', strokes[name]);
  svg.append(path);
  return svg;
}

/** What the server or an agent sent as an address must not run: only these schemes. */
export function safeUrl(url = '', base?: URL): string | undefined {
  try {
    const { protocol, href } = new URL(url, base);
    return /^(https?|mailto|tel):$/.test(protocol) && url ? href : undefined;
  } catch {
    return undefined;
  }
}
