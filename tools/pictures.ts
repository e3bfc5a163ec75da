import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { patientCameraLine } from '../test/e2e/camera-line.ts';
import { type HostProcess, startProcess } from '../test/e2e/host-process.ts';
import * as operator from '../test/e2e/operator.ts';
import { openClient } from '../test/e2e/raw-client.ts';
import { findChromium } from './chromium.ts';
import { step } from './steps.ts';

// `npm run pictures [overview|camera|set-up]`: screenshots of the whole workstation on its virtual line, through the browser host.
// The page is the built one; nothing in it is made up.

const folder = join(import.meta.dirname, '../docs/pictures');
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
] as const;
const SCHEMES = ['light', 'dark'] as const;

async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${size.width}x${size.height}.png`) });
    }
  }
  process.stdout.write(`${name}\n`);
}

/** Opens the printer's cover on the virtual line for as long as the pictures take. */
async function openCover(page: Page, host: HostProcess): Promise<void> {
  const client = await openClient(host.address);
  const token = await page.evaluate(() => sessionStorage.getItem('linewright.session') ?? '');
  await client.api.session.signIn({ token });
  const answer = await client.api.training.inject({ id: crypto.randomUUID(), fault: 'F10', seconds: 600 });
  client.close();
  if (answer.kind !== 'done') throw new Error(`The fault could not be caused: ${JSON.stringify(answer)}`);
}

/** The answer to the last command has been read. */
async function quiet(page: Page): Promise<void> {
  const note = page.getByTestId('outcome');
  if (await note.isVisible()) await note.getByRole('button').click();
}

async function shift(page: Page, host: HostProcess): Promise<void> {
  await page.goto(host.address);
  await page.getByTestId('overview-empty').waitFor();
  await shoot(page, 'overview-idle');
  await operator.importSample(page);
  await operator.startRun(page);
  await operator.expectMoreGood(page, 100);
  await quiet(page);
  await shoot(page, 'overview-running');
  await operator.holdRun(page, 'Carton jam at the infeed');
  await openCover(page, host);
  await page.getByTestId('alarm-top').waitFor();
  await quiet(page);
  await shoot(page, 'overview-held');
  await host.kill();
  await page
    .getByTestId('link-lost')
    .getByText(/Values are \d{2,}\ss old/)
    .waitFor();
  await shoot(page, 'overview-disconnected');
}

/** An order runs on the line with its own camera, and somebody looks at what it sees. */
async function runWithCamera(page: Page, host: HostProcess): Promise<void> {
  await page.goto(host.address);
  await operator.importSample(page);
  await page.locator('[data-testid=action-start]:not([aria-disabled=true])').waitFor();
  await operator.startRun(page);
  await operator.expectMoreGood(page, 40);
  await operator.openPage(page, 'camera');
}

/** A good print, and one that grows fatter from item to item. */
async function driftingPrint(page: Page, host: HostProcess): Promise<void> {
  await runWithCamera(page, host);
  await page.locator('[data-testid=verdict][data-verdict=PASS]').waitFor();
  await shoot(page, 'camera-running');
  await operator.causeFault(page, 'F07-drift');
  await operator.openPage(page, 'camera');
  await page.locator('[data-testid=print][data-cause=print-growth]').waitFor({ timeout: 60_000 });
  await shoot(page, 'camera-drift');
}

/** A blocked nozzle, the proof of a reject, and what other limits would have done. */
async function blockedNozzle(page: Page, host: HostProcess): Promise<void> {
  await runWithCamera(page, host);
  await operator.causeFault(page, 'F07-nozzle');
  await operator.openPage(page, 'camera');
  await page.locator('[data-testid=print][data-cause=dead-nozzle]').waitFor();
  await page.locator('[data-testid=verdict][data-verdict=FAIL]').waitFor();
  await shoot(page, 'camera-nozzle');
  await page.getByTestId('reject-strip').getByRole('button').first().click();
  await page.locator('[data-testid=kept-canvas][data-drawn=true]').waitFor();
  await shoot(page, 'camera-rejected');
  await page.keyboard.press('Escape');
  await page.getByTestId('view-limits').click();
  await page.getByTestId('limit-contrast').click();
  await page.getByTestId('limit-set').click();
  for (const _ of [2, 2.5, 3, 3.5, 4]) await page.getByTestId('limit-raise-5').click();
  await page.getByTestId('below-contrast').waitFor();
  await shoot(page, 'camera-limits');
}

/** Puts something before the emulated camera, and waits until it stands there. */
async function hold(page: Page, target: string): Promise<void> {
  await page.getByTestId('set-up-target').selectOption(target);
  await page.getByTestId('set-up-target-state').getByText('It stands before the camera.').waitFor();
}

/** One picture, and what comes of it. */
async function takeUntil(page: Page, step: string): Promise<void> {
  await page.getByTestId('set-up-take').click();
  await page.locator(`[data-testid=set-up-steps][data-step=${step}]`).waitFor({ timeout: 60_000 });
}

/** The camera learns its light, from pictures that are taken by themselves, and its plane. */
async function teachCamera(page: Page, host: HostProcess): Promise<void> {
  await page.goto(host.address);
  await operator.openPage(page, 'camera');
  await page.getByTestId('view-set-up').click();
  const begin = page.locator('[data-testid=set-up-begin]:not([aria-disabled=true])');
  await begin.click();
  await hold(page, 'dark');
  await takeUntil(page, 'wants-card');
  await hold(page, 'grey-card');
  await page.getByTestId('set-up-series').click();
  await page.locator('[data-testid=set-up-steps][data-step=done]').waitFor({ timeout: 120_000 });
  await page.getByTestId('set-up-accept').click();
  await page.getByTestId('reason').fill('First commissioning');
  await page.getByTestId('confirm').click();
  await begin.waitFor();
  await quiet(page);
  await page.getByTestId('task-plane').check();
  await shoot(page, 'camera-set-up');
  await begin.click();
  await hold(page, 'board');
  await takeUntil(page, 'done');
  await shoot(page, 'camera-set-up-plane');
}

/** Takes the pictures of one line on a workstation of its own, and leaves nothing of it behind. */
async function onLine(
  argumentsFor: (data: string) => readonly string[],
  take: (page: Page, host: HostProcess) => Promise<void>,
): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'linewright-pictures-'));
  const { source: _source, ...launch } = findChromium();
  const browser = await chromium.launch(launch);
  const host = await startProcess({
    host: 'browser-host',
    args: ['--data', data, '--port', '0', '--seed', '1', ...argumentsFor(data)],
  });
  try {
    const page = await browser.newPage({ locale: 'en-US', timezoneId: 'UTC', viewport: SIZES[0] });
    await take(page, host);
  } finally {
    await host.kill();
    await browser.close();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

if (!step('build', 'electron-vite', ['build', '--logLevel', 'warn'])) process.exit(1);
mkdirSync(folder, { recursive: true });
const [, , only] = process.argv;
const isWanted = (part: string): boolean => only === undefined || only === part;
const withCamera = (data: string): readonly string[] => ['--line', patientCameraLine(data)];
if (isWanted('overview')) await onLine(() => [], shift);
if (isWanted('camera')) for (const take of [driftingPrint, blockedNozzle]) await onLine(withCamera, take);
if (isWanted('set-up')) await onLine(withCamera, teachCamera);
