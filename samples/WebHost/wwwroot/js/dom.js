// The little DOM this page needs. Text is always set as text: nothing here turns a string into HTML.

/** Makes an element: `el('button', { class: 'primary', onclick: save }, 'Save')`. A property that is null, undefined or false is left out. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== 'string') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A 24 x 24 line icon for decoration: screen readers skip it. */
export function icon(path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** A modal dialog that removes itself when it is closed and gives the focus back to what opened it. */
export function openDialog(title, ...content) {
  const opener = document.activeElement;
  const heading = el('h2', { id: `dialog-${++count}` }, title);
  const close = el('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => dialog.close() }, '×');
  const dialog = el('dialog', { 'aria-labelledby': heading.id }, el('div', { class: 'title' }, heading, close), ...content);
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (opener?.isConnected) opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks a question whose answer has consequences. @param consequences a text, or elements that say them */
export function confirmed(question, consequences, { yes, no, dangerous = false }) {
  return new Promise(resolve => {
    const said = typeof consequences === 'string' ? el('p', {}, consequences) : consequences;
    const dialog = openDialog(question, el('form', { method: 'dialog' }, said, el('footer', {},
      el('button', { value: '' }, no), el('button', { value: 'yes', class: dangerous ? 'danger' : 'primary' }, yes))));
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'));
  });
}

let count = 0;
