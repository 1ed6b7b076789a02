// The management API of Integrations.AspNetCore, under /integrations/api. It knows from the sign-in cookie whose client we are.

const ROOT = '/integrations/api';

/** What the API refused, as it says in its problem document. */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? body?.title ?? `The host answered with ${status}.`);
    this.status = status;
    this.code = body?.code ?? 'unknown';
    this.errors = body?.errors ?? [];
    this.choice = body?.choice ?? null;
  }
}

async function call(method, path, body) {
  let answer;
  try {
    // The API takes JSON only, also from calls without a body: that is what keeps other sites' forms out.
    answer = await fetch(ROOT + path, {
      method,
      headers: method === 'GET' ? { Accept: 'application/json' } : { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Problem(0, { detail: 'The host cannot be reached. Check your connection and try again.', code: 'unreachable' });
  }
  if (answer.status === 401) location.assign('/sign-in'); // the session has ended
  const json = await answer.json().catch(() => null);
  if (!answer.ok) throw new Problem(answer.status, json);
  return json;
}

export const api = {
  catalog: async () => (await call('GET', '/catalog')).items,
  list: async chatId => (await call('GET', `/integrations?chat_id=${chatId}`)).items,
  pause: id => call('POST', `/integrations/${id}/pause`),
  resume: id => call('POST', `/integrations/${id}/resume`),
  disconnect: id => call('POST', `/integrations/${id}/disconnect`),
  diagnose: id => call('GET', `/integrations/${id}/diagnosis`),
  snippet: id => call('GET', `/integrations/${id}/embed`),
  /** Where the browser goes to connect an account: the platform's dialog, or the host's own form where credentials are typed. */
  connectAddress: async (chatId, entry, more) => {
    const start = { chat_id: chatId, return_path: `/?chat=${chatId}`, ...more };
    return entry.authorization === 'credentials'
      ? `/integrations/${entry.type}/connect?${new URLSearchParams(start)}`
      : (await call('POST', '/connect', { type: entry.type, ...start })).authorization_url;
  },
  choice: choice => call('GET', `/choices/${choice}`),
  choose: (choice, accountId) => call('POST', `/choices/${choice}`, { account_id: accountId }),
  plan: (chatId, channels) => call('POST', '/plan', { chat_id: chatId, channels }),
  deploy: (chatId, channels) => call('POST', '/deploy', { chat_id: chatId, channels, return_path: `/?chat=${chatId}` }),
};
