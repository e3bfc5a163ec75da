import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import { findChromium } from '../tools/chromium.ts';

const HOST = join(import.meta.dirname, '../out/main/browser-host.js');
const LIMIT = 30_000;

/**
 * Milliseconds from the start of the browser host's process, on a record that is there already, to the overview drawn
 * with the run's figures. The browser is started before: on the line's PC it is the window of the same program.
 * undefined when the product was not built.
 */
export async function timedWindows(folder: string, times: number): Promise<number[] | undefined> {
  if (!existsSync(HOST)) return undefined;
  const { source: _source, ...launchOptions } = findChromium();
  const browser = await chromium.launch(launchOptions);
  try {
    const took: number[] = [];
    for (let at = 0; at < times; at += 1) {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'en-US' });
      const began = performance.now();
      const host = spawn(process.execPath, [HOST, '--data', folder, '--port', '0'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        await page.goto(await addressOf(host));
        await page.getByTestId('run-state').waitFor({ timeout: LIMIT });
        took.push(performance.now() - began);
      } finally {
        const ended = new Promise((resolve) => host.once('exit', resolve));
        host.kill('SIGTERM');
        await ended;
        await page.close();
      }
    }
    return took;
  } finally {
    await browser.close();
  }
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the host says nothing');
  for await (const line of createInterface({ input: stdout })) {
    const address = /^READY (\S+)$/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('the host ended before it was ready');
}
