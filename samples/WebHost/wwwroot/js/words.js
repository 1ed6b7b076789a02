// What a person reads about an integration: one badge, one sentence, and what they can do now.

/** @returns {{ label: string, tone: 'good'|'warn'|'bad'|'quiet', sentence: string, actions: string[] }} */
export function describe(entry, integration) {
  if (entry.availability !== 'available') return { label: 'Coming soon', tone: 'quiet', sentence: '', actions: [] };
  const needsAccount = entry.authorization !== 'none';
  const account = integration?.account_name ?? 'its account';
  if (!integration) {
    return needsAccount
      ? { label: 'Available', tone: 'quiet', sentence: 'Not connected.', actions: ['connect'] }
      : { label: 'Available', tone: 'quiet', sentence: 'Not set up.', actions: ['setup'] };
  }

  const on = needsAccount ? ` on ${account}` : '';
  const leave = needsAccount ? ['switch', 'disconnect'] : ['disconnect'];
  switch (integration.state) {
    case 'pending':
      return integration.is_live
        ? { label: 'Waiting', tone: 'warn', sentence: 'Goes live by itself once an account is connected.', actions: ['connect', 'settings', 'pause'] }
        : { label: 'Available', tone: 'quiet', sentence: needsAccount ? 'Not connected.' : 'Not live.', actions: needsAccount ? ['connect'] : ['setup'] };
    case 'reconnect_required':
      return { label: 'Reconnect', tone: 'bad', sentence: `${account} no longer lets us in. Connect it again: settings and waiting messages are kept.`,
        actions: ['reconnect', 'diagnose', ...leave] };
    case 'suspended':
      return { label: 'Blocked', tone: 'bad', sentence: `The platform blocks ${account} for now.`, actions: ['diagnose', 'settings', 'pause', ...leave] };
    case 'disconnected':
      return { label: 'Disconnected', tone: 'quiet', sentence: needsAccount ? 'Its account was given back. History is kept.' : 'Taken off your site. History is kept.',
        actions: [needsAccount ? 'connect' : 'setup'] };
    case 'degraded':
      return { label: integration.is_live ? 'Trouble' : 'Paused', tone: 'warn', sentence: 'Calls fail for now. It is retried by itself.',
        actions: ['diagnose', 'settings', integration.is_live ? 'pause' : 'resume', ...leave] };
    default:
      if (endsSoon(integration)) {
        return { label: integration.is_live ? 'Live' : 'Connected', tone: 'warn',
          sentence: consent(account, integration.consent_expires_at),
          actions: ['reconnect', 'settings', integration.is_live ? 'pause' : integration.deployed_at ? 'resume' : 'setup', 'diagnose', ...leave] };
      }
      if (integration.is_live) return { label: 'Live', tone: 'good', sentence: `Answering${on}.`, actions: ['settings', 'pause', 'diagnose', ...leave] };
      return integration.deployed_at
        ? { label: 'Paused', tone: 'quiet', sentence: `Connected${on}; messages are not answered.`, actions: ['resume', 'settings', 'diagnose', ...leave] }
        : { label: 'Connected', tone: 'quiet', sentence: `Connected${on}, not live yet.`, actions: ['setup', 'diagnose', ...leave] };
  }
}

/** Whether the consent of whoever connected ends within two weeks. Only that person can renew it. */
function endsSoon({ consent_expires_at: end }) {
  return end && Date.parse(end) - Date.now() < 14 * 86_400_000;
}

function consent(account, end) {
  return Date.parse(end) > Date.now()
    ? `Connect ${account} again before ${day(end)}: on that day the platform ends the consent of whoever connected it.`
    : `Connect ${account} again: the platform ended the consent of whoever connected it on ${day(end)}. It may stop working any time.`;
}

function day(time) {
  return new Date(time).toLocaleDateString('en', { day: 'numeric', month: 'long', year: 'numeric' });
}

export const outcome = {
  live: 'Live',
  needs_authorization: 'Needs an account',
  invalid: 'Settings are not valid',
  not_attempted: 'Not attempted: another channel is not valid',
  failed: 'Failed',
  changed_meanwhile: 'Someone else changed it meanwhile',
};

/** "12 seconds ago", for what is younger than a minute. */
export function justNow(time) {
  const seconds = Math.floor((Date.now() - Date.parse(time)) / 1000);
  return seconds < 2 || seconds >= 60 ? ago(time) : `${seconds} seconds ago`;
}

/** "5 minutes ago". */
export function ago(time) {
  if (!time) return 'never';
  const seconds = (Date.now() - Date.parse(time)) / 1000;
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return format.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86400) return format.format(-Math.floor(seconds / 3600), 'hour');
  return format.format(-Math.floor(seconds / 86400), 'day');
}
