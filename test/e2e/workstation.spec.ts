import { expect } from '@playwright/test';
import { test } from './fixture.ts';
import * as operator from './operator.ts';

// The same story on every host: the built product, its virtual line, a real Chromium.

test('a supervisor imports an order, runs it, holds it with a reason, goes on and closes it', async ({
  workstation,
}) => {
  const { page, problems } = workstation;
  await expect(page.getByTestId('mode')).toHaveText('Training');
  await expect(page.getByTestId('user')).toContainText('supervisor');

  await operator.importSample(page);
  await operator.startRun(page);
  const first = await operator.expectMoreGood(page, 0);
  await operator.expectMoreGood(page, first);

  await operator.holdRun(page, 'Carton jam at the infeed');
  await expect(page.locator('.state-panel')).toContainText('Carton jam at the infeed');

  await operator.resumeRun(page);
  await operator.expectMoreGood(page, await operator.good(page));

  await operator.endRun(page, 'Material used up');
  await operator.expectState(page, ['ENDING', 'RECONCILING']);
  await operator.closeRun(page, 'Counts agree');
  expect(problems).toEqual([]);
});

test('nothing on any page breaks the policy, throws, or asks for anything outside this machine', async ({
  workstation,
}) => {
  const { page, problems } = workstation;
  for (const name of operator.PAGES) await operator.openPage(page, name);
  await page.keyboard.press('F1');
  await expect(page.getByTestId('help-dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('help-dialog')).toBeHidden();
  await page.getByTestId('scheme').click();
  await page.getByTestId('scheme').click();
  expect(problems).toEqual([]);
});

test('a page that is loaded again is signed in and shows the newest state', async ({ workstation }) => {
  const { page } = workstation;
  await operator.importSample(page);
  await page.reload();
  await expect(page.getByTestId('run-state')).toBeVisible();
  await expect(page.getByTestId('user')).toContainText('supervisor');
});

test('an order file with several mistakes is refused field by field, each on a line of its own', async ({
  workstation,
}) => {
  const { page } = workstation;
  await operator.openPage(page, 'orders');
  const order = { order: '', product: { gtin: '123', gcpLength: 7, name: 'Tablets', minGrade: 1.5 }, quantity: 0 };
  await page.getByTestId('order-file').setInputFiles({
    name: 'order.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(order)),
  });
  await page.getByTestId('import-reason').fill('the ERP is down');
  await page.getByTestId('import-file').click();
  const note = page.getByTestId('outcome');
  await expect(note).toHaveAttribute('data-outcome', 'failed');
  const lines = (await note.innerText()).split('\n').filter((line) => line !== '');
  for (const field of ['order:', 'product.gtin:', 'lot:', 'expiry:', 'quantity:']) {
    expect(lines.filter((line) => line.startsWith(field))).toHaveLength(1);
  }
});

test('a second order can be started once the first is closed', async ({ workstation }) => {
  const { page } = workstation;
  await operator.importSample(page);
  await operator.startRun(page);
  await operator.expectMoreGood(page, 0);
  await operator.endRun(page, 'Material used up');
  await operator.closeRun(page, 'Counts agree');
  await operator.importSample(page);
  await expect(page.getByTestId('header-order')).toHaveText('PO-1001-2');
  await operator.startRun(page);
  await operator.expectMoreGood(page, 0);
});
