import { describe, expect, it } from 'vitest';
import { lineNamed } from '#cli/source-workstation.ts';
import { DeviceEntry, LineFile } from '#contract/line-file.ts';
import { calibrationId, gradingRecord } from '#station/eye/profile.ts';

const camera = lineNamed('camera').devices.find(({ driver }) => driver === 'gige-camera');
const PLANE = {
  kind: 'plane',
  profile: 'bench 1',
  at: 1_795_350_000_000,
  frame: { width: 640, height: 480 },
  toPlane: [0.08, 0, 0, 0, 0.08, 0, 0, 0, 1],
  points: 40,
  residual: 0.1,
  millimetresPerPixel: 0.08,
  aspect: 1,
  tilt: 0.4,
} as const;
const issuesOf = (entry: object): unknown => DeviceEntry.safeParse(entry).error?.issues.map(({ message }) => message);

describe('a camera in a line file', () => {
  it('may come with what is known of its plane, which the record then names', () => {
    const known = DeviceEntry.parse({ ...camera, calibration: { plane: PLANE } });
    expect(calibrationId(known.calibration ?? {})).toBe('plane bench 1 1795350000000');
    if (known.camera === undefined || camera === undefined) throw new Error('the line has no camera');
    const grading = gradingRecord(known.id, known.camera, calibrationId(known.calibration ?? {}));
    expect(grading.calibration).toBe('plane bench 1 1795350000000');
    expect(grading.profile).not.toBe(
      gradingRecord(known.id, known.camera, calibrationId(camera?.calibration ?? {})).profile,
    );
    expect(calibrationId(DeviceEntry.parse(camera).calibration ?? {})).toBe('none');
  });

  it('is refused with a calibration of frames of another size', () => {
    const other = { ...PLANE, frame: { width: 1280, height: 960 } };
    expect(issuesOf({ ...camera, calibration: { plane: other } })).toEqual([
      'a plane of frames of another size is void',
    ]);
  });

  it('may name a font that nobody has taught it yet: that is learnt at the camera', () => {
    const text = [{ name: 'lot', window: { x: 1, y: 1, width: 9, height: 9 }, expected: 'LOT {lot}', font: 'ink' }];
    expect(issuesOf({ ...camera, camera: { ...camera?.camera, checks: { text } } })).toBeUndefined();
  });

  it.each([
    ['software', 'nothing tells it in time that one is there'],
    ['free', 'takes pictures of no item in particular'],
  ])('is refused with trigger %s, because no item would get its picture', (trigger, why) => {
    expect(issuesOf({ ...camera, camera: { ...camera?.camera, trigger } })).toEqual([expect.stringContaining(why)]);
  });

  it('cannot be without a job, and nothing else has one', () => {
    const { camera: job, ...bare } = camera ?? {};
    expect(issuesOf(bare)).toEqual(['a gige-camera needs its job']);
    expect(issuesOf({ ...bare, driver: 'cognex-dataman', camera: job })).toEqual(['only a gige-camera has a job']);
    expect(LineFile.safeParse(lineNamed('training')).success).toBe(true);
  });
});
