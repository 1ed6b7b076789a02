// The server side of CONTRACT.md, stricter than ours: whatever the contract does not allow is recorded in `violations`.
import { createServer } from 'node:http';
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const widgetFile = new URL('../../../src/Integrations.Providers.ChatWidget/Widget/dist/widget.js', import.meta.url);
export const integrationId = '0190d5a2-7c1e-7b3a-9f00-000000000001';
const prefix = '/integrations/widget/';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const seedConfig = {
  widget_position: 'bottom-right', widget_color: '#6366F1', widget_title: 'Chat with us',
  widget_subtitle: 'We usually respond in a few minutes', widget_icon: 'default', custom_css: '',
  auto_open: false, auto_open_delay: 5000, show_branding: true,
  locale: 'en', dir: 'ltr', strings: {}, theme: 'auto', attachments: null, prechat: null,
  require_identity: false, config_version: '1', variant: 'a',
};

/** Members a request body may have, and must have (marked with !). */
const bodies = {
  sessions: { token: 'string', user: 'string', 'locale!': 'string', 'page!': 'object', contact: 'object', challenge: 'string', variant: 'string', configVersion: 'string' },
  messages: { 'clientId!': 'string', 'text!': 'string', payload: 'string', attachments: 'object' },
  typing: { 'on!': 'boolean' },
  read: { 'cursor!': 'number' },
  uploads: { 'name!': 'string', 'type!': 'string', 'size!': 'number' },
  analytics: { variant: 'string', configVersion: 'string', 'events!': 'object' },
};

export async function startMock(configOverrides = {}) {
  const script = await readFile(widgetFile);
  const sockets = new Set();
  const mock = {
    config: { ...seedConfig, ...configOverrides },
    allowedOrigins: undefined, // everything
    visitors: [],
    calls: [],
    violations: [],
    leaks: [],
    streams: new Set(),
    streamsOpened: 0,
    uploads: new Map(),
    files: new Map(),
    identities: new Map(), // JWT → person
    /** (call) => { status, headers, body } to answer instead, or undefined. */
    intercept: undefined,
    /** Store the next message, then break the connection instead of answering. */
    loseNextAnswer: false,
    url: '', port: 0,
    scriptUrl: () => `${mock.url}${prefix}v1/widget.js`,
    integrity: `sha384-${createHash('sha384').update(script).digest('base64')}`,
    count: name => mock.calls.filter(call => call.name === name).length,
    bodiesOf: name => mock.calls.filter(call => call.name === name).map(call => call.body),
    agentSays, status, typing, send, dropStreams, stop, start, newVisitor,
  };
  let server;

  function violation(text) {
    mock.violations.push(text);
  }

  async function handle(request, response) {
    const url = new URL(request.url, mock.url);
    const { origin } = request.headers;
    if (url.pathname.startsWith('/upload-target/')) return storeFile(request, response, url);
    if (url.pathname.startsWith('/leak')) {
      mock.leaks.push(request.url);
      return answer(response, 200, '', { 'access-control-allow-origin': '*' });
    }
    if (url.pathname === '/picture.png') return answer(response, 200, Buffer.from(onePixel, 'base64'), { 'content-type': 'image/png', 'cross-origin-resource-policy': 'cross-origin' });
    if (url.pathname === `${prefix}v1/widget.js`) {
      return answer(response, 200, script, {
        'content-type': 'text/javascript; charset=utf-8', 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin',
      });
    }
    const [, id, name] = /^\/integrations\/widget\/([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
    if (!name) return refuse(response, 404, 'no_route', `unknown address ${request.url}`);

    const cors = name === 'config' ? { 'access-control-allow-origin': '*' }
      : origin && (!mock.allowedOrigins || mock.allowedOrigins.includes(origin)) ? { 'access-control-allow-origin': origin, vary: 'Origin', 'access-control-expose-headers': 'Retry-After' } : {};
    response.setHeaders(new Map(Object.entries(cors)));
    if (request.method === 'OPTIONS') {
      return answer(response, 204, '', {
        'access-control-allow-methods': 'GET, POST, DELETE', 'access-control-allow-headers': 'authorization, content-type', 'access-control-max-age': '7200',
      });
    }
    const text = await readBody(request);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const call = { method: request.method, name, token, query: url.searchParams, body: undefined, at: Date.now() };
    mock.calls.push(call);
    if (request.headers.cookie) violation('a cookie was sent');
    if (request.method === 'POST') {
      if (!origin) violation(`POST ${name} without Origin`);
      if (!/^application\/json/.test(request.headers['content-type'] ?? '')) violation(`POST ${name} is not JSON`);
      call.body = JSON.parse(text);
      checkBody(name, call.body);
    }

    const instead = await mock.intercept?.(call);
    if (instead === 'hang up') return request.socket.destroy();
    if (instead) return answer(response, instead.status, JSON.stringify(instead.body ?? {}), { 'content-type': 'application/problem+json', ...instead.headers });
    if (id !== integrationId) return refuse(response, 404, 'unknown_integration');
    if (mock.allowedOrigins && !mock.allowedOrigins.includes(origin)) return refuse(response, 403, 'origin_not_allowed');

    const route = routes[`${request.method} ${name}`];
    if (!route) return refuse(response, 404, 'no_route', `unknown call ${request.method} ${name}`);
    if (name === 'config' || name === 'sessions') {
      if (token) violation(`${name} must not carry a token in its header`);
      return route(response, call, undefined, request);
    }
    const visitor = mock.visitors.find(one => one.token === token);
    if (!token) violation(`${name} without a token`);
    if (!visitor) return refuse(response, 401, 'invalid_token');
    if (url.search.includes(token)) violation('the token is in the address');
    return route(response, call, visitor, request);
  }

  const routes = {
    'GET config'(response, call) {
      if (!call.query.get('locale')) violation('config without locale');
      json(response, 200, mock.config, { etag: `"${mock.config.config_version}"`, 'cache-control': 'max-age=60' });
    },

    'POST sessions'(response, { body }) {
      const person = body.user && mock.identities.get(body.user);
      if (body.user && !person) return refuse(response, 401, 'invalid_identity');
      if (mock.config.require_identity && !body.user) return refuse(response, 401, 'identity_required');
      if (mock.challenge && body.challenge !== mock.challenge.answer)
        return json(response, 403, { code: 'challenge_required', challenge: mock.challenge.question });
      let visitor = mock.visitors.find(one => one.tokens.has(body.token) && !one.expired.has(body.token) && !one.closed);
      if (visitor && person && visitor.person !== person) visitor = undefined;
      if (!visitor && person) visitor = mock.visitors.find(one => one.person === person);
      const isNew = !visitor;
      visitor ??= newVisitor();
      visitor.person ??= person;
      if (body.contact) visitor.contact = body.contact;
      visitor.token = randomUUID();
      visitor.tokens.add(visitor.token);
      json(response, isNew ? 201 : 200, {
        token: visitor.token, expiresAt: '2030-01-01T00:00:00Z', visitorId: visitor.id, cursor: visitor.seq,
        unread: visitor.messages.filter(one => one.from === 'agent' && one.seq > visitor.readUpTo).length,
        hasMore: visitor.messages.length > 50, messages: visitor.messages.slice(-50),
      });
    },

    'GET messages'(response, { query }, visitor) {
      const before = Number(query.get('before'));
      const limit = Number(query.get('limit'));
      if (!Number.isInteger(before) || before < 1 || !(limit >= 1 && limit <= 50)) violation(`messages?${query}`);
      const older = visitor.messages.filter(one => one.seq < before);
      json(response, 200, { messages: older.slice(-limit), hasMore: older.length > limit });
    },

    'POST messages'(response, { body }, visitor) {
      if (!uuid.test(body.clientId)) violation(`clientId is no UUID: ${body.clientId}`);
      if (body.text.length > 4000 || (body.text === '' && !body.attachments?.length)) violation('text is empty or too long');
      if (visitor.closed) return refuse(response, 409, 'closed');
      const known = visitor.messages.find(one => one.clientId === body.clientId);
      const files = (body.attachments ?? []).map(id => mock.uploads.get(id) ?? violation(`attachment ${id} was not uploaded`));
      const message = known ?? {
        id: randomUUID(), seq: ++visitor.seq, clientId: body.clientId, from: 'visitor', text: body.text,
        at: new Date().toISOString(), status: 'sent', attachments: files,
      };
      if (!known) {
        visitor.messages.push(message);
        send(visitor, 'message', message, message.seq);
      }
      if (mock.loseNextAnswer) {
        mock.loseNextAnswer = false;
        return response.destroy();
      }
      const { id, seq, clientId, at } = message;
      json(response, known ? 200 : 201, { id, seq, clientId, at });
    },

    'GET events'(response, { query }, visitor, request) {
      if (visitor.closed) return answer(response, 204);
      const after = query.get('after');
      if (!/^\d+$/.test(after ?? '')) violation(`events?after=${after}`);
      if (request.headers.accept !== 'text/event-stream') violation('events without Accept');
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      const stream = { visitor, response };
      mock.streams.add(stream);
      mock.streamsOpened++;
      response.on('close', () => mock.streams.delete(stream));
      response.write('event: ping\nretry: 1000\ndata: {}\n\n');
      visitor.messages.filter(one => one.seq > Number(after)).forEach(one => write(response, 'message', one, one.seq));
    },

    'POST typing': (response, { body }, visitor) => { visitor.typing.push(body.on); answer(response, 204); },
    'POST read'(response, { body }, visitor) {
      if (!Number.isInteger(body.cursor) || body.cursor > visitor.seq) violation(`read ${body.cursor}`);
      visitor.readUpTo = Math.max(visitor.readUpTo, body.cursor);
      answer(response, 204);
    },
    'POST uploads'(response, { body }) {
      if (body.size > 5_000_000) return refuse(response, 413, 'too_large');
      if (body.type === 'application/x-sh') return refuse(response, 415, 'type_not_allowed');
      const id = randomUUID();
      mock.uploads.set(id, { id, name: body.name, type: body.type, size: body.size, url: `${mock.url}/picture.png` });
      json(response, 200, { id, url: `${mock.url}/upload-target/${id}`, headers: { 'x-signature': 'signed', 'content-type': body.type } });
    },
    'POST analytics'(response, { body }) {
      if (body.events.length > 50 || body.events.some(one => !one.name || isNaN(Date.parse(one.at)))) violation('analytics events');
      answer(response, 204);
    },
    'DELETE session': (response, _, visitor) => { visitor.tokens.forEach(one => visitor.expired.add(one)); visitor.token = undefined; answer(response, 204); },
  };

  function checkBody(name, body) {
    const allowed = bodies[name];
    if (!allowed) return violation(`unknown call ${name}`);
    for (const [key, type] of Object.entries(allowed)) {
      const value = body[key.replace('!', '')];
      if (value === undefined ? key.endsWith('!') : typeof value !== type || value === null) violation(`${name}.${key} is ${JSON.stringify(value)}`);
    }
    for (const key of Object.keys(body)) if (!(key in allowed) && !(`${key}!` in allowed)) violation(`${name}.${key} is not in the contract`);
  }

  async function storeFile(request, response, url) {
    const cors = { 'access-control-allow-origin': request.headers.origin ?? '*', 'access-control-allow-headers': 'x-signature, content-type', 'access-control-allow-methods': 'PUT' };
    if (request.method === 'OPTIONS') return answer(response, 204, '', cors);
    if (request.method !== 'PUT' || request.headers['x-signature'] !== 'signed') violation('upload without its headers');
    if (request.headers.authorization) violation('the token went to the upload address');
    mock.files.set(url.pathname.split('/').pop(), await readBody(request));
    answer(response, 200, '', cors);
  }

  function newVisitor() {
    const visitor = { id: randomUUID(), token: undefined, tokens: new Set(), expired: new Set(), seq: 0, readUpTo: 0, messages: [], typing: [], person: undefined };
    mock.visitors.push(visitor);
    return visitor;
  }

  function agentSays(text, extra = {}, visitor = mock.visitors.at(-1)) {
    const message = { id: randomUUID(), seq: ++visitor.seq, from: 'agent', name: 'Ada', text, at: new Date().toISOString(), ...extra };
    visitor.messages.push(message);
    send(visitor, 'message', message, message.seq);
    return message;
  }

  function status(message, value, visitor = mock.visitors.at(-1)) {
    message.status = value;
    send(visitor, 'status', { id: message.id, status: value }, ++visitor.seq);
  }

  function typing(on, visitor = mock.visitors.at(-1)) {
    send(visitor, 'typing', { on, name: 'Ada' });
  }

  function send(visitor, type, data, id) {
    for (const stream of mock.streams) if (stream.visitor === visitor) write(stream.response, type, data, id);
  }

  function dropStreams() {
    for (const { response } of mock.streams) response.destroy();
    mock.streams.clear();
  }

  async function start() {
    server = createServer((request, response) => handle(request, response).catch(error => {
      violation(`the mock failed: ${error.stack}`);
      response.destroy();
    }));
    server.on('connection', socket => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise((resolve, reject) => server.once('error', reject).listen(mock.port, '127.0.0.1', resolve));
    mock.port = server.address().port;
    mock.url = `http://127.0.0.1:${mock.port}`;
  }

  /** The process dies; what it had stored stays. */
  async function stop() {
    sockets.forEach(socket => socket.destroy());
    await new Promise(resolve => server.close(resolve));
  }

  function refuse(response, status, code, wrong) {
    if (wrong) violation(wrong);
    json(response, status, { code });
  }

  await start();
  return mock;
}

function write(response, type, data, id) {
  response.write(`${id ? `id: ${id}\n` : ''}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
}

function json(response, status, body, headers) {
  answer(response, status, JSON.stringify(body), { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', 'cache-control': 'no-store', ...headers });
}

function answer(response, status, body = '', headers = {}) {
  response.writeHead(status, headers);
  response.end(body);
}

async function readBody(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
