import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { FakeStation } from './fake-station.ts';
import { open, SIZES, test } from './page-fixture.ts';
import { SCENES, type SceneName } from './scenes.ts';

const NAMES = Object.keys(SCENES).filter((name): name is SceneName => name in SCENES);
async function show(page: Page, station: FakeStation, scene: SceneName): Promise<void> {
  station.show(scene);
  const state = SCENES[scene](0).run?.state;
  if (state === undefined) await expect(page.getByTestId('overview-empty')).toBeVisible();
  else await expect(page.getByTestId('run-state')).toHaveAttribute('data-run-state', state);
}

test('no moment of the line overflows any of the screens it is made for', async ({ page, station }) => {
  await open(page, station, 'running');
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const scene of NAMES) {
      await show(page, station, scene);
      await expect.poll(() => overflows(page), `${scene} at ${size.width}×${size.height}`).toEqual([]);
    }
  }
});

test('state, good of plan and rate are read from 3 m, the other key figures from 2 m', async ({ page, station }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await open(page, station, 'running');
  for (const name of ['run-state', 'good', 'rate']) expect(await fontSize(page, name)).toBeGreaterThanOrEqual(99);
  for (const name of ['read-rate', 'first-pass-yield', 'rejects', 'time-to-finish']) {
    expect(await fontSize(page, name)).toBeGreaterThanOrEqual(66);
  }
});

test('whatever can be pressed is large enough for a glove', async ({ page, station }) => {
  await open(page, station, 'held');
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const name of ['overview', 'orders', 'items', 'alarms', 'exports', 'training']) {
      await page.getByTestId(`page-${name}`).click();
      const small = page.locator('button, a, select, input[type=text]').evaluateAll((elements) =>
        elements
          .filter((element) => {
            // A link may cover the part in which it stands.
            const covers = getComputedStyle(element, '::after').content === '""' && element instanceof HTMLElement;
            const target = covers ? element.offsetParent : element;
            return (target?.getBoundingClientRect().height ?? 0) < 54;
          })
          .map((element) => element.textContent),
      );
      expect(await small, `${name} at ${size.width}×${size.height}`).toEqual([]);
    }
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with any moment of the line, ${colorScheme}`, async ({ page, station }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 1280, height: 800 });
    await open(page, station, 'running');
    for (const scene of NAMES) {
      await show(page, station, scene);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
}

test('old values are never shown as live: they say their age, then that the connection is lost', async ({
  page,
  station,
}) => {
  await open(page, station, 'running');
  station.freeze();
  await expect(page.getByTestId('link-stale')).toContainText('old');
  await expect(page.locator('.key-figure .stale-mark').first()).toBeVisible();
  station.vanish();
  await expect(page.getByTestId('link-lost')).toContainText('Trying again by itself');
  await expect(page.getByTestId('action-hold')).toContainText('No connection');
  station.show('held');
  await expect(page.getByTestId('run-state')).toHaveText('Held');
  await expect(page.getByTestId('link-lost')).toBeHidden();
});

test('figures of the trend never lie upon each other, however low their rows are', async ({ page, station }) => {
  await open(page, station, 'alarms');
  station.vanish();
  await expect(page.getByTestId('link-lost')).toBeVisible();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const rows = await page
      .locator('.trend-row > p')
      .evaluateAll((elements) =>
        elements.map((element) => element.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })),
      );
    for (const [index, { bottom }] of rows.entries()) {
      expect(bottom, `${size.width}×${size.height}`).toBeLessThanOrEqual((rows[index + 1]?.top ?? bottom) + 1);
    }
  }
});

test('the token leaves the address, and a reload needs none', async ({ page, station }) => {
  await open(page, station, 'running');
  expect(page.url()).toBe(`${station.origin}/#/`);
  await page.reload();
  await expect(page.getByTestId('run-state')).toHaveText('Running');
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await expect(page.getByTestId('page-signed-out')).toContainText('without a sign-in');
});

test('the address of the start line signs in a page that is open already', async ({ page, station }) => {
  await page.goto(station.origin);
  await expect(page.getByTestId('page-signed-out')).toBeVisible();
  await page.goto(station.address); // the same page, another hash: nothing is loaded
  await expect(page.getByTestId('run-state')).toHaveText('Running');
  expect(page.url()).toBe(`${station.origin}/#/`);
});

test('a command that is not possible says why, by keyboard alone', async ({ page, station }) => {
  await open(page, station, 'suspended');
  await expect(page.getByTestId('action-resume')).toContainText('Alarm blocks');
  await page.getByTestId('action-resume').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('why-not-resume').getByRole('listitem')).toHaveText([
    /An alarm blocks this; clear its cause first: Wrong content printed\./,
    /Every serial must be accounted for/,
    /The device job must be read back/,
  ]);
  await expect(page.locator('[data-testid=why-not-resume]:focus, [data-testid=why-not-resume] :focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('why-not-resume')).toBeHidden();
  await expect(page.getByTestId('action-resume')).toBeFocused();
});

test('holding asks for a reason and sends it; a refusal comes back in words', async ({ page, station }) => {
  await open(page, station, 'running');
  await page.keyboard.press('F8');
  await expect(page.getByTestId('confirm')).toBeDisabled();
  await page.getByTestId('reason').fill('Cartons run out');
  await page.getByTestId('confirm').click();
  await expect(page.getByTestId('outcome')).toHaveText('The run is held.');
  expect(station.told).toMatchObject([{ call: 'run.hold', input: { run: 3, reason: 'Cartons run out' } }]);

  station.refuse('line-empty', '3');
  await page.getByTestId('action-end').click();
  await page.getByRole('button', { name: 'Material used up' }).click();
  await page.getByTestId('confirm').click();
  await expect(page.getByTestId('outcome')).toContainText('End is not possible now');
});

test('the one button that is dark is the next thing to do', async ({ page, station }) => {
  await open(page, station, 'running');
  for (const [scene, next] of [
    ['ready', 'start'],
    ['running', 'hold'],
    ['recovered', 'resume'],
    ['ending', 'close'],
  ] as const) {
    await show(page, station, scene);
    const dark = page.locator('.action[data-weight=main]');
    await expect(dark).toHaveAttribute('data-testid', `action-${next}`);
  }
});

test('a run that is running empty promises no time at which the plan is met', async ({ page, station }) => {
  await open(page, station, 'running');
  await expect(page.getByTestId('time-to-finish')).toHaveText('25 min');
  await show(page, station, 'emptying');
  await expect(page.locator('.key-figure', { hasText: 'Time to finish' })).toContainText('running empty');
  await expect(page.getByTestId('time-to-finish')).toHaveText('–');
  await show(page, station, 'ending');
  await expect(page.locator('.key-figure', { hasText: 'Time to finish' })).toContainText('nothing left to print');
});

test('a suspended run says that its cause is gone, once it is', async ({ page, station }) => {
  await open(page, station, 'alarms');
  await expect(page.locator('.state-panel')).toContainText('Reader-1 is offline');
  await expect(page.locator('.state-panel')).not.toContainText('Gone');
  await show(page, station, 'recovered');
  await expect(page.locator('.state-panel')).toContainText(
    'Gone: Printer-1 reports a fault: 2007: the head cover is open. Resume when ready.',
  );
});

test('what to do about an alarm is never cut short', async ({ page, station }) => {
  await open(page, station, 'alarms');
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const scene of NAMES) {
      await show(page, station, scene);
      const cut = page
        .locator('.alarm-banner .top p, .alarm-banner .top a')
        .evaluateAll((elements) =>
          elements
            .filter((element) => element.scrollHeight > element.clientHeight + 8)
            .map((element) => element.textContent),
        );
      expect(await cut, `${scene} at ${size.width}×${size.height}`).toEqual([]);
    }
  }
});

test('what was said of one order file is gone when another is chosen', async ({ page, station }) => {
  await open(page, station, 'running');
  await page.getByTestId('page-orders').click();
  await page.getByTestId('order-file').setInputFiles({
    name: 'order.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{}'),
  });
  await page.getByTestId('import-reason').fill('the ERP is down');
  station.refuse('role', 'SUP');
  await page.getByTestId('import-file').click();
  const note = page.getByTestId('outcome');
  await expect(note).toContainText('Import is not possible now');
  await page.getByTestId('order-file').setInputFiles({
    name: 'mended.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{}'),
  });
  await expect(note).toBeHidden();
});

test('a fault that is caused for training goes away by itself', async ({ page, station }) => {
  await open(page, station, 'running');
  await page.getByTestId('page-training').click();
  await page.getByTestId('inject-F08').click();
  await expect(page.getByTestId('outcome')).toHaveText('F08 is caused. It lasts 15 s.');
  await page.getByTestId('inject-F01').click();
  await expect(page.getByTestId('outcome')).toHaveText('F01 is caused.');
  const faults = station.told.map(({ input }) => input);
  expect(faults).toMatchObject([{ fault: 'F08', seconds: 15 }, { fault: 'F01' }]);
  expect(faults[1]).not.toHaveProperty('seconds');
});

test('an item that was rejected waits for nothing more', async ({ page, station }) => {
  await open(page, station, 'running');
  await page.getByTestId('page-items').click();
  await page.getByTestId('serial').fill('7KX2M9QD41');
  await page.getByTestId('find').click();
  const item = page.locator('[data-serial="7KX2M9QD41"]');
  await expect(item).toContainText('Past the divert');
  await expect(item).toContainText('not recorded');
  await expect(item).not.toContainText('not yet');
});

test('F2, F5 and Escape lead to orders, alarms and back', async ({ page, station }) => {
  await open(page, station, 'alarms');
  await page.keyboard.press('F2');
  await expect(page.getByTestId('orders')).toBeVisible();
  await page.keyboard.press('F1');
  await expect(page.getByTestId('help-dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('help-dialog')).toBeHidden();
  await expect(page.getByTestId('orders')).toBeVisible();
  await page.keyboard.press('F5');
  await expect(page.getByTestId('alarms')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('overview')).toBeVisible();
});

test('the station is told of every frame that was drawn', async ({ page, station }) => {
  await open(page, station, 'running');
  await expect.poll(() => station.drawn.length).toBeGreaterThan(3);
  expect(station.drawn).toEqual([...station.drawn].sort((a, b) => a - b));
});

async function fontSize(page: Page, name: string): Promise<number> {
  return page.getByTestId(name).evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
}

/** Elements of the frame or the overview that reach out of their panel, and scrolling of the page itself. */
function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const found = root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight ? ['the page'] : [];
    const inside = document.querySelectorAll(
      '.overview .panel :is(.live-value, .state, dt, h2, .context), .action, .rail a',
    );
    for (const element of inside) {
      const panel = (element.closest('.panel, .action-bar, .rail') ?? root).getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(element);
      const box = range.getBoundingClientRect();
      if (box.right > panel.right + 1 || box.bottom > panel.bottom + 1) found.push(element.textContent ?? '');
    }
    return found;
  });
}
