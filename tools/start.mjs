// What `npm start` runs. Plain JavaScript without dependencies: it must be able to speak on a Node that is too old.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST_NODE = 24;
/** Electron's download gets this long, once: behind a firewall that swallows packets it would hang for ever. */
const DOWNLOAD_LIMIT = 5_000;
/** Exit code of a host that has said why it cannot start (src/main/start-error.ts). */
const CANNOT_START = 2;
const BROWSER_HOST = join(root, 'out/main/browser-host.js');

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

// ---- build

/** Time of the newest file below these paths. */
function newest(...paths) {
  let time = 0;
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const stat = statSync(path);
    if (!stat.isDirectory()) time = Math.max(time, stat.mtimeMs);
    else time = Math.max(time, newest(...readdirSync(path).map((name) => join(path, name))));
  }
  return time;
}

function isBuilt() {
  const outputs = [BROWSER_HOST, join(root, 'out/preload/index.cjs'), join(root, 'out/renderer/index.html')];
  if (!outputs.every((file) => existsSync(file))) return false;
  const oldest = Math.min(...outputs.map((file) => statSync(file).mtimeMs));
  return newest(join(root, 'src'), join(root, 'electron.vite.config.ts'), join(root, 'package-lock.json')) < oldest;
}

function build() {
  if (isBuilt()) return;
  say('Building …');
  const vite = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  if (!existsSync(vite)) fail('The packages are not installed. Run "npm ci" first.');
  const result = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, encoding: 'utf8' });
  if (result.status !== 0) fail(`The build failed:\n${result.stdout}${result.stderr}`);
}

// ---- which host

/** Value of `--host X` or `--host=X`; the host itself checks the rest. */
function wantedHost(args) {
  const at = args.findIndex((arg) => arg === '--host' || arg.startsWith('--host='));
  if (at < 0) return undefined;
  return args[at].includes('=') ? args[at].split('=')[1] : args[at + 1];
}

/** Path of Electron's executable; undefined while its runtime is not there. Never by require: that would download it. */
function electronRuntime() {
  const folder = join(root, 'node_modules/electron');
  try {
    const executable = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(executable) ? executable : undefined;
  } catch {
    return undefined;
  }
}

/** Why no window can be had on this machine, whatever is installed. */
function whyNoWindow() {
  if (process.platform !== 'linux') return undefined;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  if (process.getuid?.() === 0) return 'Electron refuses to run as root';
  return undefined;
}

/** Tries the download once. The outcome is remembered, so that each later start is quick. */
function downloadElectron() {
  const memory = join(root, 'node_modules/.cache/linewright-electron.json');
  if (existsSync(memory)) return undefined;
  say('Fetching the Electron runtime (once, about 120 MB) …');
  const install = join(root, 'node_modules/electron/install.js');
  spawnSync(process.execPath, [install], {
    cwd: root,
    stdio: 'ignore',
    timeout: DOWNLOAD_LIMIT,
    killSignal: 'SIGKILL',
  });
  const runtime = electronRuntime();
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, `${JSON.stringify({ fetched: runtime !== undefined })}\n`);
  return runtime;
}

// ---- run

/** Runs the window. Resolves to false when it ended badly before it was ready: then a browser can still serve. */
function runElectron(runtime, args) {
  return new Promise((resolve) => {
    const child = spawn(runtime, [root, ...args], { cwd: process.cwd(), stdio: ['inherit', 'pipe', 'inherit'] });
    let isReady = false;
    child.stdout.on('data', (chunk) => {
      isReady ||= /^READY /m.test(String(chunk));
      process.stdout.write(chunk);
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.once('error', () => resolve(false));
    child.once('exit', (code) => {
      if (isReady || code === 0 || code === CANNOT_START) process.exit(code ?? 1);
      resolve(false);
    });
  });
}

/** Opens the address where there is a desktop to open it on. */
function openWhenReady() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (chunk, ...rest) => {
    const address = /^READY (\S+)/m.exec(String(chunk))?.[1];
    if (address !== undefined) {
      const [command, args] =
        process.platform === 'win32'
          ? ['cmd', ['/c', 'start', '""', address]]
          : [process.platform === 'darwin' ? 'open' : 'xdg-open', [address]];
      spawn(command, args, { stdio: 'ignore', detached: true })
        .on('error', () => undefined)
        .unref();
    }
    return write(chunk, ...rest);
  };
}

/** In this very process: a signal to `npm start` is a signal to the workstation. */
async function runBrowserHost(args) {
  process.argv = [process.execPath, BROWSER_HOST, ...args];
  openWhenReady();
  await import(pathToFileURL(BROWSER_HOST).href);
}

async function main() {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    fail(
      `Linewright needs Node ${OLDEST_NODE} and this is ${process.versions.node}. Run "npm ci && npm start": the right one is installed with the packages.`,
    );
  }
  const args = process.argv.slice(2);
  build();
  const host = wantedHost(args);
  if (host === 'browser') return runBrowserHost(args);
  const obstacle = whyNoWindow();
  const runtime = obstacle === undefined ? (electronRuntime() ?? downloadElectron()) : undefined;
  if (runtime !== undefined && !(await runElectron(runtime, args)) && host === 'electron') {
    fail('Electron did not start. Its own message stands above.');
  }
  const why = obstacle ?? (runtime === undefined ? 'its runtime could not be fetched' : 'it did not start');
  if (host === 'electron')
    fail(`No Electron window: ${why}. Without --host electron the application is served to a browser.`);
  say(`No Electron window: ${why}. The same application is served to a browser instead.`);
  await runBrowserHost(args);
}

await main();
