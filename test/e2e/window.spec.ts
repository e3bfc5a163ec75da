import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test } from './fixture.ts';
import { startProcess } from './host-process.ts';
import { leaveNewerRecord, NEEDS_NEWER } from './newer-record.ts';
import * as operator from './operator.ts';

// What only a window has. Electron's own binary is not part of this: the built main process runs on the stand-in.

test('a window whose page dies comes back by itself, and the line ran on meanwhile', async ({ workstation }) => {
  const { page, context } = workstation;
  await operator.importSample(page);
  await operator.startRun(page);
  const before = await operator.expectMoreGood(page, 0);
  const [reborn] = await Promise.all([context.waitForEvent('page', { timeout: 120_000 }), crash(page)]);
  await operator.expectState(reborn, ['RUNNING', 'SUSPENDED']);
  await operator.expectMoreGood(reborn, before);
});

test('a window whose page hangs is given a new one, and the line ran on meanwhile', async ({ workstation }) => {
  const { page, context, calls } = workstation;
  await operator.importSample(page);
  await operator.startRun(page);
  const before = await operator.expectMoreGood(page, 0);
  const [reborn] = await Promise.all([context.waitForEvent('page', { timeout: 120_000 }), hang(page)]);
  await operator.expectState(reborn, ['RUNNING', 'SUSPENDED']);
  await operator.expectMoreGood(reborn, before);
  expect(calls().map(({ api }) => api)).toContain('webContents.forcefullyCrashRenderer');
});

test('a page has no Node, no more of the host than its kind, and cannot leave', async ({ workstation }) => {
  const { page, context, calls } = workstation;
  const seen = await page.evaluate(() => ({
    host: JSON.stringify(Reflect.get(globalThis, 'host')),
    node: ['require', 'process', 'Buffer', 'module'].filter((name) => name in globalThis),
  }));
  expect(seen).toEqual({ host: '{"kind":"electron"}', node: [] });

  await page.evaluate(() => void window.open('https://evil.example/'));
  await expect
    .poll(() => calls().filter(({ api }) => api === 'window.open'))
    .toMatchObject([{ detail: { action: 'deny' } }]);
  await page.evaluate(() => window.location.assign('https://evil.example/'));
  await expect
    .poll(() => calls().filter(({ api }) => api === 'will-navigate'))
    .toMatchObject([{ detail: { url: 'https://evil.example/', prevented: true } }]);
  await expect.poll(() => context.pages().length).toBe(1);
  await expect(page.getByTestId('user')).toContainText('supervisor');
});

test('the window is set up as the list of Electron asks', async ({ workstation }) => {
  const calls = workstation.calls();
  const detail = (api: string): unknown => calls.find((call) => call.api === api)?.detail;
  expect(detail('BrowserWindow')).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
  });
  expect(calls.map(({ api }) => api)).toContain('app.enableSandbox');
  expect(calls.map(({ api }) => api)).toContain('app.requestSingleInstanceLock');
  expect(detail('permission request')).toEqual({ isGranted: false });
  expect(detail('permission check')).toEqual({ isGranted: false });
  expect(detail('device permission')).toEqual({ isGranted: false });
  expect(detail('protocol.registerSchemesAsPrivileged')).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  expect(detail('preload failed')).toBeUndefined();
  expect(detail('foreign request')).toBeUndefined();
});

test('the bundle serves its own files, each with the headers of the browser host, and no others', async ({
  workstation,
}) => {
  const answers = await workstation.page.evaluate(async () => {
    const paths = ['/', '/none.js', '/../package.json', '/%2e%2e/main/index.js'];
    return await Promise.all(
      paths.map(async (path) => {
        const response = await fetch(path);
        return [
          response.status,
          response.headers.get('cache-control'),
          response.headers.get('content-security-policy')?.slice(0, 18),
        ];
      }),
    );
  });
  expect(answers).toEqual([
    [200, 'no-store', "default-src 'none'"],
    [404, 'no-store', undefined],
    [404, 'no-store', undefined],
    [404, 'no-store', undefined],
  ]);
});

test('asking it to end closes the line in order', async ({ workstation }) => {
  expect(await workstation.process?.stop()).toBe(0);
});

test('a record of a newer version is said in a box, because there is no window', async () => {
  const data = mkdtempSync(join(tmpdir(), 'linewright-e2e-'));
  leaveNewerRecord(data);
  const calls = join(data, 'calls');
  const start = startProcess({ host: 'stand-in', args: ['--data', data], env: { STAND_IN_CALLS: calls } });
  await expect(start).rejects.toThrow(NEEDS_NEWER);
  const boxes = readFileSync(calls, 'utf8')
    .split('\n')
    .filter((line) => line.includes('dialog.showErrorBox'));
  expect(boxes.map((line) => JSON.parse(line).detail)).toMatchObject([
    { title: 'Linewright cannot start', content: expect.stringMatching(NEEDS_NEWER) },
  ]);
  rmSync(data, { recursive: true });
});

/** Lets the page compute for ever. It gives no answer: that is its purpose. */
async function hang(page: Page): Promise<void> {
  await page.evaluate('for (;;);').catch(() => undefined);
}

/** Kills the renderer process. The navigation cannot end well: that is its purpose. */
async function crash(page: Page): Promise<void> {
  await page.goto('chrome://crash', { timeout: 10_000 }).catch(() => undefined);
}
