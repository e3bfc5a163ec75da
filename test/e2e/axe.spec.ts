import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './fixture.ts';
import * as operator from './operator.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has anything for axe to complain about on a ${colorScheme} screen`, async ({ workstation }) => {
    const { page } = workstation;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found: Record<string, string[]> = {};
    for (const name of operator.PAGES) {
      await operator.openPage(page, name);
      found[name] = await complaints();
    }
    await operator.importSample(page);
    await operator.startRun(page);
    await operator.expectMoreGood(page, 0);
    found['running'] = await complaints();
    await page.getByTestId('action-hold').click();
    await expect(page.getByTestId('confirm')).toBeVisible();
    found['dialog'] = await complaints();
    expect(Object.entries(found).filter(([, complained]) => complained.length > 0)).toEqual([]);

    async function complaints(): Promise<string[]> {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
    }
  });
}
