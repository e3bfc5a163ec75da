import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type BrowserServer, openServer } from '#main/browser-server.ts';

let folder: string;
let server: BrowserServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'server-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__">');
  writeFileSync(join(folder, 'assets/a.js'), 'let a;');
  server = await openServer(folder, 0);
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const port = () => new URL(server.address).port;

interface Got {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

function get(path: string, host = `127.0.0.1:${port()}`): Promise<Got> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: port(), path, headers: { host } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    })
      .on('error', reject)
      .end();
  });
}

/** Knocks at the wire: the status of a refusal, or "open". */
async function knock(origin: string | undefined, path = '/rpc'): Promise<string | number | undefined> {
  const socket = new WebSocket(`ws://127.0.0.1:${port()}${path}`, origin === undefined ? {} : { origin });
  try {
    return await new Promise((resolve) => {
      socket.on('error', () => undefined);
      socket.once('open', () => resolve('open'));
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
    });
  } finally {
    socket.terminate();
  }
}

it('gives each page a nonce of its own, in the page and in the policy', async () => {
  const [one, two] = [await get('/'), await get('/')];
  const nonce = /nonce="([^"]+)"/.exec(one.body)?.[1] ?? 'none';
  expect(one.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
  expect(one.headers['content-security-policy']).toContain("default-src 'none'");
  expect(one.headers['cache-control']).toBe('no-store');
  expect(two.body).not.toBe(one.body);
});

it('serves the built files, and the bare page to nobody', async () => {
  const paths = ['/assets/a.js', '/index.html', '/assets/../../etc/passwd', '/none.js'];
  const answers = await Promise.all(paths.map((path) => get(path)));
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 403, 404]);
  expect(answers[0]?.headers['cache-control']).toBe('no-store');
});

it('answers no foreign name, even when it resolves to this machine', async () => {
  expect((await get('/', 'evil.example')).status).toBe(403);
  expect((await get('/assets/a.js', `evil.example:${port()}`)).status).toBe(403);
  expect((await get('/', `localhost:${port()}`)).status).toBe(200);
});

it('opens its wire to its own page alone', async () => {
  server.serve(() => undefined);
  const own = server.address;
  expect(await knock(own)).toBe('open');
  expect(await knock('https://evil.example')).toBe(403);
  expect(await knock('http://127.0.0.1:1')).toBe(403);
  expect(await knock('null')).toBe(403);
  expect(await knock(undefined)).toBe(403);
  expect(await knock(own, '/other')).toBe(403);
});

it('asks pages to come again while the workstation is still starting', async () => {
  expect(await knock(server.address)).toBe(503);
});

it('ends its connections when it closes', async () => {
  server.serve(() => undefined);
  const socket = new WebSocket(`ws://127.0.0.1:${port()}/rpc`, { origin: server.address });
  await once(socket, 'open');
  const closed = once(socket, 'close');
  await server.close();
  await closed;
});

it('names the port that is taken', async () => {
  await expect(openServer(folder, Number(port()))).rejects.toThrow(`Port ${port()} is taken by another program.`);
});

it('says what to do when there is no built page', async () => {
  await expect(openServer(join(folder, 'assets'), 0)).rejects.toThrow('Run "npm run build"');
});

it('hands out a promised picture once, to its own page, and nothing to whoever only asks for its head', async () => {
  const promised = new Map([['ticket-1', { type: 'image/png', bytes: Buffer.from('a picture') }]]);
  expect((await get('/picture/ticket-1')).status).toBe(404);
  server.serve(
    () => undefined,
    (ticket) => {
      const picture = promised.get(ticket);
      promised.delete(ticket);
      return picture;
    },
  );
  expect((await get('/picture/ticket-1', 'evil.example')).status).toBe(403);
  const head = await fetch(`${server.address}/picture/ticket-1`, { method: 'HEAD' });
  expect([head.status, promised.size]).toEqual([404, 1]);
  const { status, headers, body } = await get('/picture/ticket-1');
  expect([status, body]).toEqual([200, 'a picture']);
  expect(headers).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect((await get('/picture/ticket-1')).status).toBe(404);
});
