import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { type HostProcess, startProcess } from '../test/e2e/host-process.ts';
import * as operator from '../test/e2e/operator.ts';
import { openClient } from '../test/e2e/raw-client.ts';
import { findChromium } from './chromium.ts';
import { step } from './steps.ts';

// `npm run pictures`: screenshots of the whole workstation on its virtual line, through the browser host. The page is the
// built one; nothing in it is made up.

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

async function run(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const data = mkdtempSync(join(tmpdir(), 'linewright-pictures-'));
  const { source: _source, ...launch } = findChromium();
  const browser = await chromium.launch(launch);
  const host = await startProcess({ host: 'browser-host', args: ['--data', data, '--port', '0', '--seed', '1'] });
  try {
    const page = await browser.newPage({ locale: 'en-US', timezoneId: 'UTC', viewport: SIZES[0] });
    await shift(page, host);
  } finally {
    await host.kill();
    await browser.close();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

if (!step('build', 'electron-vite', ['build', '--logLevel', 'warn'])) process.exit(1);
await run();
