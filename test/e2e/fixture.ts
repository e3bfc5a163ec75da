import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, test as base, chromium, _electron as electron, type Page } from '@playwright/test';
import { electronRuntime } from '../../tools/electron-runtime.ts';
import { type HostProcess, startProcess } from './host-process.ts';

/** Which host a project of playwright.config.ts runs the specs on. */
export interface HostOption {
  readonly host: 'browser-host' | 'stand-in' | 'electron';
}

/** One call of the stand-in's that a test may look at. */
interface Call {
  readonly api: string;
  readonly detail: unknown;
}

/** A whole workstation on its virtual line, with the page that a person sees. */
export interface Workstation {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The process of the host; undefined under Electron, where Playwright holds it. */
  readonly process: HostProcess | undefined;
  /** `--data` of the host. */
  readonly data: string;
  /** What went wrong in any page: policy violations, uncaught errors, requests that would leave this machine. */
  readonly problems: readonly string[];
  /** What the stand-in was asked for. */
  calls(): readonly Call[];
  end(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');
const SIZE = { width: 1920, height: 1080 };

export const test = base.extend<HostOption & { readonly workstation: Workstation }>({
  host: ['browser-host', { option: true }],
  workstation: async ({ host, context }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'linewright-e2e-'));
    const workstation = await openWorkstation(host, context, folder);
    try {
      await use(workstation);
    } finally {
      await workstation.end();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
});

function openWorkstation(host: HostOption['host'], context: BrowserContext, folder: string): Promise<Workstation> {
  if (host === 'browser-host') return openInBrowser(context, folder);
  return host === 'stand-in' ? openOnStandIn(folder) : openOnElectron(folder);
}

async function openInBrowser(context: BrowserContext, data: string): Promise<Workstation> {
  const process = await startProcess({ host: 'browser-host', args: ['--data', data, '--port', '0'] });
  const problems: string[] = [];
  context.on('page', (page) => watch(page, problems));
  const page = await context.newPage();
  await page.goto(process.address);
  return { page, context, process, data, problems, calls: () => [], end: async () => void (await process.stop()) };
}

async function openOnStandIn(data: string): Promise<Workstation> {
  const file = join(data, 'stand-in-calls');
  const process = await startProcess({ host: 'stand-in', args: ['--data', data], env: { STAND_IN_CALLS: file } });
  const browser = await chromium.connectOverCDP(process.debug ?? '', { timeout: 120_000 });
  const [context] = browser.contexts();
  const [page] = context?.pages() ?? [];
  if (context === undefined || page === undefined) throw new Error(`the stand-in has no page:\n${process.stderr()}`);
  const problems: string[] = [];
  context.on('page', (next) => watch(next, problems));
  watch(page, problems);
  await page.setViewportSize(SIZE);
  const calls = (): Call[] =>
    (existsSync(file) ? readFileSync(file, 'utf8') : '')
      .split('\n')
      .flatMap((line): Call[] => (line === '' ? [] : [JSON.parse(line)]));
  const end = async (): Promise<void> => {
    await browser.close();
    await process.stop();
  };
  return { page, context, process, data, problems, calls, end };
}

async function openOnElectron(data: string): Promise<Workstation> {
  const executablePath = electronRuntime();
  if (executablePath === undefined) throw new Error("Electron's runtime is not installed: npx install-electron");
  const app = await electron.launch({ executablePath, args: [root, '--data', data] });
  const page = await app.firstWindow();
  const problems: string[] = [];
  watch(page, problems);
  return { page, context: app.context(), process: undefined, data, problems, calls: () => [], end: () => app.close() };
}

function watch(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) problems.push(`policy: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isOurs =
      ['data:', 'blob:', 'app:'].includes(protocol) || hostname === '127.0.0.1' || hostname === 'bundle.localhost';
    if (!isOurs) problems.push(`request: ${request.url()}`);
  });
}
