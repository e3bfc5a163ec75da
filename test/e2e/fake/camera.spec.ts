import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { EYES, type EyeName } from './eye-scenes.ts';
import type { FakeStation } from './fake-station.ts';
import { open, SIZES, test } from './page-fixture.ts';

const NAMES = Object.keys(EYES).filter((name): name is EyeName => name in EYES);

/** What must be on the screen once a moment of the camera is shown. */
const SIGNS: Readonly<Record<EyeName, string>> = {
  none: 'no-camera',
  ok: 'live-picture',
  abnormal: 'forecast',
  assisted: 'live-picture',
  unread: 'live-picture',
  warming: 'camera-warming',
  offline: 'camera-offline',
  empty: 'camera-no-picture',
};

async function look(page: Page, station: FakeStation, name: EyeName): Promise<void> {
  station.look(name);
  await expect(page.getByTestId(SIGNS[name])).toBeVisible();
}

async function openCamera(page: Page, station: FakeStation, name: EyeName): Promise<void> {
  station.look(name);
  await open(page, station, 'running');
  await page.getByTestId('page-camera').click();
  await expect(page.getByTestId(SIGNS[name])).toBeVisible();
}

test('no moment of the camera overflows or scrolls on any of the screens it is made for', async ({ page, station }) => {
  await openCamera(page, station, 'ok');
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const name of NAMES) {
      await look(page, station, name);
      await expect.poll(() => overflows(page), `${name} at ${size.width}×${size.height}`).toEqual([]);
    }
  }
  await page.goto(`${station.origin}/#/camera/limits`);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await expect(page.getByTestId('trial')).toHaveAttribute('data-counting', 'false');
    await expect.poll(() => overflows(page), `laboratory at ${size.width}×${size.height}`).toEqual([]);
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with the camera's pages, ${colorScheme}`, async ({ page, station }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 1280, height: 800 });
    await openCamera(page, station, 'ok');
    for (const name of NAMES) {
      await look(page, station, name);
      expect(await complaints(page), name).toEqual([]);
    }
    await look(page, station, 'abnormal');
    await page.getByTestId('reject-strip').getByRole('button').first().click();
    await expect(page.getByTestId('picture-dialog')).toBeVisible();
    expect(await complaints(page), 'a rejected picture').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByTestId('view-limits').click();
    await expect(page.getByTestId('trial')).toHaveAttribute('data-counting', 'false');
    expect(await complaints(page), 'laboratory').toEqual([]);
    await page.getByTestId('limits-history').click();
    await expect(page.getByTestId('limit-history')).toBeVisible();
    expect(await complaints(page), 'earlier limits').toEqual([]);
  });
}

test('the picture is drawn with the code outlined and its wrong modules marked', async ({ page, station }) => {
  await openCamera(page, station, 'abnormal');
  const picture = page.getByTestId('live-picture');
  await expect(picture).toHaveAttribute('data-codes', '1');
  await expect(picture).toContainText('14 modules wrong');
  await expect(page.getByTestId('live-canvas')).toHaveAccessibleName(
    'Picture of the last item: 1 code found, 14 modules wrong',
  );
  // The marks are amber, the picture is grey: amber pixels are those of the marks.
  await expect.poll(() => amberPixels(page.getByTestId('live-canvas'))).toBeGreaterThan(500);
  await look(page, station, 'ok');
  await expect(picture).toHaveAttribute('data-wrong', '0');
  await expect.poll(() => amberPixels(page.getByTestId('live-canvas'))).toBe(0);
});

test('only what is not normal has a colour and a mark', async ({ page, station }) => {
  await openCamera(page, station, 'abnormal');
  const table = page.getByTestId('parameters');
  await expect(table.locator('tr[data-state=failed]')).toHaveText([
    /Spare correction.*30.%.*1.D.*2.*▲ below its limit/,
  ]);
  await expect(table.locator('tr[data-state=outside]')).toHaveText([/Modulation/, /Reflectance margin/]);
  const colours = await table
    .locator('tbody td:nth-of-type(1)')
    .evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell).color));
  expect(new Set(colours).size).toBe(3);
  await look(page, station, 'ok');
  await expect(table.locator('tr[data-state=normal]')).toHaveCount(8);
});

test('the grade is always said honestly, and an assisted read is never called a normal one', async ({
  page,
  station,
}) => {
  await openCamera(page, station, 'ok');
  await expect(page.getByTestId('pcg')).toHaveText('PCG 4.0 (A) · 15415:2011 method · uncalibrated');
  await expect(page.getByTestId('read-by')).toHaveText('normal read');
  await look(page, station, 'assisted');
  await expect(page.getByTestId('verdict')).toContainText('only the assisted read could read the code');
  await expect(page.getByTestId('read-by')).toContainText('assisted read: scanners may not read it');
  expect(await page.locator('body').innerText()).not.toMatch(/ISO grade|verified grade|compliant|certified/i);
});

test('the probable cause says what to do, the forecast when, or since when; the curve that falls is shown', async ({
  page,
  station,
}) => {
  await openCamera(page, station, 'abnormal');
  await expect(page.getByTestId('print')).toContainText(
    'Row 8 of the print is missing: a nozzle is blocked. Clean the print head.',
  );
  await expect(page.getByTestId('forecast')).toContainText(/Grade falls below 1\.5 in about 12.min \(3.600 items\)/);
  await expect(page.getByTestId('eye-trend')).toHaveAttribute('data-series', 'overall');
  await look(page, station, 'assisted');
  await expect(page.getByTestId('below')).toHaveText('Grade has been below 1.5 since 15:04 (38 items).');
  await expect(page.getByTestId('forecast')).toHaveCount(0);
  await look(page, station, 'unread');
  await expect(page.getByTestId('print')).toHaveText(/^The printNothing can be told of the print: no code was read/);
  await look(page, station, 'abnormal');
  await page.getByTestId('parameter-contrast').getByRole('button').click();
  await expect(page.getByTestId('eye-trend')).toHaveAttribute('data-series', 'contrast');
  await page.getByTestId('trend-series').selectOption('grid');
  await expect(page.getByTestId('eye-trend')).toHaveAttribute('data-series', 'grid');
});

test('the legend of a curve says whether a value or a grade is drawn, and is nowhere cut off', async ({
  page,
  station,
}) => {
  await openCamera(page, station, 'abnormal');
  const legend = page.getByTestId('trend-legend');
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const [series, text] of [
      ['overall', /^grade, 0 to 4 · .* · dashes: fails below 1\.5 · dots: where it is heading$/],
      ['fixed-pattern', /^grade, 0 to 4 · /],
      ['contrast', /^value in % · /],
    ] as const) {
      await page.getByTestId('trend-series').selectOption(series);
      await expect(legend).toHaveText(text);
      const isCut = await legend.evaluate((p) => p.scrollWidth > p.clientWidth || p.scrollHeight > p.clientHeight);
      expect(isCut, `${series} at ${size.width}`).toBe(false);
    }
  }
});

test('a camera that is away, practising or without items says what to do', async ({ page, station }) => {
  await openCamera(page, station, 'warming');
  await expect(page.getByTestId('camera-warming')).toContainText('24 of 60 practice pictures');
  await look(page, station, 'offline');
  await expect(page.getByTestId('camera-offline')).toContainText('Check power and network cable');
  await expect(page.getByTestId('verdict').locator('.stale-mark')).toContainText('old');
  await look(page, station, 'empty');
  await expect(page.getByTestId('camera-no-picture')).toContainText('start the run');
  await look(page, station, 'none');
  await expect(page.getByTestId('no-camera')).toContainText('line file');
});

test('a rejected picture opens with its record, its neighbours, and the way to its item', async ({ page, station }) => {
  await openCamera(page, station, 'ok');
  await page.getByTestId('rejected-900').click();
  const dialog = page.getByTestId('picture-dialog');
  await expect(dialog).toContainText('FAIL: Low print grade');
  await expect(dialog.getByTestId('picture-hash')).toHaveAttribute('data-value', /^9f86d081/);
  await expect(dialog.getByTestId('kept-canvas')).toHaveAttribute('data-drawn', 'true');
  await dialog.getByRole('button', { name: 'Older' }).click();
  await expect(dialog).toHaveAttribute('data-picture', '899');
  await expect(dialog).toContainText('not read');
  await dialog.getByRole('button', { name: 'Newer' }).click();
  await dialog.getByRole('link', { name: 'Item look-up' }).click();
  await expect(page.getByTestId('item-record')).toHaveAttribute('data-serial', '7KX2M9QD41');
  await page.getByTestId('picture-900').click();
  await expect(dialog).toHaveAttribute('data-picture', '900');
});

test('a rejected picture shows what was found in it, the row that is missing, and what failed it', async ({
  page,
  station,
}) => {
  await openCamera(page, station, 'ok');
  await page.getByTestId('rejected-900').click();
  const dialog = page.getByTestId('picture-dialog');
  const canvas = dialog.getByTestId('kept-canvas');
  await expect(canvas).toHaveAccessibleName('Picture of the item: 1 code found, 14 modules wrong, row 8 missing');
  await expect(dialog.getByTestId('picture-cause')).toContainText('Row 8 of the print is missing');
  await expect(dialog.locator('.parameter[data-failed=true]')).toHaveText([
    /Spare correction.*1.D ▲ below its limit 2/,
  ]);
  await expect.poll(() => amberPixels(canvas)).toBeGreaterThan(500);
  await dialog.getByRole('button', { name: 'Hide marks' }).click();
  await expect.poll(() => amberPixels(canvas)).toBe(0);
  await dialog.getByRole('button', { name: 'Show marks' }).click();
  await expect.poll(() => amberPixels(canvas)).toBeGreaterThan(500);
  await dialog.getByRole('button', { name: 'Whole picture' }).click();
  await expect.poll(() => amberPixels(canvas)).toBeGreaterThan(100);
});

test('a code that nobody could read is shown where it stands, with its missing row', async ({ page, station }) => {
  await openCamera(page, station, 'ok');
  await page.getByTestId('rejected-899').click();
  const dialog = page.getByTestId('picture-dialog');
  const canvas = dialog.getByTestId('kept-canvas');
  await expect(canvas).toHaveAccessibleName('Picture of the item: no code found');
  for (let older = 0; older < 6; older += 1) await dialog.getByRole('button', { name: 'Older' }).click();
  await expect(dialog).toHaveAttribute('data-picture', '893');
  await expect(canvas).toHaveAccessibleName('Picture of the item: no code found, row 8 missing');
  await expect(dialog.getByTestId('kept-picture')).toContainText('code not read');
  await expect.poll(() => amberPixels(canvas)).toBeGreaterThan(500);
});

test('a picture is shown with the check that failed it, and one of before marks were recorded says so', async ({
  page,
  station,
}) => {
  await openCamera(page, station, 'ok');
  await page.getByTestId('rejected-896').click();
  const dialog = page.getByTestId('picture-dialog');
  await expect(dialog.getByTestId('kept-picture')).toContainText(
    'code 23.4 px from its place, turned by 2.9° (allowed: 10 px)',
  );
  for (let older = 0; older < 7; older += 1) await dialog.getByRole('button', { name: 'Older' }).click();
  await expect(dialog).toHaveAttribute('data-picture', '889');
  await expect(dialog.getByTestId('kept-picture')).toContainText('lot: character 4 reads 8, expected B');
  for (let older = 0; older < 2; older += 1) await dialog.getByRole('button', { name: 'Older' }).click();
  await expect(dialog.getByTestId('kept-picture')).toContainText('no marks can be drawn');
  await expect(dialog.getByTestId('toggle-marks')).toHaveCount(0);
});

test('Escape closes the picture and leaves the page', async ({ page, station }) => {
  await openCamera(page, station, 'ok');
  await page.getByTestId('rejected-900').click();
  await expect(page.getByTestId('picture-dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('picture-dialog')).toBeHidden();
  await expect(page.getByTestId('camera')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('overview')).toBeVisible();
});

test('a limit that is moved shows at once what it would have done, and is applied with a reason', async ({
  page,
  station,
}) => {
  await openCamera(page, station, 'ok');
  await page.getByTestId('view-limits').click();
  await expect(page.getByTestId('limits-apply')).toBeDisabled();
  await expect(page.getByText('Nothing is changed: move a limit first.')).toBeVisible();
  await expect(page.getByTestId('trial-newly-failed')).toHaveText('0');
  await page.getByTestId('limit-modulation').click();
  await page.getByTestId('limit-raise-5').click();
  await expect(page.getByTestId('limit-value')).toHaveText('fails below 2');
  await expect(page.getByTestId('trial-newly-failed')).toHaveText('▲ 16');
  await expect(page.getByTestId('below-modulation')).toContainText('36');
  await expect(page.getByTestId('trial-change').first()).toContainText('would fail');
  await page.getByTestId('limit-slider').fill('1');
  await expect(page.getByTestId('trial-newly-passed')).toHaveText('▼ 11');
  await page.getByTestId('limits-apply').click();
  await expect(page.getByTestId('reason-dialog')).toContainText('Modulation fails below 1 (was 1.5)');
  await expect(page.getByTestId('confirm')).toBeDisabled();
  await page.getByTestId('reason').fill('Agreed with quality');
  await page.getByTestId('confirm').click();
  await expect(page.getByTestId('outcome')).toContainText('in force from the next item');
  expect(station.told).toMatchObject([
    {
      call: 'eye.applyLimits',
      input: {
        limits: { overall: 1.5, parameters: { contrast: 1.5, modulation: 1, 'unused-correction': 2 } },
        reason: 'Agreed with quality',
      },
    },
  ]);
});

test('who may not apply limits can try them, and reads why', async ({ page, station }) => {
  station.look('ok');
  await open(page, station, 'production');
  await page.goto(`${station.origin}/#/camera/limits`);
  await page.getByTestId('limit-raise-1').click();
  await expect(page.getByTestId('trial-newly-failed')).not.toHaveText('0');
  await expect(page.getByTestId('limits-apply')).toBeDisabled();
  await expect(page.locator('#limits-why')).toContainText('Supervisor or Quality or Engineer');
});

test('earlier limits can be tried again', async ({ page, station }) => {
  await openCamera(page, station, 'ok');
  await page.getByTestId('view-limits').click();
  await page.getByTestId('limits-history').click();
  await expect(page.getByTestId('limit-history').getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Try these' }).last().click();
  await expect(page.getByTestId('limit-contrast')).toContainText('no limit');
  await expect(page.getByTestId('trial-newly-passed')).not.toHaveText('0');
});

test("the overview's tile leads to the camera where there is one", async ({ page, station }) => {
  await open(page, station, 'running');
  await expect(page.getByTestId('go-camera')).toHaveCount(0);
  station.show('ready');
  await expect(page.getByTestId('device-reader-1')).toContainText(/Warming up, 40.%/);
  await page.getByTestId('go-camera').click();
  await expect(page.getByTestId('camera')).toBeVisible();
});

test('the camera is seen again after the connection was lost', async ({ page, station }) => {
  await openCamera(page, station, 'ok');
  station.vanish();
  await expect(page.getByTestId('link-lost')).toBeVisible();
  station.look('abnormal');
  station.show('running');
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'FAIL');
});

async function complaints(page: Page): Promise<unknown[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

/** Amber pixels of a picture's canvas. */
function amberPixels(picture: Locator): Promise<number> {
  return picture.evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let amber = 0;
    for (let at = 0; at < data.length; at += 4) {
      if ((data[at] ?? 0) > 200 && (data[at + 2] ?? 255) < 60) amber += 1;
    }
    return amber;
  });
}

/** Panels that reach out of the page, content that reaches out of its panel, scrolling of the page itself. */
function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const isOut = (inner: DOMRect, outer: DOMRect): boolean =>
      inner.width > 1 && (inner.bottom > outer.bottom + 1 || inner.right > outer.right + 1); // 1 px wide: only heard
    const place = document.querySelector('.main > .page')?.getBoundingClientRect() ?? root.getBoundingClientRect();
    const panels = [...document.querySelectorAll('.page .panel, .limit-actions, .limit-list, .eye-views')];
    const content = 'h1, h2, p, td, th, dt, dd, figcaption, select, .trend-chart, canvas, input';
    const scrolls = root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight;
    return [
      ...(scrolls ? ['the page'] : []),
      ...panels.filter((panel) => isOut(panel.getBoundingClientRect(), place)).map((panel) => panel.className),
      ...panels.flatMap((panel) => {
        const box = panel.getBoundingClientRect();
        return [...panel.querySelectorAll(content)]
          .filter((element) => isOut(element.getBoundingClientRect(), box))
          .map((element) => `${panel.className}: ${element.tagName} ${element.textContent?.slice(0, 40)}`);
      }),
    ];
  });
}
