import { afterEach, describe, expect, it, vi } from 'vitest';
import { CameraJob } from '#contract/camera-job.ts';
import { createFrameRing, openFrameRing } from '#contract/frame-ring.ts';
import type { StoredFact } from '#contract/journal.ts';
import type { DeviceEntry } from '#contract/line-file.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import type { CameraLink } from '#devices/open-device.ts';
import { FACT } from '#line/fact.ts';
import type { Fault } from '#line/signal.ts';
import { offersFor } from '#order/offers.ts';
import { conditionsOf } from '#station/conditions.ts';
import { acceptSetUp, actInSetUp, beginSetUp, drawSetUp, type SetUpDesk } from '#station/eye/set-up-commands.ts';
import { openCameraSetUp } from '#station/eye/set-up-session.ts';
import { recallTaught } from '#station/eye/taught.ts';
import { startRun } from '#station/start-run.ts';
import { openSetUpThread } from '#vision/calibrate/open-thread.ts';
import { auditOf, by, exampleDesk, imported, READER } from '../example-desk.ts';

const FRAME = { width: 96, height: 64 };
const JOB = CameraJob.parse({
  name: 'carton v1',
  frame: FRAME,
  exposure: 50,
  trigger: 'line',
  symbologies: ['DataMatrix'],
  code: { window: { x: 10, y: 10, width: 40, height: 40 }, module: 2 },
});
const ENTRY: DeviceEntry = { id: READER, station: 'verify', kind: 'reader', driver: 'gige-camera', camera: JOB };

/** A station whose camera shows what the test puts before it. */
function stage() {
  const example = exampleDesk();
  const { desk } = example;
  const shared = createFrameRing(4, FRAME.width * FRAME.height);
  const ring = openFrameRing(shared);
  const seen = {
    grey: 3 as number | undefined,
    fault: undefined as Fault | undefined,
    told: [] as string[],
    shots: 0,
    /** A thread that is told something never answers; a camera that is asked for a picture throws. */
    hangs: false,
    throws: false,
    threads: 0,
  };
  const taught = recallTaught(ENTRY, []);
  let learnt = 0;
  const learn = (): void => {
    learnt += 1;
  };

  /** An unevenly lit card that is never held twice in the same way. */
  function shoot(grey: number): FrameNotice {
    const slot = ring.claim() ?? -1;
    const pixels = ring.memory(slot);
    for (let at = 0; at < FRAME.width * FRAME.height; at += 1) {
      pixels[at] = grey * (1 + (0.2 * (at % FRAME.width)) / FRAME.width) + ((at + seen.shots) % 3);
    }
    ring.publish(slot, { trigger: 1, at: 5_000 + seen.shots, ...FRAME, stride: FRAME.width });
    return { trigger: 1, slot, at: 5_000 + seen.shots };
  }

  const setUp = openCameraSetUp({
    job: JOB,
    shared,
    ring,
    fontOf: (name) => taught.known.fonts[name],
    startThread(opening) {
      const answer = openSetUpThread(opening);
      let ended: (answer: { fault: string }) => void = () => undefined;
      seen.threads += 1;
      return {
        async tell(signal) {
          if (seen.hangs) return new Promise((resolve) => (ended = resolve));
          const reply = await answer({ id: 1, signal });
          return 'state' in reply ? { state: reply.state } : { fault: reply.fault };
        },
        close: async () => ended({ fault: 'it was ended' }),
      };
    },
    async takePicture() {
      seen.shots += 1;
      if (seen.throws) throw new Error('a mistake of ours');
      if (seen.grey !== undefined) setUp.takes(shoot(seen.grey));
      return seen.fault;
    },
  });
  const reader: CameraLink = {
    ...desk.crew.reader,
    state: 'online',
    tell: async ({ kind }) => {
      seen.told.push(kind);
      return undefined;
    },
    takePicture: async () => undefined,
  };
  const on: SetUpDesk = {
    desk,
    eye: { reader, setUp, taught, learn, job: JOB, entry: ENTRY },
  };
  return {
    ...example,
    on,
    seen,
    ring,
    taught,
    get learnt() {
      return learnt;
    },
    view: () => drawSetUp(desk, on.eye, by('SUP'), undefined),
    free: () => Array.from({ length: ring.slots }, (_none, slot) => ring.state(slot)),
  };
}

type Stage = ReturnType<typeof stage>;

afterEach(() => {
  vi.useRealTimers();
});

/** Learns the light, as far as to what is to be accepted. */
async function learnLight({ on, seen }: Stage): Promise<void> {
  await beginSetUp(on, by('SUP'), { kind: 'flat-field', card: 0.6 });
  await actInSetUp(on, by('SUP'), 'picture');
  seen.grey = 120;
  for (let shot = 0; shot < 16; shot += 1) await actInSetUp(on, by('SUP'), 'picture');
}

const historyOf = ({ memory }: Stage): StoredFact[] => memory.facts.map((fact, at) => ({ ...fact, seq: at + 1 }));

describe('setting the camera up', () => {
  it('goes step by step, and says what to do next and how far it is', async () => {
    const at = stage();
    expect(at.view()).toMatchObject({ hasCamera: true, begin: { allowed: true, unmet: [] }, taught: [] });
    await beginSetUp(at.on, by('SUP'), { kind: 'flat-field' });
    expect([at.seen.told, at.view().session]).toMatchObject([
      ['disarm'],
      { by: 'sup', step: 'wants-dark', sentence: 'Switch the light off, or cover the lens.', done: 0, of: 16 },
    ]);
    await actInSetUp(at.on, by('SUP'), 'picture');
    at.seen.grey = 120;
    await actInSetUp(at.on, by('SUP'), 'picture');
    expect(at.view().session).toMatchObject({
      step: 'wants-card',
      sentence: 'Move the card a little: 1 of 16.',
      done: 1,
      picture: { ...FRAME, frame: FRAME },
      isBusy: false,
    });
    expect(at.free()).toEqual([0, 0, 0, 0]);
  });

  it('stands in the record when it is accepted, with its hash, the person and the reason, and is in force', async () => {
    const at = stage();
    await learnLight(at);
    const before = at.memory.facts.length;
    expect(await acceptSetUp(at.on, by('SUP'), 'new lamp')).toEqual({ kind: 'done', value: null });
    const [fact] = at.memory.facts.slice(before);
    const body = JSON.parse(fact?.body ?? '');
    expect(fact?.kind).toBe(FACT.cameraTaught);
    expect(body).toMatchObject({
      device: READER,
      what: 'flat-field',
      job: 'carton v1',
      exposure: 50,
      user: 'sup',
      role: 'SUP',
      reason: 'new lamp',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      data: { kind: 'flat-field', profile: 'carton v1', frames: 16, card: 0.6, frame: FRAME },
    });
    expect(auditOf(at.memory.facts).at(-1)).toMatchObject({
      action: 'eye.set-up',
      outcome: 'done',
      reason: 'new lamp',
      detail: { accepted: 'flat-field', sha256: body.sha256 },
    });
    expect([at.learnt, at.view().session, at.desk.floor.settingUp]).toEqual([1, undefined, undefined]);
    expect(at.view().taught).toMatchObject([{ what: 'flat-field', from: 'set-up', userId: 'sup', reason: 'new lamp' }]);
  });

  it('is answered when it is on disk, and not before', async () => {
    const at = stage();
    await learnLight(at);
    at.memory.settings.isManual = true;
    let answered = false;
    const accepting = acceptSetUp(at.on, by('SUP'), 'new lamp').then(() => {
      answered = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    at.memory.commit();
    await accepting;
    expect(answered).toBe(true);
  });

  it('is known again after a restart, before what the line file says', async () => {
    const at = stage();
    await learnLight(at);
    await acceptSetUp(at.on, by('SUP'), 'new lamp');
    const accepted = at.taught.known.flatField;
    const file = { ...ENTRY, calibration: accepted && { flatField: { ...accepted, profile: 'from the file' } } };
    const recalled = recallTaught(file, historyOf(at));
    expect(recalled.known.flatField).toEqual(accepted);
    expect(recalled.list.map(({ from, why }) => [from, why])).toEqual([
      ['set-up', undefined],
      ['line-file', 'What was learnt at the camera since stands before it.'],
    ]);
  });

  it.each([
    ['exposure', { exposure: 80 }, 'Its exposure was 50 µs; the job now has 80 µs. Make it again.'],
    ['gain', { gain: 6 }, 'Its gain was what the camera was set to; the job now has 6 dB. Make it again.'],
    [
      'frame size',
      { frame: { width: 640, height: 480 } },
      'It was made with frames of 96 × 64 pixels; the job now has 640 × 480 pixels. Make it again.',
    ],
  ])('is not in force under a job of another %s, and says so', async (_what, change, why) => {
    const at = stage();
    await learnLight(at);
    await acceptSetUp(at.on, by('SUP'), 'new lamp');
    const { known, list } = recallTaught({ ...ENTRY, camera: { ...JOB, ...change } }, historyOf(at));
    expect([known.flatField, list[0]?.why]).toEqual([undefined, why]);
  });

  it('leaves nothing behind when it is discarded', async () => {
    const at = stage();
    await learnLight(at);
    const before = at.memory.facts.length;
    await actInSetUp(at.on, by('SUP'), 'discard');
    expect([at.view().session, at.taught.list, at.memory.facts.length]).toEqual([undefined, [], before + 1]);
    expect(auditOf(at.memory.facts)).toMatchObject([
      { detail: { begun: { kind: 'flat-field', card: 0.6 } } },
      { detail: 'discard' },
    ]);
    expect(await acceptSetUp(at.on, by('SUP'), 'too late')).toEqual({
      kind: 'refused',
      unmet: [{ guard: 'set-up-done' }],
    });
  });

  it('says why a picture did not come, and stays where it was', async () => {
    const at = stage();
    await beginSetUp(at.on, by('SUP'), { kind: 'plane', board: { across: 9, down: 7, square: 5 } });
    at.seen.grey = undefined;
    at.seen.fault = {
      code: 'picture',
      device: READER,
      detail: 'no picture came within 1000 ms of the software trigger',
    };
    await actInSetUp(at.on, by('SUP'), 'picture');
    expect(at.view().session).toMatchObject({
      step: 'wants-board',
      trouble:
        'There is no picture: no picture came within 1000 ms of the software trigger. Check the camera and its cable, then take it again.',
    });
  });

  it('says what is wrong with a picture that came', async () => {
    const at = stage();
    await beginSetUp(at.on, by('SUP'), { kind: 'plane', board: { across: 9, down: 7, square: 5 } });
    await actInSetUp(at.on, by('SUP'), 'picture');
    expect(at.view().session?.sentence).toBe(
      'Lay the board with 9 × 7 squares into the product plane. 0 of the 48 inner corners of the board are seen.',
    );
  });

  it('does not wait for ever for a picture that nobody finishes looking at, and begins again', async () => {
    vi.useFakeTimers();
    const at = stage();
    await beginSetUp(at.on, by('SUP'), { kind: 'flat-field' });
    at.seen.hangs = true;
    const taken = actInSetUp(at.on, by('SUP'), 'picture');
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await taken).kind).toBe('done');
    expect(at.view().session).toMatchObject({
      step: 'wants-dark',
      isBusy: false,
      trouble: 'The picture could not be looked at within 20 s. The set-up begins again: take the picture again.',
    });
    expect([at.seen.threads, at.free()]).toEqual([2, [0, 0, 0, 0]]);
    at.seen.hangs = false;
    await actInSetUp(at.on, by('SUP'), 'picture');
    expect(at.view().session?.step).toBe('wants-card');
  });

  it('is not busy for ever after a mistake of ours', async () => {
    const at = stage();
    await beginSetUp(at.on, by('SUP'), { kind: 'flat-field' });
    at.seen.throws = true;
    await expect(actInSetUp(at.on, by('SUP'), 'picture')).rejects.toThrow('a mistake of ours');
    expect(at.view().session?.isBusy).toBe(false);
  });

  it('is none of an operator, whose attempt is on record', async () => {
    const at = stage();
    const unmet = [{ guard: 'role', detail: 'SUP ENG' }];
    expect(await beginSetUp(at.on, by('OPR'), { kind: 'flat-field' })).toEqual({ kind: 'refused', unmet });
    expect(drawSetUp(at.desk, at.on.eye, by('OPR'), undefined).begin).toEqual({ allowed: false, unmet });
    expect(auditOf(at.memory.facts).at(-1)).toMatchObject({ action: 'eye.set-up', outcome: 'refused' });
  });

  it('is done between runs only, and keeps a run from being started', async () => {
    const at = stage();
    const entry = imported(at);
    await beginSetUp(at.on, by('SUP'), { kind: 'flat-field' });
    const { start } = offersFor(entry.run, by('SUP'), conditionsOf(at.desk.floor, entry, 0));
    expect(start).toEqual({ allowed: false, unmet: [{ guard: 'camera-free', detail: 'sup' }] });
    await actInSetUp(at.on, by('SUP'), 'discard');
    expect((await startRun(at.desk, entry, by('SUP'))).kind).toBe('done');
    expect(await beginSetUp(at.on, by('SUP'), { kind: 'flat-field' })).toEqual({
      kind: 'refused',
      unmet: [{ guard: 'no-run', detail: entry.run.order.order }],
    });
  });

  it('is open once: a second person is told who has it', async () => {
    const at = stage();
    await beginSetUp(at.on, by('SUP'), { kind: 'flat-field' });
    expect(await beginSetUp(at.on, by('ENG'), { kind: 'flat-field' })).toEqual({
      kind: 'refused',
      unmet: [{ guard: 'camera-free', detail: 'sup' }],
    });
  });
});
