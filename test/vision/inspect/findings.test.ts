import { describe, expect, it } from 'vitest';
import { CameraJob, type CameraJobText } from '#contract/camera-job.ts';
import type { CodeFound, Finding } from '#contract/inspection.ts';
import { filled, valuesFor } from '#vision/inspect/expected-text.ts';
import { type Looked, lookBeyondCodes } from '#vision/inspect/findings.ts';
import { CONTENT, dataMatrix, paper, print } from '../decode/picture.ts';

const LINK = 'https://example.com/01/09520000000004/10/L1/21/ABC123';

function codeOf(text: string, aim: string, readBy: CodeFound['readBy'] = 'zxing'): CodeFound {
  const corners = [
    [100, 60],
    [232, 60],
    [232, 192],
    [100, 192],
  ] as const;
  return { readBy, symbology: 'DataMatrix', text, aim, corners };
}

describe('what a printed line should say', () => {
  it.each([
    ['a DataMatrix', codeOf(CONTENT, ']d2')],
    ['a Digital Link', codeOf(LINK, ']Q1')],
  ])('takes GTIN and serial from %s, and the rest from the order', (_what, code) => {
    const values = valuesFor({ lot: 'L1', expiry: '271231' }, code);
    expect(values).toEqual({ gtin: '09520000000004', serial: 'ABC123', lot: 'L1', expiry: '271231' });
    expect(filled('LOT {lot} SN {serial}', values)).toBe('LOT L1 SN ABC123');
  });

  it('is what the order says, not what the code says', () => {
    expect(valuesFor({ gtin: '09521111111116' }, codeOf(CONTENT, ']d2'))['gtin']).toBe('09521111111116');
  });

  it('is not known without a code, or for a name that nobody gave a value', () => {
    expect(filled('SN {serial}', valuesFor({ lot: 'L1' }, undefined))).toBeUndefined();
    expect(filled('{price}', { lot: 'L1' })).toBeUndefined();
    expect(valuesFor({}, codeOf('something else', ']d1'))).toEqual({});
  });
});

function look(checks: CameraJobText['checks'], codes: readonly CodeFound[], count = 1): Looked {
  const job = CameraJob.parse({
    name: 'carton',
    frame: { width: 320, height: 240 },
    trigger: 'line',
    symbologies: ['DataMatrix'],
    code: { window: { x: 100, y: 60, width: 132, height: 132 }, count },
    checks,
  });
  const image = paper(320, 240);
  print(image, dataMatrix(), { module: 6, x: 100, y: 60 });
  return lookBeyondCodes(image, codes, { job, fonts: {}, expected: { lot: 'L1' } });
}

function found(...question: Parameters<typeof look>): readonly Finding['check'][] {
  return look(...question).findings.map(({ check }) => check);
}

describe('a picture fails its item', () => {
  const code = codeOf(CONTENT, ']d2');
  const placement = { x: 166, y: 126, tolerance: 10, angle: 0, angleTolerance: 3 };
  const line = { name: 'lot', window: { x: 10, y: 200, width: 120, height: 30 }, font: 'small' };

  it('not, when all is as the job wants it', () => {
    const presence = [{ name: 'print', window: { x: 100, y: 60, width: 132, height: 132 }, contrast: 0.2 }];
    expect(found({ placement, presence }, [code])).toEqual([]);
  });

  it.each<[string, Finding['check'], Parameters<typeof found>]>([
    ['its code stands elsewhere', 'misplaced', [{ placement: { ...placement, x: 200 } }, [code]]],
    [
      'a window is empty',
      'not-present',
      [{ presence: [{ name: 'seal', window: { x: 5, y: 5, width: 40, height: 30 }, contrast: 0.2 }] }, [code]],
    ],
    ['too few codes are in view', 'wrong-count', [{}, [code], 2]],
    ['its code was read by grid fit only', 'assisted-read', [{}, [codeOf(CONTENT, ']d2', 'assisted')]]],
    ['a line has a font that nobody trained', 'wrong-text', [{ text: [{ ...line, expected: 'LOT {lot}' }] }, [code]]],
    ['nobody knows what a line should say', 'wrong-text', [{ text: [{ ...line, expected: '{expiry}' }] }, [code]]],
  ])('when %s', (_why, check, question) => {
    expect(found(...question)).toEqual([check]);
  });

  it('tells of each check where it looked and what it saw, met or not', () => {
    const seal = { name: 'seal', window: { x: 5, y: 5, width: 40, height: 30 }, contrast: 0.2 };
    const { checks } = look(
      { placement: { ...placement, x: 180 }, presence: [seal], text: [{ ...line, expected: 'LOT {lot}' }] },
      [code],
    );
    expect(checks).toEqual([
      { kind: 'placement', isMet: false, wanted: [180, 126], tolerance: 10, found: [166, 126], turn: 0 },
      { kind: 'presence', name: 'seal', isMet: false, window: seal.window, contrast: 0, least: 0.2 },
      { kind: 'text', name: 'lot', isMet: false, window: line.window, found: 'lot: no font small' },
    ]);
  });

  it('tells of a code that stands nowhere that it is misplaced, and not where', () => {
    const [corner] = code.corners;
    const { findings, checks } = look({ placement }, [{ ...code, corners: [corner, corner, corner, corner] }]);
    expect({ found: findings.map(({ check }) => check), checks }).toEqual({ found: ['misplaced'], checks: [] });
  });
});
