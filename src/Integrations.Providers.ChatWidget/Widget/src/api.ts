import type { Config } from './contract';
import type { Listener, PublicEvents } from './emitter';
import type { ChallengeHandler, Identity } from './session';
import type { Engine } from './engine';
import type { View } from './ui/view';

/** `window.IntegrationsWidget`. Until the widget is there, a page may use an array: `IntegrationsWidget.push(['open'])`. */
export interface WidgetApi {
  open(): void;
  close(): void;
  toggle(): void;
  /** Shows or hides all of it, the launcher too. */
  show(): void;
  hide(): void;
  send(text: string, payload?: string): void;
  /** A JWT of the page's backend for the signed-in person, or a function that fetches one. */
  identify(identity: Identity): void;
  /** Forgets the visitor: call it when a person signs out. */
  reset(): void;
  /** Takes the widget off the page. It stays off until the page is loaded again. */
  destroy(): void;
  on<K extends keyof PublicEvents>(event: K, listener: Listener<PublicEvents[K]>): () => void;
  /** Overrides parts of the configuration for this page view, such as the theme or the colour. */
  configure(overrides: Partial<Config>): void;
  onChallenge(handler: ChallengeHandler): void;
  push(...calls: QueuedCall[]): void;
}

export type QueuedCall = [name: string, ...args: unknown[]];

export function createApi(engine: Engine, viewReady: Promise<View>): WidgetApi {
  /** What needs pixels waits for them. */
  const withView = (work: (view: View) => void) => void viewReady.then(work, () => undefined);

  const api: WidgetApi = {
    open: () => withView(view => view.set(true)),
    close: () => withView(view => view.set(false)),
    toggle: () => withView(view => view.set(!view.isOpen())),
    show: () => withView(view => view.setHidden(false)),
    hide: () => withView(view => view.setHidden(true)),
    send: (text, payload) => withView(() => engine.send(text, { payload })),
    identify: identity => void engine.identify(identity),
    reset: () => void engine.reset(),
    destroy: engine.destroy,
    on: (event, listener) => engine.bus.on(event, listener),
    configure: engine.configure,
    onChallenge: engine.onChallenge,
    push(...calls) {
      const methods = api as unknown as Record<string, ((...args: unknown[]) => void) | undefined>;
      for (const [name, ...args] of calls) methods[name]?.(...args);
    },
  };
  return api;
}
