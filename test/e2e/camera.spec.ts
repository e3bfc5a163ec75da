import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { patientCameraLine } from './camera-line.ts';
import type { HostOption } from './fixture.ts';
import { startProcess } from './host-process.ts';
import * as operator from './operator.ts';

// The whole workstation with a camera of its own: pictures over GigE Vision from the virtual line, decoded and graded in
// threads, drawn on the page. What is judged here is what a person sees, not how fast a busy machine looks.

interface CameraLine {
  readonly page: Page;
  /** Where the pictures of this line are kept. */
  readonly pictures: string;
}

const test = base.extend<HostOption & { readonly line: CameraLine }>({
  host: ['browser-host', { option: true }],
  line: async ({ page }, use) => {
    const data = mkdtempSync(join(tmpdir(), 'linewright-camera-'));
    const args = ['--data', data, '--port', '0', '--line', patientCameraLine(data)];
    const process = await startProcess({ host: 'browser-host', args });
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) problems.push(message.text());
    });
    try {
      await page.goto(process.address);
      await use({ page, pictures: join(data, 'LINE-C/pictures') });
      expect(problems).toEqual([]);
    } finally {
      await process.stop();
      rmSync(data, { recursive: true, force: true, maxRetries: 5 });
    }
  },
});

test('a supervisor sees the print, what is wrong with it, and the proof', async ({ line }) => {
  const { page } = line;
  await operator.openPage(page, 'camera');
  await expect(page.getByTestId('camera-no-picture')).toBeVisible();
  await operator.importSample(page);
  await operator.startRun(page);
  await page.getByTestId('go-camera').click();
  const picture = page.getByTestId('live-picture');
  await operator.goOnUntil(page, () => expect(picture).toHaveAttribute('data-codes', '1', { timeout: 2_000 }));
  await expect(page.getByTestId('pcg')).toHaveText(/^PCG \d\.\d \([A-F]\) · 15415:2011 method · uncalibrated/);
  await expect(page.getByTestId('read-by')).toHaveText('normal read');
  await expect(page.getByTestId('parameters').locator('tbody tr')).toHaveCount(8);

  await operator.causeFault(page, 'F07-nozzle');
  await operator.openPage(page, 'camera');
  const rejected = page.getByTestId('reject-strip').getByRole('button').first();
  await operator.goOnUntil(page, () => expect(rejected).toBeVisible({ timeout: 2_000 }));
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'FAIL');
  await rejected.click();
  const dialog = page.getByTestId('picture-dialog');
  await expect(dialog.getByTestId('kept-picture')).toHaveAttribute('data-pixels', '640x480');
  await expect(dialog.getByTestId('toggle-marks'), 'what was found in it is on record').toBeVisible();
  const hash = await dialog.getByTestId('picture-hash').getAttribute('data-value');
  expect(hashesIn(line.pictures)).toContain(hash);
});

test('a limit is tried on what was inspected, applied with a reason, and stands in the history', async ({ line }) => {
  const { page } = line;
  await operator.importSample(page);
  await expect(page.getByTestId('action-start')).toBeEnabled();
  await operator.startRun(page);
  await operator.expectMoreGood(page, 0);
  await operator.openPage(page, 'camera');
  await page.getByTestId('view-limits').click();
  await expect(page.getByText(/to the last \d+ inspected items/)).toBeVisible();
  await page.getByTestId('limit-contrast').click();
  await page.getByTestId('limit-set').click();
  await page.getByTestId('limit-raise-1').click();
  await expect(page.getByTestId('below-contrast')).toBeVisible();
  await page.getByTestId('limits-apply').click();
  await page.getByTestId('reason').fill('Trial of this spec');
  await page.getByTestId('confirm').click();
  await expect(page.getByTestId('outcome')).toContainText('in force from the next item');
  await expect(page.getByTestId('limit-contrast')).toContainText('fails below 1.6');
  await page.getByTestId('limits-history').click();
  await expect(page.getByTestId('limit-history')).toContainText('Trial of this spec');
});

test('a supervisor teaches the camera its light, and it is in force without a restart', async ({ line: { page } }) => {
  await operator.openPage(page, 'camera');
  await expect(page.getByTestId('camera-no-picture')).toBeVisible({ timeout: 60_000 });
  await page.getByTestId('view-set-up').click();
  await expect(page.getByTestId('taught')).toContainText('Nothing yet');
  await page.getByTestId('field-card').fill('60');
  await page.getByTestId('set-up-begin').click();
  const [take, steps] = [page.getByTestId('set-up-take'), page.getByTestId('set-up-steps')];
  await page.getByTestId('set-up-target').selectOption('dark');
  await expect(async () => {
    await take.click();
    await expect(steps).toHaveAttribute('data-step', 'wants-card', { timeout: 2_000 });
  }).toPass();
  await page.getByTestId('set-up-target').selectOption('grey-card');
  // A picture may come in part on a busy machine: the page says so, and a person takes it again.
  await expect(async () => {
    if ((await steps.getAttribute('data-step')) !== 'done') await take.click({ timeout: 1_000 });
    await expect(steps).toHaveAttribute('data-step', 'done', { timeout: 300 });
  }).toPass({ timeout: 90_000, intervals: [100] });
  await expect(page.getByTestId('set-up-picture')).toContainText('Factors that make the light even');
  await page.getByTestId('set-up-accept').click();
  await page.getByRole('button', { name: 'First commissioning' }).click();
  await page.getByTestId('confirm').click();
  await expect(page.getByTestId('taught')).toContainText('The light is known from 16 frames');
  await operator.openPage(page, 'overview');
  await operator.importSample(page);
  await expect(page.getByTestId('action-start')).toBeEnabled({ timeout: 60_000 });
  await operator.startRun(page);
  await page.getByTestId('go-camera').click();
  await expect(page.getByTestId('pcg')).toHaveText(/ · uncalibrated geometry/, { timeout: 60_000 });
});

function hashesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      createHash('sha256')
        .update(readFileSync(join(entry.parentPath, entry.name)))
        .digest('hex'),
    );
}
