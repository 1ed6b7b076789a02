/** An answer that is not a success. What the server said in words is never shown or logged, only its code. */
export class HttpError extends Error {
  /** Only the page can help: it has to call `identify` again. */
  readonly needsIdentity = /^(invalid_identity|identity_required)$/.test(this.code);

  /** Asking again with the same words would get the same answer. */
  readonly final = this.status >= 400 && this.status < 500 && ![401, 429].includes(this.status);

  readonly hopeless = this.final || this.needsIdentity;

  constructor(readonly status: number, readonly code = '', readonly challenge?: unknown, readonly retryAfter?: number) {
    super(`Chat server answered ${status} ${code}`);
  }
}

export interface CallOptions extends Pick<RequestInit, 'signal' | 'keepalive'> {
  body?: unknown;
  token?: string;
  accept?: string;
}

export type Http = (method: string, path: string, options?: CallOptions) => Promise<Response>;

/** Calls that wait longer than this for an answer count as not answered. */
const answerTimeout = 30_000;

export function createHttp(base: URL): Http {
  return async (method, path, { body, token, accept = '*/*', signal, keepalive } = {}) => {
    const headers: Record<string, string> = { accept };
    if (token) headers.authorization = `Bearer ${token}`;
    if (body) headers['content-type'] = 'application/json';

    const call = new AbortController();
    const timer = setTimeout(() => call.abort(), answerTimeout);
    signal?.addEventListener('abort', () => call.abort());
    const response = await fetch(new URL(path, base), {
      method, headers, keepalive, body: body ? JSON.stringify(body) : undefined, signal: call.signal, credentials: 'omit',
    }).finally(() => clearTimeout(timer));
    if (response.ok) return response;

    const { code, challenge } = await response.json().catch(() => ({}));
    throw new HttpError(response.status, code, challenge, Number(response.headers.get('retry-after')) || undefined);
  };
}
