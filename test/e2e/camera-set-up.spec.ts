import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { patientCameraLine } from './camera-line.ts';
import { startProcess } from './host-process.ts';

// A workstation that is ended as a power cut would, while somebody sets its camera up.

async function openSetUp(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByTestId('page-camera').click();
  await page.getByTestId('view-set-up').click();
  await expect(page.getByTestId('set-up-begin')).toHaveAttribute('aria-disabled', 'false');
}

/** Learns the plane from what is put before the camera, as far as to what is to be accepted. */
async function learnPlane(page: Page, task: 'plane' | 'card', target: string): Promise<void> {
  await page.getByTestId(`task-${task}`).check();
  await page.getByTestId('set-up-begin').click();
  await page.getByTestId('set-up-target').selectOption(target);
  const steps = page.getByTestId('set-up-steps');
  await expect(async () => {
    if ((await steps.getAttribute('data-step')) !== 'done') {
      await page.getByTestId('set-up-take').click({ timeout: 5_000 });
    }
    await expect(steps).toHaveAttribute('data-step', 'done', { timeout: 1_000 });
  }).toPass({ timeout: 120_000, intervals: [100] });
}

test('what was accepted survives a power cut, and only the unfinished set-up is lost', async ({ page }) => {
  const data = mkdtempSync(join(tmpdir(), 'linewright-set-up-'));
  const args = ['--data', data, '--port', '0', '--line', patientCameraLine(data)];
  const first = await startProcess({ host: 'browser-host', args });
  try {
    await openSetUp(page, first.address);
    await learnPlane(page, 'plane', 'board');
    await page.getByTestId('set-up-accept').click();
    await page.getByTestId('reason').fill('Camera was moved');
    await page.getByTestId('confirm').click();
    await expect(page.getByTestId('outcome')).toContainText('It is in force.');
    await expect(page.getByTestId('taught')).toContainText('The plane is known from 48 points');
    await learnPlane(page, 'card', 'printed-code');
    await first.kill();

    const second = await startProcess({ host: 'browser-host', args });
    try {
      await openSetUp(page, second.address);
      await expect(page.getByTestId('taught')).toContainText('The plane is known from 48 points');
      await expect(page.getByTestId('taught')).toContainText('Camera was moved');
      await expect(page.getByTestId('taught').getByRole('listitem')).toHaveCount(1);
    } finally {
      await second.stop();
    }
  } finally {
    await first.kill();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
});
