import { describe, expect, it } from 'vitest';
import type { EyeCause } from '#contract/eye.ts';
import { FLAGS, PARAMETERS } from '#contract/inspection.ts';
import { printCause } from '#renderer/words/causes.ts';
import {
  belowSentence,
  cameraHealth,
  forecastSentence,
  READ_BY_WORDS,
  seriesName,
  trendLegend,
  verdictSentence,
} from '#renderer/words/eye.ts';
import {
  axisValue,
  flagSentences,
  gradeAndLetter,
  isCameraDependent,
  PARAMETER_WORDS,
  parameterValue,
} from '#renderer/words/parameters.ts';

const CAUSES: readonly EyeCause[] = [
  { kind: 'dead-nozzle', row: 7 },
  { kind: 'dead-column', column: 0 },
  { kind: 'conveyor-speed' },
  { kind: 'print-growth', axis: 'both', growth: 0.24 },
  { kind: 'print-growth', axis: 'both', growth: -0.2 },
  { kind: 'print-growth', axis: 'x', growth: 0.3 },
  { kind: 'low-contrast' },
  { kind: 'blur' },
  { kind: 'jitter' },
  { kind: 'quiet-zone' },
  { kind: 'damage' },
];

describe('the probable cause', () => {
  it('names the row of the print as people count, and what to do', () => {
    expect(printCause({ kind: 'dead-nozzle', row: 7 })).toEqual({
      what: 'Row 8 of the print is missing: a nozzle is blocked.',
      act: 'Clean the print head.',
    });
  });

  it('tells too much ink from too little', () => {
    expect(printCause({ kind: 'print-growth', axis: 'both', growth: 0.24 }).what).toContain('0.2 modules too fat');
    expect(printCause({ kind: 'print-growth', axis: 'both', growth: -0.2 }).what).toContain('0.2 modules too thin');
  });

  it.each(CAUSES)('is one plain sentence and one that says what to do: $kind', (cause) => {
    const { what, act } = printCause(cause);
    for (const sentence of [what, act]) expect(sentence).toMatch(/^[A-Z][^{}]*\.$/);
    expect(`${what} ${act}`).not.toMatch(/undefined|NaN/);
  });
});

describe('the forecast', () => {
  it.each([
    [
      { series: 'overall', grade: 2, limit: 1.5, items: 60, minutes: 12 },
      'Grade falls below 1.5 in about 12 min (60 items).',
    ],
    [
      { series: 'overall', grade: 2, limit: 1.5, items: 60, minutes: 0.2 },
      'Grade falls below 1.5 in about 12 s (60 items).',
    ],
    [{ series: 'contrast', grade: 3, limit: 2, items: 900 }, 'Grade of contrast falls below 2 in about 900 items.'],
    [
      { series: 'modulation', grade: 2, limit: 2, items: 1, minutes: 0 },
      'Grade of modulation falls below 2 in about 0 s (1 item).',
    ],
    [{ series: 'overall', grade: 1.5, limit: 1.5, items: 0, minutes: 0 }, 'Grade is at its limit of 1.5 now.'],
  ] as const)('says when, in time and in items: %j', (forecast, sentence) => {
    expect(forecastSentence(forecast).replaceAll('\u00a0', ' ')).toBe(sentence);
  });
});

describe('a print that is too bad already', () => {
  const since = new Date(2026, 10, 22, 15, 4, 59).getTime();

  it.each([
    [{ series: 'overall', limit: 1.5, items: 38, since }, 'Grade has been below 1.5 since 15:04 (38 items).'],
    [{ series: 'contrast', limit: 2, items: 3, since }, 'Grade of contrast has been below 2 since 15:04 (3 items).'],
    [{ series: 'overall', limit: 1.5, items: 200 }, 'Grade has been below 1.5 for more than 200 items.'],
  ] as const)('says since when: %j', (below, sentence) => {
    expect(belowSentence(below).replaceAll('\u00a0', ' ')).toBe(sentence);
  });
});

describe('a graded parameter', () => {
  it.each([
    [{ parameter: 'contrast', value: 0.79, grade: 4 }, '79 %', '4 A'],
    [{ parameter: 'axial', value: 0.031, grade: 4 }, '3.1 %', '4 A'],
    [{ parameter: 'grid', value: 0.12, grade: 4 }, '0.12 X', '4 A'],
    [{ parameter: 'decode', value: 1, grade: 4 }, 'passed', '4 A'],
    [{ parameter: 'decode', value: 0, grade: 0 }, 'failed', '0 F'],
    [{ parameter: 'fixed-pattern', value: 3.4, grade: 3 }, '–', '3 B'],
    [{ parameter: 'modulation', value: 0.47, grade: 3.7 }, '47 %', '3.7 A'],
  ] as const)('is written with its unit and its letter: %j', (one, value, grade) => {
    expect(parameterValue(one).replaceAll('\u00a0', ' ')).toBe(value);
    expect(gradeAndLetter(one.grade).replaceAll('\u00a0', ' ')).toBe(grade);
  });

  it.each(PARAMETERS)('has a name, a short name and a meaning: %s', (parameter) => {
    const { name, short, means } = PARAMETER_WORDS[parameter];
    expect(`${name} ${means}`).toMatch(/^[A-Z].*\.$/);
    expect(short.length).toBeLessThanOrEqual(4);
    expect(seriesName(parameter)).toBe(name);
  });

  it('is marked where only a calibrated camera could tell print from camera', () => {
    expect(isCameraDependent('grid', ['uncalibrated-geometry'])).toBe(true);
    expect(isCameraDependent('grid', [])).toBe(false);
    expect(isCameraDependent('contrast', ['uncalibrated-geometry'])).toBe(false);
  });

  it('stands at its axis in the unit of the curve', () => {
    expect(axisValue('overall', 2)).toBe('2');
    expect(axisValue('contrast', 0.4).replaceAll('\u00a0', ' ')).toBe('40 %');
    expect(axisValue('grid', 0.5)).toBe('0.5');
    expect(axisValue('fixed-pattern', 3)).toBe('3');
  });
});

describe('the legend of a curve', () => {
  const control = { mean: 3, low: 2, high: 4, of: 25 };

  it.each([
    ['overall', {}, 'grade, 0 to 4 · no control limits yet'],
    [
      'overall',
      { control, limit: 1.5, hasForecast: true },
      'grade, 0 to 4 · band: usual in the first 25 items · dashes: fails below 1.5 · dots: where it is heading',
    ],
    [
      'fixed-pattern',
      { control, limit: 1.5 },
      'grade, 0 to 4 · band: usual in the first 25 items · dashes: fails below 1.5',
    ],
    ['contrast', { control, limit: 2 }, 'value in % · band: usual in the first 25 items · fails below grade 2'],
    ['grid', { control }, 'value in modules (X) · band: usual in the first 25 items'],
  ] as const)('says what is drawn, and what not: %s %j', (series, drawn, legend) => {
    expect(trendLegend(series, { hasForecast: false, ...drawn })).toBe(legend);
  });
});

describe('honest words', () => {
  it('never call an assisted read a normal one', () => {
    expect(READ_BY_WORDS.assisted).toContain('assisted');
    expect(READ_BY_WORDS.zxing).toBe('normal read');
  });

  it('say what to do about a picture that is too small to grade', () => {
    expect(flagSentences(['insufficient-resolution'])).toHaveLength(1);
    expect(flagSentences(['quiet-zone-not-visible'])).toHaveLength(1);
    expect(flagSentences(FLAGS.filter((flag) => flag.startsWith('uncalibrated')))).toEqual([]);
  });

  it('say why an item failed, after the word FAIL', () => {
    expect(verdictSentence({ verdict: 'FAIL', reason: 'low-grade', read: '1.0', expected: '1.5' })).toBe(
      'print grade 1.0 is below the limit 1.5',
    );
    expect(verdictSentence({ verdict: 'FAIL', reason: 'assisted-read', read: 'dead nozzle at row 8' })).toBe(
      'only the assisted read could read the code (dead nozzle at row 8)',
    );
    expect(verdictSentence({ verdict: 'PASS' })).toBe('');
  });
});

it('tells what the camera has done, and nothing of what did not happen', () => {
  const camera = { device: 'camera-1', link: 'online', warmUp: { ready: true, done: 60, of: 60 } } as const;
  const none = { frames: 12, incomplete: 0, missed: 0, replaced: 0 };
  expect(cameraHealth({ ...camera, ...none })).toBe('12 pictures');
  const some = { ...none, incomplete: 2, missed: 1, picturesLost: 4, took: { p50: 6.2, p99: 21.4 } };
  expect(cameraHealth({ ...camera, ...some }).replaceAll('\u00a0', ' ')).toBe(
    '12 pictures · 3 not in time · 4 not kept · 6 ms each, 99 % in 21 ms',
  );
});
