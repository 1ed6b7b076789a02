// The sample host and the Meta sandbox as processes of their own, as a person starts them.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../../', import.meta.url).pathname;
const program = name => join(root, `artifacts/bin/${name}/debug/${name}.dll`);

/** Null if both samples are built; else what to do. */
export const missingBuild = ['WebHost', 'MetaSandbox'].every(name => existsSync(program(name))) ? null : 'samples are not built: dotnet build Integrations.sln';

/** Starts both, empty, on ports of their own, with the sandbox's webhooks registered. */
export async function startHosts(settings = {}) {
  const port = await freePorts(5);
  const folder = mkdtempSync(join(tmpdir(), 'webhost-'));
  const url = `http://127.0.0.1:${port}`;
  const meta = n => `http://127.0.0.1:${port + 1 + n}`;
  const sandbox = run('MetaSandbox', [`--port=${port + 1}`], {});
  const startHost = () => run('WebHost', [], {
    ASPNETCORE_ENVIRONMENT: 'Development', ASPNETCORE_URLS: url, Integrations__PublicBaseUri: url,
    ConnectionStrings__Integrations: `Data Source=${join(folder, 'host.db')}`, DataProtection__KeysFolder: join(folder, 'keys'), Uploads__Folder: join(folder, 'uploads'),
    Integrations__Facebook__GraphBaseUri: meta(0), Integrations__Facebook__DialogBaseUri: meta(0),
    Integrations__Instagram__GraphBaseUri: meta(0), Integrations__Instagram__DialogBaseUri: meta(0),
    Integrations__Instagram__InstagramDialogBaseUri: meta(1), Integrations__Instagram__InstagramApiBaseUri: meta(2), Integrations__Instagram__InstagramGraphBaseUri: meta(3),
    ...settings,
  });
  let host = startHost();
  await Promise.all([host.says('Now listening on'), sandbox.says('control page')]);

  /** Does something to the sandbox; see its control page for the verbs. */
  async function sandboxDoes(verb, fields = {}) {
    const answer = await fetch(`${meta(0)}/control/${verb}`, { method: 'POST', body: new URLSearchParams(fields) });
    const said = await answer.text();
    if (!answer.ok) throw new Error(`${verb}: ${said}`);
    return said;
  }

  /** All there is to see of the sandbox. */
  const sandboxState = async () => (await fetch(`${meta(0)}/control/state`)).json();

  await sandboxDoes('webhook', { callback: `${url}/integrations/facebook/webhook`, verify_token: 'sandbox' });
  return {
    url, sandboxDoes, sandboxState,
    log: () => host.output(),
    /** The process of the host dies and comes back with its database. */
    async restart() {
      await host.stop();
      host = startHost();
      await host.says('Now listening on');
    },
    async stop() {
      await Promise.all([host.stop(), sandbox.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function run(name, args, environment) {
  const child = spawn('dotnet', [program(name), ...args], { cwd: join(root, 'samples', name), env: { ...process.env, ...environment } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', data => { output += data; });
  const ended = new Promise(resolve => child.on('exit', resolve));
  return {
    output: () => output,
    async says(text) {
      const deadline = Date.now() + 180_000;
      while (!output.includes(text)) {
        if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${name} did not say "${text}":\n${output}`);
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    },
    async stop() {
      child.kill('SIGTERM');
      const killing = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(killing);
    },
  };
}

/** The first of so many neighbouring ports nobody listens on, below those the system gives to clients. */
async function freePorts(count) {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await Promise.all(Array.from({ length: count }, (_, n) => isFree(first + n)));
    if (free.every(one => one)) return first;
  }
}

function isFree(port) {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
