import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/** What Playwright needs to start a Chromium, and where that one came from. */
export interface Chromium {
  readonly source: 'E2E_CHROMIUM' | 'playwright' | 'system' | 'package';
  readonly executablePath?: string;
  readonly channel?: string;
  readonly args: string[];
  readonly env?: Record<string, string>;
}

const root = join(import.meta.dirname, '..');
// Nothing more: --disable-web-security and its like would make tests of CSP and origin prove nothing.
const args = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];

/** Finds a Chromium without downloading one: named, Playwright's own, the system's, the one in an npm package. */
export function findChromium(): Chromium {
  return named() ?? playwrights() ?? systems() ?? packaged();
}

function named(): Chromium | undefined {
  const path = process.env['E2E_CHROMIUM'];
  return path ? { source: 'E2E_CHROMIUM', executablePath: path, args } : undefined;
}

function playwrights(): Chromium | undefined {
  const path = chromium.executablePath();
  return path !== '' && existsSync(path) ? { source: 'playwright', executablePath: path, args } : undefined;
}

function systems(): Chromium | undefined {
  if (process.platform === 'win32') return { source: 'system', channel: 'msedge', args };
  if (process.platform === 'darwin') return { source: 'system', channel: 'chrome', args };
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const path = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(
    (file) => existsSync(file) && answers(file),
  );
  return path === undefined ? undefined : { source: 'system', executablePath: path, args };
}

function answers(file: string, env: NodeJS.ProcessEnv = process.env): boolean {
  return spawnSync(file, ['--version'], { env, timeout: 20_000 }).status === 0;
}

/** The last resort, Linux only: unpacked once beside the packages, whole or not at all. */
function packaged(): Chromium {
  const folder = join(root, 'node_modules/@sparticuz/chromium');
  const { version }: { version: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const cache = join(root, `node_modules/.cache/chromium-${version}-${process.arch}`);
  if (!existsSync(cache)) unpack(join(folder, 'bin'), cache);
  const executablePath = join(cache, 'chromium');
  if (answers(executablePath)) return { source: 'package', executablePath, args };
  // A bare system lacks libnss3 and libnspr4; the package brings its own. Playwright's `env` replaces, so merge.
  const env = { ...environment(), LD_LIBRARY_PATH: join(cache, 'al2023', 'lib') };
  if (answers(executablePath, env)) return { source: 'package', executablePath, args, env };
  throw new Error(
    `No Chromium starts on this machine. Install one, or name one in E2E_CHROMIUM. Tried: ${executablePath}`,
  );
}

function unpack(bin: string, cache: string): void {
  const draft = `${cache}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const at = JSON.stringify(bin);
  const code = `const m = await import('@sparticuz/chromium');
    await m.default.executablePath(${at}); await m.inflate(${at} + '/al2023.tar.br');`;
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    env: { ...process.env, TMPDIR: draft },
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`@sparticuz/chromium cannot be unpacked: ${result.stderr}`);
  try {
    renameSync(draft, cache);
  } catch {
    rmSync(draft, { recursive: true, force: true }); // another process was first
  }
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
