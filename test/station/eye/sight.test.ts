import { describe, expect, it } from 'vitest';
import { CameraJob } from '#contract/camera-job.ts';
import type { EyeCamera } from '#contract/eye.ts';
import { EyeView } from '#contract/eye.ts';
import type { Checked } from '#contract/inspection.ts';
import { gradingRecord, letterOf, profileText } from '#station/eye/profile.ts';
import { limitGrade, openSight } from '#station/eye/sight.ts';
import { codeOf, inspectionOf, pcgOf } from './example-pcg.ts';

const JOB = CameraJob.parse({
  name: 'carton v1',
  frame: { width: 640, height: 480 },
  trigger: 'line',
  symbologies: ['DataMatrix'],
  code: { window: { x: 100, y: 100, width: 200, height: 200 }, rows: 24, columns: 24 },
});

const CAMERA: EyeCamera = {
  device: 'camera-1',
  link: 'online',
  warmUp: { ready: true, done: 10, of: 10 },
  frames: 1,
  incomplete: 0,
  missed: 0,
  replaced: 0,
};
const PARTS = { now: 9_000, camera: CAMERA, job: JOB, limitOf: () => 0, controlOf: () => undefined };
const PICTURE = {
  at: 1,
  frame: { width: 640, height: 480 },
  window: { x: 0, y: 0, width: 1, height: 1 },
  width: 1,
  height: 1,
  grey: 'AA==',
};

describe('the supervisor sees', () => {
  it('the picture with the outline, the parameters, the verdict and the profile', () => {
    const sight = openSight();
    const pcg = pcgOf({ contrast: 4, modulation: 2.4 }, { wrongModules: [25], causes: [{ kind: 'blur' }] });
    sight.add(inspectionOf(3, [codeOf(pcg)]), PICTURE);
    expect(sight.judged(2, { verdict: 'PASS' })).toBe(false);
    expect(sight.judged(3, { verdict: 'FAIL', reason: 'low-grade', read: '2.4', expected: '2.5' })).toBe(true);
    const drawn = sight.draw({ ...PARTS, limitOf: () => 2.5 });
    expect(EyeView.parse({ frame: 1, ...drawn })).toEqual({ frame: 1, ...drawn });
    expect(drawn).toEqual({
      at: 9_000,
      camera: CAMERA,
      picture: PICTURE,
      profile: 'PCG 2.4 (C) · 15415:2011 method · uncalibrated',
      inspection: {
        trigger: 3,
        at: 1_003,
        overall: 2.4,
        letter: 'C',
        codes: [
          {
            readBy: 'zxing',
            symbology: 'DataMatrix',
            corners: [
              [100, 100],
              [200, 100],
              [200, 200],
              [100, 200],
            ],
            size: { rows: 24, columns: 24 },
            wrongModules: [25],
          },
        ],
        parameters: [
          { parameter: 'contrast', value: 0.4, grade: 4, limit: 2.5, state: 'normal' },
          { parameter: 'modulation', value: 0.24, grade: 2.4, limit: 2.5, state: 'failed' },
        ],
        causes: [{ kind: 'blur' }],
        flags: ['uncalibrated-geometry', 'uncalibrated-reflectance'],
        verdict: { verdict: 'FAIL', reason: 'low-grade', read: '2.4', expected: '2.5' },
      },
    });
  });

  it('that a fixed pattern is unusual as soon as its grade is, although no module of it is wrong', () => {
    const control = { mean: 4, low: 4, high: 4, of: 25 };
    const stateAt = (grade: number) => {
      const sight = openSight();
      const pcg = pcgOf({ 'fixed-pattern': grade });
      sight.add(inspectionOf(3, [codeOf({ ...pcg, parameters: { 'fixed-pattern': { value: 0, grade } } })]), PICTURE);
      return sight.draw({ ...PARTS, controlOf: () => control }).inspection?.parameters[0]?.state;
    };
    expect([stateAt(4), stateAt(3)]).toEqual(['normal', 'outside']);
  });

  it('where each check looked, and what it saw there', () => {
    const sight = openSight();
    const window = { x: 10, y: 10, width: 30, height: 20 };
    const checks: readonly Checked[] = [
      { kind: 'placement', isMet: false, wanted: [180, 126], tolerance: 4, found: [166, 126], turn: 1.2 },
      { kind: 'presence', name: 'seal', isMet: true, window, contrast: 0.4, least: 0.2 },
      { kind: 'text', name: 'lot', isMet: false, window, line: { ...window, x: 12 }, found: 'character 1 reads 8' },
    ];
    sight.add(inspectionOf(3, [], { checks }), undefined);
    const drawn = sight.draw(PARTS);
    expect(EyeView.parse({ frame: 1, ...drawn }).inspection?.checks).toEqual(checks);
  });

  it('a parameter beyond the control limits of the run as outside, and a failed one as failed first', () => {
    const sight = openSight();
    sight.add(inspectionOf(1, [codeOf(pcgOf({ contrast: 3, modulation: 1, axial: 3 }))]), undefined);
    const control = { mean: 0.4, low: 0.35, high: 0.45, of: 25 };
    const drawn = sight.draw({
      ...PARTS,
      limitOf: (parameter) => (parameter === 'modulation' ? 2 : 0),
      controlOf: (parameter) => (parameter === 'axial' ? { ...control, low: 0.302 } : control),
    });
    expect(drawn.inspection?.parameters.map(({ parameter, state }) => [parameter, state])).toEqual([
      ['contrast', 'outside'],
      ['modulation', 'failed'],
      ['axial', 'normal'],
    ]);
  });

  it('the newest picture, and none where none was taken', () => {
    const sight = openSight();
    sight.add(inspectionOf(1, [codeOf(pcgOf({ contrast: 4 }))]), PICTURE);
    sight.judged(1, { verdict: 'PASS' });
    sight.add(inspectionOf(2, []), undefined);
    const drawn = sight.draw(PARTS);
    expect(drawn).not.toHaveProperty('picture');
    expect(drawn.inspection).toMatchObject({ trigger: 2, codes: [], parameters: [] });
    expect(drawn.inspection).not.toHaveProperty('verdict');
  });

  it('how long looking took, over the last pictures', () => {
    const sight = openSight();
    expect(sight.took()).toBeUndefined();
    for (let at = 1; at <= 300; at += 1) {
      sight.add(inspectionOf(at, [], { took: { whole: at, decode: 0, grade: 0 } }), undefined);
    }
    expect(sight.took()).toEqual({ p50: 201, p99: 299 });
  });
});

describe('the words of a grade', () => {
  it('say how it came about, and never round up', () => {
    expect(profileText(pcgOf({ contrast: 2.99 }, { flags: [] }))).toBe('PCG 2.9 (B) · 15415:2011 method · calibrated');
    expect(profileText(pcgOf({ contrast: 4 }, { flags: ['insufficient-resolution', 'uncalibrated-geometry'] }))).toBe(
      'PCG 4.0 (A) · 15415:2011 method · uncalibrated geometry · insufficient resolution',
    );
    expect([4, 3.5, 3.4, 2.5, 1.5, 0.5, 0.4].map(letterOf).join('')).toBe('AABBCDF');
  });

  it('are of another profile when the job is another', () => {
    const one = gradingRecord('camera-1', JOB);
    const other = gradingRecord('camera-1', { ...JOB, grading: { ...JOB.grading, aperture: 0.8 } });
    expect(one).toMatchObject({ conformance: 'process-control', edition: '15415:2011', calibration: 'none' });
    expect(one.profile).toMatch(/^[0-9a-f]{12}$/);
    expect(other.profile).not.toBe(one.profile);
    expect(gradingRecord('camera-1', JOB)).toEqual(one);
  });
});

it('the limit in force is the highest of laboratory and order', () => {
  const limits = { overall: 2, parameters: { axial: 3 } };
  expect([
    limitGrade('axial', limits, 1.5),
    limitGrade('contrast', limits, 1.5),
    limitGrade('overall', { parameters: {} }, 1.5),
    limitGrade('overall', limits, 2.5),
  ]).toEqual([3, 2, 1.5, 2.5]);
});
