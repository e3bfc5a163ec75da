import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { FakeStation } from './fake-station.ts';
import { open, SIZES, test } from './page-fixture.ts';
import { SET_UPS, type SetUpName } from './set-up-scenes.ts';

const NAMES = Object.keys(SET_UPS).filter((name): name is SetUpName => name in SET_UPS);

/** What tells one moment of the set-up from the others. */
async function shown(page: Page, name: SetUpName): Promise<void> {
  const { session, hasCamera } = { session: undefined, ...SET_UPS[name] };
  if (!hasCamera) await expect(page.getByTestId('no-camera')).toBeVisible();
  else if (session === undefined) await expect(page.getByTestId('set-up-begin')).toBeVisible();
  else await expect(page.getByTestId('set-up-steps')).toHaveAttribute('data-step', session.step);
}

async function openSetUp(page: Page, station: FakeStation, name: SetUpName): Promise<void> {
  station.setUp(name);
  await open(page, station, 'running');
  await page.getByTestId('page-camera').click();
  await page.getByTestId('view-set-up').click();
  await shown(page, name);
}

/** Whatever stands out of the page, or of its own box without a way to reach it. */
function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const out =
      document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight;
    const cut = [...document.querySelectorAll('.main button, .main h1, .main h2, .main label, .main a')].flatMap(
      (one) => {
        const { left, right, bottom } = one.getBoundingClientRect();
        const isHeard = one.closest('.only-heard') !== null;
        const isScrolled = one.closest('.task-chooser, .taught-list, .set-up-steps') !== null;
        if (isHeard || (left >= 0 && right <= innerWidth && (isScrolled || bottom <= innerHeight))) return [];
        return [`${one.tagName} ${one.textContent}`];
      },
    );
    return [...(out ? ['the page scrolls'] : []), ...cut];
  });
}

test('no moment of the set-up overflows on any of the screens it is made for', async ({ page, station }) => {
  await openSetUp(page, station, 'idle');
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const name of NAMES) {
      station.setUp(name);
      await shown(page, name);
      await expect.poll(() => overflows(page), `${name} at ${size.width}×${size.height}`).toEqual([]);
    }
  }
});

/** Choices that are longer than their field. */
function longChoices(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const measure = document.createElement('canvas').getContext('2d');
    return [...document.querySelectorAll<HTMLSelectElement>('.set-up-screen select')].flatMap((select) => {
      const { font, paddingLeft, paddingRight } = getComputedStyle(select);
      const room = select.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      if (measure !== null) measure.font = font;
      return [...select.options]
        .map(({ text }) => text)
        .filter((text) => (measure?.measureText(text).width ?? 0) > room);
    });
  });
}

/** Panels of which something has to be scrolled to, with what stands in them. */
function hidden(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.set-up-screen .panel, .set-up-screen p, .set-up-screen h1')].flatMap((one) => {
      const isCut = one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;
      return isCut && getComputedStyle(one).display !== 'inline' ? [`${one.className}: ${one.textContent}`] : [];
    }),
  );
}

test('no sentence of the set-up is cut off or has to be scrolled to, and its head never changes its height', async ({
  page,
  station,
}) => {
  await openSetUp(page, station, 'idle');
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const heights = new Set<number>();
    for (const name of NAMES.filter((one) => SET_UPS[one].hasCamera)) {
      station.setUp(name);
      await shown(page, name);
      const isIdle = (await page.getByTestId('set-up-begin').count()) > 0;
      for (const task of isIdle ? ['flat-field', 'plane', 'card', 'font'] : ['']) {
        if (task !== '') await page.getByTestId(`task-${task}`).check();
        await expect.poll(() => hidden(page), `${name} ${task} at ${size.width}×${size.height}`).toEqual([]);
        expect(await longChoices(page), `${name} ${task} at ${size.width}×${size.height}`).toEqual([]);
        const head = page.locator('.set-up-top');
        heights.add(await head.evaluate((one) => Math.round(one.getBoundingClientRect().height)));
      }
    }
    expect([...heights], `at ${size.width}×${size.height}`).toHaveLength(1);
  }
});

test('everything that is pressed or filled in is high enough for a glove', async ({ page, station }) => {
  await openSetUp(page, station, 'idle');
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const name of NAMES.filter((one) => SET_UPS[one].hasCamera)) {
      station.setUp(name);
      await shown(page, name);
      const low = await page.evaluate(() =>
        [
          ...document.querySelectorAll(
            '.set-up-screen :is(button, select, a, label:has(> input), input:not([type=radio], [type=checkbox]))',
          ),
        ]
          .filter((one) => one.getBoundingClientRect().height < 54)
          .map((one) => `${one.tagName} ${one.textContent}`),
      );
      expect(low, `${name} at ${size.width}×${size.height}`).toEqual([]);
    }
  }
});

test('what is put before the emulated camera is said to be on its way, there, or not there', async ({
  page,
  station,
}) => {
  await openSetUp(page, station, 'busy');
  const [target, state] = [page.getByTestId('set-up-target'), page.getByTestId('set-up-target-state')];
  const first = station.holdTargets();
  await target.selectOption('board');
  await expect(state).toHaveText('It is being put there …');
  await expect(target).toHaveValue('board');
  first.go(true);
  await expect(state).toHaveText('It stands before the camera.');
  const second = station.holdTargets();
  await target.selectOption('dark');
  second.go(false);
  await expect(state).toHaveText('It does not stand there. Choose it again.');
  await expect(target).toHaveValue('items');
  await expect(page.getByTestId('outcome')).toContainText('did not say within 3 s');
});

test('pictures of the card are taken one after the other while it is moved, until somebody stops or something is wrong', async ({
  page,
  station,
}) => {
  await openSetUp(page, station, 'moved');
  const taken = (): number => station.told.filter(({ call }) => call === 'setUp.act').length;
  await page.getByTestId('set-up-series').click();
  await expect.poll(taken).toBeGreaterThanOrEqual(2);
  await expect(page.getByTestId('set-up-why')).toHaveText('A picture is taken every 2 s: keep moving the card.');
  await page.getByTestId('set-up-stop').click();
  await expect(page.getByTestId('set-up-take')).toBeVisible();
  await page.getByTestId('set-up-series').click();
  station.setUp('card');
  await expect(page.getByTestId('set-up-trouble')).toBeVisible();
  await expect(page.getByTestId('set-up-stop')).toHaveCount(0);
  station.setUp('moved');
  await page.getByTestId('set-up-series').click();
  station.refuse('record-writable');
  await expect(page.getByTestId('outcome')).toBeVisible();
  await expect(page.getByTestId('set-up-take')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with the camera's set-up, ${colorScheme}`, async ({ page, station }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 1280, height: 800 });
    await openSetUp(page, station, 'idle');
    for (const name of NAMES) {
      station.setUp(name);
      await shown(page, name);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        name,
      ).toEqual([]);
    }
  });
}

test('a set-up is begun with the figures of its board', async ({ page, station }) => {
  await openSetUp(page, station, 'idle');
  await page.getByTestId('task-plane').check();
  await page.getByTestId('field-square').fill('7,5');
  await page.getByTestId('set-up-begin').click();
  await expect
    .poll(() => station.told.at(-1))
    .toMatchObject({
      call: 'setUp.begin',
      input: { task: { kind: 'plane', board: { across: 9, down: 7, square: 7.5 } } },
    });
});

test('what cannot be begun says why', async ({ page, station }) => {
  await openSetUp(page, station, 'run-open');
  const begin = page.getByTestId('set-up-begin');
  await expect(begin).toHaveAttribute('aria-disabled', 'true');
  await expect(begin).toHaveAccessibleDescription(
    'The camera is set up between runs: the run on the line must be closed first: PO-2041.',
  );
  station.setUp('operator');
  await expect(begin).toHaveAccessibleDescription(
    'Your role may not do this; it needs another: Supervisor or Engineer.',
  );
  station.setUp('idle');
  await page.getByTestId('task-plane').check();
  await page.getByTestId('field-across').fill('three');
  await expect(begin).toHaveAccessibleDescription('A figure is missing or out of range.');
  station.setUp('new');
  await expect(page.getByTestId('taught')).toContainText('Nothing yet');
  await page.getByTestId('task-font').check();
  await expect(begin).toHaveAccessibleDescription(/compares no text/);
});

test('a picture is asked for, and what went wrong with the last one is said', async ({ page, station }) => {
  await openSetUp(page, station, 'card');
  await expect(page.getByTestId('set-up-sentence')).toHaveText('Move the card a little: 5 of 16.');
  await expect(page.getByTestId('set-up-trouble')).toContainText('no picture came within 1000 ms');
  await page.getByTestId('set-up-take').click();
  await expect.poll(() => station.told.at(-1)).toMatchObject({ call: 'setUp.act', input: { act: 'picture' } });
  await page.getByTestId('set-up-target').selectOption('grey-card');
  await expect.poll(() => station.told.at(-1)).toMatchObject({ call: 'setUp.show', input: { target: 'grey-card' } });
});

test('what was learnt is put in force with a reason, and with nothing less', async ({ page, station }) => {
  await openSetUp(page, station, 'board');
  await expect(page.getByTestId('set-up-picture')).toHaveAttribute('data-corners', '48');
  await page.getByTestId('set-up-accept').click();
  await expect(page.getByTestId('reason-dialog')).toContainText('The plane is known from 48 points');
  await expect(page.getByTestId('confirm')).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Camera was moved' }).click();
  await page.getByTestId('confirm').click();
  await expect
    .poll(() => station.told.at(-1))
    .toMatchObject({ call: 'setUp.accept', input: { reason: 'Camera was moved' } });
  await expect(page.getByTestId('outcome')).toContainText('It is in force.');
});

test('a font is trained with the text that a person reads', async ({ page, station }) => {
  await openSetUp(page, station, 'text');
  await expect(page.getByTestId('set-up-train')).toHaveAttribute('aria-disabled', 'true');
  await page.getByTestId('set-up-text').fill('LOT42');
  await page.getByTestId('set-up-train').click();
  await expect.poll(() => station.told.at(-1)).toMatchObject({ call: 'setUp.text', input: { text: 'LOT42' } });
  station.setUp('font');
  await expect(page.getByTestId('cut-list').getByRole('listitem')).toHaveCount(5);
});

test('nothing can be pressed while the connection is lost', async ({ page, station }) => {
  await openSetUp(page, station, 'card');
  station.vanish();
  await expect(page.getByTestId('set-up-take')).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByTestId('set-up-take')).toHaveAccessibleDescription(/connection to the workstation is lost/);
});
