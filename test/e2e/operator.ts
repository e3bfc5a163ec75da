import { expect, type Page } from '@playwright/test';

/** What a supervisor does at the screen, by the names that stand on it. */

export const PAGES = ['overview', 'camera', 'orders', 'items', 'alarms', 'exports', 'training'] as const;

export async function openPage(page: Page, name: (typeof PAGES)[number]): Promise<void> {
  await page.getByTestId(`page-${name}`).click();
  await expect(page.getByTestId(`page-${name}`)).toHaveAttribute('aria-current', 'page');
}

/** Imports the first sample order and comes back to the overview. */
export async function importSample(page: Page): Promise<void> {
  await openPage(page, 'orders');
  await page
    .getByRole('button', { name: /^Import sample / })
    .first()
    .click();
  await expect(page.getByText('The order is imported.')).toBeVisible();
  await openPage(page, 'overview');
}

export async function startRun(page: Page): Promise<void> {
  await page.getByTestId('action-start').click();
  await expectState(page, 'RUNNING');
}

export async function holdRun(page: Page, reason: string): Promise<void> {
  await page.getByTestId('action-hold').click();
  await page.getByTestId('reason').fill(reason);
  await page.getByTestId('confirm').click();
  await expectState(page, 'HELD');
}

export async function resumeRun(page: Page): Promise<void> {
  await page.getByTestId('action-resume').click();
  const confirm = page.getByTestId('confirm');
  await expect(confirm.or(page.locator('[data-run-state=RUNNING]')).first()).toBeVisible();
  if (await confirm.isVisible()) await confirm.click();
  await expectState(page, 'RUNNING');
}

export async function endRun(page: Page, reason: string): Promise<void> {
  await page.getByTestId('action-end').click();
  await page.getByTestId('reason').fill(reason);
  await page.getByTestId('confirm').click();
}

export async function closeRun(page: Page, reason: string): Promise<void> {
  await page.getByTestId('action-close').click({ timeout: 60_000 });
  await page.getByTestId('reason').fill(reason);
  await page.getByTestId('confirm').click();
  await expectState(page, 'CLOSED');
}

/** Has the virtual line misbehave for half a minute. */
export async function causeFault(page: Page, fault: string): Promise<void> {
  await openPage(page, 'training');
  await page.getByTestId('fault-seconds').selectOption('30');
  await page.getByTestId(`inject-${fault}`).click();
  await expect(page.getByText(`${fault} is caused.`)).toBeVisible();
}

export async function expectState(page: Page, ...states: string[]): Promise<void> {
  const names = new RegExp(`^(${states.join('|')})$`);
  await expect(page.getByTestId('run-state')).toHaveAttribute('data-run-state', names, { timeout: 60_000 });
}

/** The good items that stand on the overview. */
export async function good(page: Page): Promise<number> {
  return Number((await page.getByTestId('good').innerText()).replaceAll(/\D/g, ''));
}

/** Waits until more items are good than `before`. */
export async function expectMoreGood(page: Page, before: number): Promise<number> {
  await expect.poll(() => good(page), { timeout: 60_000 }).toBeGreaterThan(before);
  return good(page);
}
