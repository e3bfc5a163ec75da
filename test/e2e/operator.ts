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

/** A hang, not a slow machine. */
const PATIENCE = 120_000;

/** Presses Start, and once more where a device of a machine that is starved did not answer in time. */
export async function startRun(page: Page): Promise<void> {
  await expect(async () => {
    if (await isOffered(page, 'start')) await page.getByTestId('action-start').click({ timeout: 5_000 });
    await expectState(page, ['RUNNING'], 10_000);
  }).toPass({ timeout: PATIENCE });
}

async function isOffered(page: Page, command: 'start' | 'resume'): Promise<boolean> {
  const button = page.getByTestId(`action-${command}`);
  return (await button.count()) === 1 && (await button.getAttribute('aria-disabled')) !== 'true';
}

/** A machine that is starved may lose a device for a moment: a supervisor lets the run go on. */
async function letGoOn(page: Page): Promise<void> {
  if (await isOffered(page, 'resume')) await resume(page).catch(() => undefined); // the offer was gone before it was taken
}

export async function holdRun(page: Page, reason: string): Promise<void> {
  await page.getByTestId('action-hold').click();
  await page.getByTestId('reason').fill(reason);
  await page.getByTestId('confirm').click();
  await expectState(page, ['HELD']);
}

export async function resumeRun(page: Page): Promise<void> {
  await resume(page);
  await expectState(page, ['RUNNING']);
}

async function resume(page: Page): Promise<void> {
  await page.getByTestId('action-resume').click({ timeout: 10_000 });
  const confirm = page.getByTestId('confirm');
  const gone = page.locator('[data-testid=action-resume][aria-disabled=true]');
  await expect(confirm.or(gone).first()).toBeVisible({ timeout: 10_000 });
  if (await confirm.isVisible()) await confirm.click();
}

export async function endRun(page: Page, reason: string): Promise<void> {
  await page.getByTestId('action-end').click();
  await page.getByTestId('reason').fill(reason);
  await page.getByTestId('confirm').click();
}

export async function closeRun(page: Page, reason: string): Promise<void> {
  await page.getByTestId('action-close').click({ timeout: PATIENCE });
  await page.getByTestId('reason').fill(reason);
  await page.getByTestId('confirm').click();
  await expectState(page, ['CLOSED']);
}

/** Has the virtual line misbehave from now on. */
export async function causeFault(page: Page, fault: string): Promise<void> {
  await openPage(page, 'training');
  await page.getByTestId('fault-seconds').selectOption('0');
  await page.getByTestId(`inject-${fault}`).click();
  await expect(page.getByText(`${fault} is caused.`)).toBeVisible();
}

export async function expectState(page: Page, states: readonly string[], timeout = PATIENCE): Promise<void> {
  const names = new RegExp(`^(${states.join('|')})$`);
  await expect(page.getByTestId('run-state')).toHaveAttribute('data-run-state', names, { timeout });
}

/** The good items that stand on the overview. */
export async function good(page: Page): Promise<number> {
  return Number((await page.getByTestId('good').innerText()).replaceAll(/\D/g, ''));
}

/** Waits until more items are good than `before`. */
export async function expectMoreGood(page: Page, before: number): Promise<number> {
  await goOnUntil(page, async () => expect(await good(page)).toBeGreaterThan(before));
  return good(page);
}

/** Lets the run go on whenever it stands, until this holds. */
export async function goOnUntil(page: Page, holds: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await letGoOn(page);
    await holds();
  }).toPass({ timeout: PATIENCE, intervals: [100, 250, 500] });
}
