// Bundles src/ into dist/widget.js. `--verify` builds in memory and fails if the committed file differs or is too large.
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

const target = new URL('dist/widget.js', import.meta.url);
const maxGzipBytes = 12_288;

/** Names that only the widget's own parts use with each other: safe to shorten. Never a name of the contract, the public API or the browser. */
const internalNames = [
  'addUnread', 'advance', 'attempts', 'base', 'bus', 'clearUnread', 'draft', 'element', 'ensure', 'exclusive', 'flush', 'forget',
  'hasEarlier', 'hasIdentity', 'hopeless', 'http', 'interest', 'introduce', 'isFull', 'isOpen', 'isSeen', 'lastSeq', 'life', 'loadConfig',
  'loadEarlier', 'markRead', 'needsIdentity', 'onChange', 'onConnection', 'onEvent', 'onNote', 'onOpened', 'onSent', 'onWaiting',
  'prepend', 'quiet', 'record', 'restore', 'resume', 'retryAfter', 'setFull', 'setHidden', 'setSeen', 'setStatus', 'showNotice',
  'showTyping', 'shows', 'stopped', 'store', 'tabs', 'update', 'upload',
];

const minifiedCss = {
  name: 'minified-css',
  setup(plugin) {
    plugin.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, target: 'safari16.4' });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

const result = await build({
  entryPoints: [new URL('src/main.ts', import.meta.url).pathname],
  bundle: true,
  format: 'esm',
  target: 'es2020',
  charset: 'utf8',
  minify: true,
  mangleProps: new RegExp(`^(${internalNames.join('|')})$`),
  legalComments: 'none',
  write: false,
  plugins: [minifiedCss],
  logLevel: 'warning',
});

// A second minifier: what it leaves compresses 3 % better.
const { code: built } = await minify(result.outputFiles[0].text, {
  module: true,
  compress: { passes: 3, keep_fargs: false, pure_getters: true, unsafe_arrows: true },
});
const gzipBytes = gzipSync(built, { level: 9 }).length;
console.log(`widget.js: ${Buffer.byteLength(built)} bytes, ${gzipBytes} gzip -9 (limit ${maxGzipBytes})`);
if (gzipBytes > maxGzipBytes) {
  console.error('The widget is larger than its budget. Take something out before putting more in.');
  process.exit(1);
}

if (process.argv.includes('--verify')) {
  const committed = await readFile(target, 'utf8').catch(() => '');
  if (committed !== built) {
    console.error('dist/widget.js is not what src/ builds to. Run `npm run build` in this folder and commit the result.');
    process.exit(1);
  }
} else {
  await mkdir(new URL('dist/', import.meta.url), { recursive: true });
  await writeFile(target, built);
}
