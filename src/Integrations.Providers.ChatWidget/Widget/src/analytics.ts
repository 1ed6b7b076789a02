import type { Config } from './contract';
import type { Session } from './session';

export type AnalyticsEvent = 'open' | 'close' | 'auto_open' | 'message_sent';

/** Collects a few named events and sends them when the page is left. Nothing is sent before there is a session. */
export function createAnalytics(session: Session, config: () => Config, enabled: boolean) {
  const privacy = navigator as Navigator & { globalPrivacyControl?: boolean };
  const allowed = enabled && privacy.doNotTrack !== '1' && !privacy.globalPrivacyControl;
  let events: { name: AnalyticsEvent; at: string }[] = [];

  return {
    record(name: AnalyticsEvent): void {
      if (allowed && events.length < 50) events.push({ name, at: new Date().toISOString() });
    },

    flush(): void {
      if (events.length === 0 || !session.isOpen()) return;
      const body = { variant: config().variant, configVersion: config().config_version, events };
      events = [];
      session.call('POST', 'analytics', { body, keepalive: true }).catch(() => undefined);
    },
  };
}
