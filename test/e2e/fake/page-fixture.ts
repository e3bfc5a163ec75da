import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { type FakeStation, startFakeStation } from './fake-station.ts';
import type { SceneName } from './scenes.ts';

const RENDERER = join(import.meta.dirname, '../../../out/renderer');

/** The screens the product is made for (hmi.md §9.5). */
export const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
  { width: 1280, height: 800 },
];

interface Fixtures {
  readonly station: FakeStation;
  /** What the page's policy had to block; empty at the end of every test. */
  readonly blocked: string[];
}

/** A page on a station of cardboard; whatever its policy had to block fails the test. */
export const test = base.extend<Fixtures>({
  station: async ({ page }, use) => {
    const station = await startFakeStation(RENDERER);
    const blocked: string[] = [];
    await page.exposeFunction('noteBlocked', (what: string) => blocked.push(what));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile, lineNumber }) => {
        Reflect.get(globalThis, 'noteBlocked')(`${violatedDirective} ${sourceFile}:${lineNumber}`);
      });
    });
    await use(station);
    await station.close();
    expect(blocked).toEqual([]);
  },
});

/** Opens the page on a moment of the line. */
export async function open(page: Page, station: FakeStation, scene: SceneName): Promise<void> {
  station.show(scene);
  await page.goto(station.address);
  await expect(page.getByTestId('mode')).toBeVisible();
}
