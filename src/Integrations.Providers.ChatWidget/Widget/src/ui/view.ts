import { readableOn } from '../color';
import { safeSheet } from '../customCss';
import type { Message } from '../contract';
import type { Engine } from '../engine';
import { createStore } from '../storage';
import { h } from './dom';
import { createFullScreen } from './fullScreen';
import { createLauncher } from './launcher';
import { markdown } from './markdown';
import { createPanel } from './panel';
import css from './styles.css';

export type View = ReturnType<typeof createView>;

/** The visible widget, in a closed shadow root of its own element. */
export function createView(engine: Engine) {
  const { bus, t, life: { signal } } = engine;
  const host = document.createElement('integrations-widget');
  const shadow = host.attachShadow({ mode: 'closed' });
  const ownSheet = new CSSStyleSheet();
  ownSheet.replaceSync(css);

  const root = h('div', { part: 'root' });
  const status = h('div', { class: 'sr', role: 'status' });
  shadow.append(root);

  const page = createStore(`iw:${engine.base.href}:`, () => sessionStorage);
  const smallScreen = matchMedia('(max-width: 480px), (max-height: 420px)');
  const darkScreen = matchMedia('(prefers-color-scheme: dark)');
  const coverPage = createFullScreen(root, signal);
  let open = false;
  let hidden = false;
  let launcher: ReturnType<typeof createLauncher>;
  let panel: ReturnType<typeof createPanel>;

  /** Draws from the configuration, again when it changes. */
  function build(): void {
    const draft = panel?.draft();
    const config = engine.config();
    const color = /^#[0-9a-f]{6}$/i.test(config.widget_color) ? config.widget_color : '#6366F1';
    shadow.adoptedStyleSheets = [ownSheet, safeSheet(config.custom_css ?? '')];
    root.style.setProperty('--accent', color);
    root.style.setProperty('--on-accent', readableOn(color));
    root.dir = config.dir ?? 'ltr';
    root.lang = config.locale ?? '';

    launcher = createLauncher(engine, () => set(!open));
    panel = createPanel(engine, () => set(false));
    panel.draft(draft ?? '');
    root.replaceChildren(launcher.element, panel.element, status);
    layout();
    update();
  }

  function layout(): void {
    const { widget_position: position = 'bottom-right', theme } = engine.config();
    const dark = theme === 'dark' || theme !== 'light' && darkScreen.matches;
    root.className = `root ${position.replace('-', ' ')}${dark ? ' dark' : ''}`;
    panel.setFull(smallScreen.matches);
    const covering = open && !root.hidden && smallScreen.matches;
    launcher.element.hidden = covering; // it would lie over the send button
    coverPage(covering);
  }

  function update(): void {
    root.hidden = hidden || engine.config().require_identity === true && !engine.hasIdentity();
    launcher.update(open, engine.unread());
    panel.element.hidden = !open;
    panel.update();
    layout();
  }

  /** `quiet`: not the visitor's doing, so the keyboard stays where it is and nothing is connected. */
  function set(next: boolean, { quiet = false } = {}): void {
    if (next === open) return;
    const hadFocus = shadow.activeElement !== null;
    open = next;
    page.set('open', open || undefined);
    engine.store.set('auto-opened', true);
    update();
    bus.emit(open ? 'open' : 'close');
    engine.analytics.record(open ? 'open' : 'close');
    if (open) {
      if (quiet) return;
      engine.interest();
      if (isSeen()) engine.markRead();
      panel.focus();
    } else if (hadFocus) {
      launcher.element.focus();
    }
  }

  const isSeen = () => open && !root.hidden && document.visibilityState === 'visible';

  function announce({ from, name, text }: Message): void {
    if (from === 'visitor') return;
    // What is heard is what is seen, not its markup.
    const plain = markdown(text ?? '').textContent ?? '';
    status.textContent = `${name ?? t('agent')}: ${plain}`;
  }

  /** Once for each visitor, not over a phone's whole screen, and never against what the visitor did first. */
  function openLater(): void {
    const { auto_open: wanted, auto_open_delay: delay } = engine.config();
    if (!wanted || engine.store.get('auto-opened') || smallScreen.matches) return;
    setTimeout(() => {
      if (signal.aborted || root.hidden || engine.store.get('auto-opened')) return;
      engine.analytics.record('auto_open');
      set(true, { quiet: true });
    }, delay);
  }

  function mount(): void {
    if (!host.isConnected) document.body?.append(host);
  }

  // Turbo, Astro and other page swappers exchange <body>, or what is in it.
  const watcher = new MutationObserver(() => {
    mount();
    watch();
  });
  function watch(): void {
    watcher.disconnect();
    watcher.observe(document.documentElement, { childList: true });
    if (document.body) watcher.observe(document.body, { childList: true });
  }

  function destroy(): void {
    coverPage(false);
    watcher.disconnect();
    host.remove();
  }

  engine.setSeen(isSeen);
  bus.on('config', build);
  bus.on('change', update);
  bus.on('typing', ({ on, name }) => panel.showTyping(on, name));
  bus.on('notice', text => {
    panel.showNotice(text);
    if (open && text) status.textContent = text;
  });
  bus.on('message:received', announce);
  for (const query of [smallScreen, darkScreen]) query.addEventListener('change', layout, { signal });
  document.addEventListener('visibilitychange', () => isSeen() && engine.store.get('talked') && engine.markRead(), { signal });
  // A panel that opened by itself becomes the visitor's at the first touch.
  for (const event of ['pointerdown', 'focusin']) shadow.addEventListener(event, () => open && engine.interest(), { signal });
  signal.addEventListener('abort', destroy);

  build();
  mount();
  watch();
  // Open on the page before: open on this one, unless that would cover it.
  if (page.get('open') && !smallScreen.matches) set(true, { quiet: true });
  openLater();

  return {
    set,
    isOpen: () => open,
    setHidden(next: boolean): void {
      hidden = next;
      update();
    },
  };
}
