import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { WebSocket } from 'ws';
import { test } from './fixture.ts';
import { startProcess } from './host-process.ts';
import { leaveNewerRecord, NEEDS_NEWER } from './newer-record.ts';
import * as operator from './operator.ts';
import { openClient } from './raw-client.ts';

// What only the browser host has: an address, a token, a wire that anybody on this machine can knock at.

test('the wire refuses a page from elsewhere, and a program that names no page', async ({ workstation }) => {
  const { origin, host } = new URL(workstation.process?.address ?? '');
  const knock = (header: string | undefined): Promise<number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://${host}/rpc`, header === undefined ? {} : { origin: header });
      socket.on('error', () => undefined);
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.once('open', () => {
        socket.terminate();
        resolve(101);
      });
    });
  const answers = await Promise.all([origin, 'https://evil.example', 'null', undefined].map(knock));
  expect(answers).toEqual([101, 403, 403, 403]);
});

test('the address of the start line opens one page and no second', async ({ workstation, context }) => {
  const { page, process } = workstation;
  await expect(page.getByTestId('user')).toContainText('supervisor');
  expect(page.url()).not.toContain('token');
  const second = await context.newPage();
  await second.goto(process?.address ?? '');
  await expect(second.getByTestId('page-signed-out')).toBeVisible();
});

test('without a sign-in the station tells nothing and does nothing', async ({ workstation }) => {
  const client = await openClient(workstation.process?.address ?? '');
  const asked = [
    client.api.orders.samples(),
    client.api.line.snapshots(),
    client.api.run.start({ id: 'stranger-1', run: 1 }),
    client.api.session.signIn({ token: 'guessed' }),
  ];
  const codes = (await Promise.allSettled(asked)).map((answer) =>
    answer.status === 'rejected' ? answer.reason.code : 'let in',
  );
  client.close();
  expect(codes).toEqual(['UNAUTHORIZED', 'UNAUTHORIZED', 'UNAUTHORIZED', 'UNAUTHORIZED']);
});

test('a page says that it lost the workstation, and comes back signed in after a restart', async ({ workstation }) => {
  const { page, process, data } = workstation;
  await operator.importSample(page);
  await process?.kill();
  await expect(page.getByTestId('link-lost')).toBeVisible();
  await expect(page.getByTestId('action-start')).toBeDisabled();
  const { port } = new URL(process?.address ?? '');
  const again = await startProcess({ host: 'browser-host', args: ['--data', data, '--port', port] });
  try {
    await expect(page.getByTestId('link-lost')).toBeHidden({ timeout: 30_000 });
    await expect(page.getByTestId('user')).toContainText('supervisor');
    await operator.startRun(page);
    await operator.expectMoreGood(page, 0);
  } finally {
    await again.stop();
  }
});

test('a slow screen is sent two frames and then the newest, never the backlog', async ({ workstation }) => {
  const { page, process } = workstation;
  await operator.importSample(page);
  await operator.startRun(page);
  const client = await openClient(process?.address ?? '');
  const session = await page.evaluate(() => sessionStorage.getItem('linewright.session') ?? '');
  await client.api.session.signIn({ token: session });
  const stream = await client.api.line.snapshots();
  const frames: { readonly frame: number; readonly passed: number }[] = [];
  const reading = (async () => {
    for await (const { frame, run } of stream) frames.push({ frame, passed: run?.passed ?? 0 });
  })().catch(() => undefined);

  // The screen in front goes on drawing: its line moves by ten items while the slow one draws nothing.
  const from = await operator.expectMoreGood(page, 0);
  await operator.expectMoreGood(page, from + 9);
  expect(frames.length).toBeGreaterThan(0);
  expect(frames.length).toBeLessThanOrEqual(2);
  const last = frames.at(-1);

  await client.api.line.drawn({ frame: last?.frame ?? 0 });
  await expect.poll(() => frames.length).toBeGreaterThan(2);
  expect(frames[2]?.passed ?? 0).toBeGreaterThanOrEqual((last?.passed ?? 0) + 9);
  client.close();
  await reading;
});

test('a second start on the same data is refused and told where the first is', async ({ workstation }) => {
  const { process, data } = workstation;
  const { origin } = new URL(process?.address ?? '');
  await expect(startProcess({ host: 'browser-host', args: ['--data', data, '--port', '0'] })).rejects.toThrow(
    `Process ${process?.child.pid} already runs this line on this data folder. It is open at ${origin}.`,
  );
});

test('what cannot start says why, and what to do', async ({ workstation }) => {
  const { port } = new URL(workstation.process?.address ?? '');
  const elsewhere = join(workstation.data, 'elsewhere');
  const start = (...args: string[]) => startProcess({ host: 'browser-host', args: ['--data', elsewhere, ...args] });
  await expect(start('--port', port)).rejects.toThrow(
    `Port ${port} is taken by another program. Give another one with --port N.`,
  );
  await expect(start('--port', '0', '--line', 'none.json')).rejects.toThrow(
    /The line file .*none\.json cannot be read/,
  );
  await expect(start('--port', '0', '--data', '/proc/none')).rejects.toThrow(
    'The data folder /proc/none/LINE-1 cannot be written',
  );
});

test('a record of a newer version is one sentence and no stack trace', async () => {
  const data = mkdtempSync(join(tmpdir(), 'linewright-e2e-'));
  leaveNewerRecord(data);
  const refusal = startProcess({ host: 'browser-host', args: ['--data', data, '--port', '0'] });
  await expect(refusal).rejects.toThrow(/the host ended with 2 before it was ready:\n[^\n]*\n?$/);
  await expect(refusal).rejects.toThrow(NEEDS_NEWER);
  rmSync(data, { recursive: true });
});

test('an orderly end leaves nothing running and nothing locked', async ({ workstation }) => {
  const { process, data, page } = workstation;
  await page.getByTestId('overview-empty').waitFor();
  expect(await process?.stop()).toBe(0);
  expect(readdirSync(join(data, 'LINE-1'))).not.toContain('workstation.lock');
  const session = readFileSync(join(data, 'LINE-1/sessions.json'), 'utf8');
  expect(session).not.toContain(new URL(process?.address ?? '').hash.replace('#token=', ''));
});
