import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy, HEADERS, newNonce, pageWith, pictureHeaders } from '#main/page.ts';
import type { Redeem } from '#main/redeem.ts';

/** The page's address. Electron's checklist item 18: no file://. */
export const ORIGIN = 'app://bundle';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** To be called before the app is ready: gives the scheme an origin of its own, and fetch. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

const PICTURE = '/picture/';

/** Serves the built files, and only them: what was not there at the start does not exist. And promised pictures, once. */
export function serveBundle(renderer: string, redeem: Redeem): void {
  const files = listFiles(renderer);
  protocol.handle('app', (request) => {
    const url = new URL(request.url);
    const path = url.pathname === '/' ? '/index.html' : url.pathname;
    const file = files.get(path);
    if (url.host === 'bundle' && path.startsWith(PICTURE)) return picture(redeem(path.slice(PICTURE.length)));
    if (url.host !== 'bundle' || file === undefined)
      return new Response('Not found', { status: 404, headers: HEADERS });
    return path === '/index.html' ? page(file) : asset(file);
  });
}

function page(file: string): Response {
  const nonce = newNonce();
  return new Response(pageWith(readFileSync(file, 'utf8'), nonce), {
    headers: {
      ...HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(nonce),
    },
  });
}

function picture(promised: ReturnType<Redeem>): Response {
  if (promised === undefined) return new Response('Not found', { status: 404, headers: HEADERS });
  return new Response(new Uint8Array(promised.bytes), { headers: pictureHeaders(promised.type) });
}

function asset(file: string): Response {
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  return new Response(new Uint8Array(readFileSync(file)), { headers: { ...HEADERS, 'content-type': type } });
}

function listFiles(root: string): ReadonlyMap<string, string> {
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    found.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [`/${relative(root, file).split(sep).join('/')}`, file];
    }),
  );
}
