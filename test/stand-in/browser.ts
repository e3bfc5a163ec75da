import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BrowserContext, chromium, type Request as PageRequest, type Route } from '@playwright/test';
import { findChromium } from '../../tools/chromium.ts';
import { remember } from './calls.ts';

/** `app://bundle/x` becomes `http://bundle.localhost/x`: a secure context of its own with working headers. */
const SCHEME = 'app:';

export type Handler = (request: Request) => Response | Promise<Response>;

/** May this main-frame navigation of a page go ahead? Asked for those that the page itself begins. */
export type MayNavigate = (request: PageRequest) => boolean;

const profile = mkdtempSync(join(tmpdir(), 'linewright-stand-in-'));
const handlers = new Map<string, Handler>();
let opening: Promise<BrowserContext> | undefined;
let mayNavigate: MayNavigate = () => true;

export function handle(scheme: string, handler: Handler): void {
  if (`${scheme}:` !== SCHEME) throw new Error(`the stand-in models the scheme app only, not ${scheme}`);
  handlers.set(scheme, handler);
}

export function guardNavigation(guard: MayNavigate): void {
  mayNavigate = guard;
}

/** The address under which Chromium knows a URL of the program. */
export function toPage(url: string): string {
  const { protocol, host, pathname, search, hash } = new URL(url);
  return protocol === SCHEME ? `http://${host}.localhost${pathname}${search}${hash}` : url;
}

/** The URL of the program behind an address of Chromium. */
export function fromPage(url: string): string {
  const { pathname, search, hash } = new URL(url);
  const origin = originOf(url);
  return origin.startsWith(SCHEME) ? `${origin}${pathname}${search}${hash}` : url;
}

/** The origin that Electron would name for a page of Chromium. */
export function originOf(url: string): string {
  const { hostname, origin } = new URL(url);
  return hostname.endsWith('.localhost') ? `${SCHEME}//${hostname.slice(0, -'.localhost'.length)}` : origin;
}

/** The one Chromium, started at first use. Tells on stderr where a test can reach it. */
export function browser(): Promise<BrowserContext> {
  opening ??= open();
  return opening;
}

/** Ends it and deletes its profile. */
export async function closeBrowser(): Promise<void> {
  const context = await opening;
  await context?.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

async function open(): Promise<BrowserContext> {
  const { source: _source, args, ...found } = findChromium();
  const context = await chromium.launchPersistentContext(profile, {
    ...found,
    args: [...args, '--remote-debugging-port=0'],
    locale: 'en-US',
    hasTouch: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  await context.route('**/*', answer);
  process.stderr.write(`STAND-IN ${await debugAddress()}\n`);
  return context;
}

/** Chromium writes its port, and the path of its browser target, into the profile. */
async function debugAddress(): Promise<string> {
  const file = join(profile, 'DevToolsActivePort');
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const [port, path] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (port && path) return `ws://127.0.0.1:${port}${path}`;
    await pause(20);
  }
  throw new Error('Chromium did not tell its debugging port');
}

async function answer(route: Route, request: PageRequest): Promise<void> {
  const url = new URL(request.url());
  const isOurs = url.hostname.endsWith('.localhost');
  if (request.isNavigationRequest() && !mayNavigate(request)) return route.abort('aborted');
  const handler = isOurs ? handlers.get('app') : undefined;
  if (handler === undefined) {
    remember('foreign request', request.url());
    return route.abort('blockedbyclient');
  }
  const response = await handler(new Request(fromPage(request.url()), { method: request.method() }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}
