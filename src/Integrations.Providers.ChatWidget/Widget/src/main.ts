import { createApi, type QueuedCall, type WidgetApi } from './api';
import { persist } from './backoff';
import { createEngine, type Engine } from './engine';
import { HttpError } from './http';
import { createView, type View } from './ui/view';

declare global {
  interface Window {
    IntegrationsWidget?: WidgetApi | QueuedCall[];
  }
}

function start(script: HTMLScriptElement, queued: QueuedCall[]): void {
  const { integration = '', api, locale, preview, analytics } = script.dataset;
  const folder = new URL(api ?? new URL('../', import.meta.url), location.href);
  const engine = createEngine({
    base: new URL(`${integration || 'preview'}/`, folder),
    locale: locale || document.documentElement.lang || navigator.language,
    preview: preview !== undefined,
    analytics: analytics !== 'off',
  });
  const viewReady = show(engine);
  viewReady.catch(() => undefined); // said on the console; not an error of the page
  const widget = createApi(engine, viewReady);
  window.IntegrationsWidget = widget;
  widget.push(...queued);
}

async function show(engine: Engine): Promise<View> {
  await persist(engine.life.signal, engine.loadConfig).catch(error => {
    if (error instanceof HttpError)
      console.warn(`Chat widget not shown: config answered ${error.status}. Is the integration live, and ${location.origin} allowed?`);
    throw error;
  });
  if (!document.body) await new Promise(resolve => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
  const view = createView(engine);
  engine.resume();
  engine.bus.emit('ready');
  return view;
}

const script = [...document.querySelectorAll<HTMLScriptElement>('script[data-integration], script[data-preview]')]
  .find(one => one.src === import.meta.url);
const existing = window.IntegrationsWidget;
if (!script) console.warn('Chat widget not shown: no <script data-integration>');
else if (!existing || Array.isArray(existing)) start(script, existing ?? []);
