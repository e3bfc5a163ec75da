import { describe, expect, it, onTestFinished } from 'vitest';
import { CameraJob } from '#contract/camera-job.ts';
import { openFrameRing, SLOT } from '#contract/frame-ring.ts';
import type { Inspection } from '#contract/inspection.ts';
import type { DeviceEntry } from '#contract/line-file.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import { type CameraLink, DRIVERS } from '#devices/open-device.ts';
import { FACT } from '#line/fact.ts';
import type { DeviceSignal } from '#line/signal.ts';
import { REASON_CODES } from '#line/verdict.ts';
import { report } from '#station/conductor.ts';
import { openEye } from '#station/eye/eye.ts';
import { recallTaught } from '#station/eye/taught.ts';
import { startRun } from '#station/start-run.ts';
import type { Kept } from '#vision/evidence/evidence.ts';
import type { PictureOf, RemovedPicture } from '#vision/evidence/messages.ts';
import type { VisionPoolOptions } from '#vision/pool/vision-pool.ts';
import { by, exampleDesk, imported, PLC, READER } from '../example-desk.ts';
import { codeOf, inspectionOf, pcgOf } from './example-pcg.ts';

const JOB = CameraJob.parse({
  name: 'carton v1',
  frame: { width: 64, height: 64 },
  trigger: 'line',
  symbologies: ['DataMatrix'],
  code: { window: { x: 10, y: 10, width: 40, height: 40 } },
  evidence: { firstArticles: 1, oneInPass: 3 },
});

/** A station whose camera, inspect threads and picture thread do what the test says. */
async function stage() {
  const example = exampleDesk();
  const { desk, now } = example;
  const kept: PictureOf[] = [];
  const evidence = { answer: (of: PictureOf): Kept => fileOf(of), removed: (_: readonly RemovedPicture[]) => {} };
  let frame: (notice: FrameNotice) => void = () => {};
  let link: (signal: DeviceSignal) => void = () => {};
  let ring = openFrameRing(new SharedArrayBuffer(64));
  let options: Parameters<Parameters<typeof openEye>[0]['openPool']>[0] | undefined;
  const asked: { frames: number[]; noImages: (readonly [number, string])[]; expected: unknown } = {
    frames: [],
    noImages: [],
    expected: undefined,
  };
  const crew = { ready: true, done: 10, of: 10 };
  const reader: CameraLink = {
    kind: 'reader',
    device: READER,
    facts: DRIVERS['gige-camera'],
    state: 'online',
    endpoint: undefined,
    moveTo: () => {},
    close: async () => {},
    tell: async () => undefined,
    takePicture: async () => undefined,
  };
  const entry: DeviceEntry = { id: READER, station: 'verify', kind: 'reader', driver: 'gige-camera', camera: JOB };
  const eye = await openEye({
    entry,
    job: JOB,
    history: [],
    taught: recallTaught(entry, []),
    startSetUp: () => {
      throw new Error('nobody sets this camera up');
    },
    log: desk.log,
    now,
    report: (signal) => report(desk, signal),
    openCamera: (shared, tell, say) => {
      ring = openFrameRing(shared);
      frame = tell;
      link = say;
      return reader;
    },
    openPool: async (given) => {
      options = given;
      return {
        ready: Promise.resolve(),
        state: () => ({ ...crew }),
        counters: () => ({ inspected: 0, missed: 0, late: 0, replaced: 0 }),
        frame: (_slot, trigger) => void asked.frames.push(trigger),
        noImage: (trigger, _at, why) => void asked.noImages.push([trigger, why]),
        expect: (expected) => {
          asked.expected = expected;
        },
        know: () => {},
        pin: (slot) => ring.move(slot, SLOT.done, SLOT.pinned),
        release: (slot) => ring.free(slot),
        close: async () => {},
      };
    },
    openEvidence: (_ring, removed) => {
      evidence.removed = removed;
      return {
        keep: async (_slot, of) => {
          kept.push(of);
          return evidence.answer(of);
        },
        openRun: () => {},
        close: async () => {},
      };
    },
  });
  eye.attach(desk);
  onTestFinished(() => eye.close());
  const pool = (): Pick<VisionPoolOptions, 'done' | 'changed'> => options ?? { done: () => {} };
  /** A picture in a slot that the inspect threads are done with. */
  const slotOf = (trigger: number): number => {
    const slot = ring.claim() ?? -1;
    ring.publish(slot, { trigger, at: 1_000 + trigger, width: 64, height: 64, stride: 64 });
    ring.take(slot);
    ring.move(slot, SLOT.busy, SLOT.done);
    return slot;
  };
  const look = (inspection: Inspection, slot: number | undefined = slotOf(inspection.trigger)): number | undefined => {
    pool().done(inspection, slot);
    return slot;
  };
  const pass = (seq: number): void =>
    report(desk, { kind: 'item-triggered', at: now(), device: PLC, trigger: { epoch: 1, seq, encoder: 0, flags: 0 } });
  return {
    ...example,
    eye,
    kept,
    evidence,
    asked,
    crew,
    frame: (notice: FrameNotice) => frame(notice),
    link: (signal: DeviceSignal) => link(signal),
    pool,
    look,
    pass,
    ring: () => ring,
  };
}

function fileOf({ run, item }: PictureOf): Kept {
  return { file: { file: `${run}/${item}.png`, bytes: 10, sha256: 'ab', width: 64, height: 64 } };
}

const GOOD = { contrast: 4, modulation: 3.2 };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A run on the line, and the text of the serial that was sent as the n-th. */
async function running(example: Awaited<ReturnType<typeof stage>>) {
  const entry = imported(example);
  await startRun(example.desk, entry, by('SUP'));
  const sent = example.told.flatMap(({ directive }) => (directive.kind === 'enqueue' ? directive.texts : []));
  const { product, lot, expiryYymmdd } = entry.run.order;
  return (nth: number): string => `01${product.gtin}21${sent[nth] ?? ''}\u001d17${expiryYymmdd}10${lot}`;
}

describe('the camera of a line', () => {
  it('tells the line what it reads; the inspection is on record in the commit of the verdict', async () => {
    const at = await stage();
    const textOf = await running(at);
    at.memory.settings.isManual = true;
    at.pass(0);
    at.look(inspectionOf(1, [codeOf(pcgOf(GOOD), { text: textOf(0) })]));
    const facts = at.memory.facts.filter(({ kind }) => kind === FACT.verdict || kind === FACT.inspected);
    expect(facts).toMatchObject([
      { kind: FACT.verdict, code: 0, item: 0, serial: 0, grade: 32, ref: 1, readAt: 1_001 },
      { kind: FACT.inspected, code: 0, item: 0, serial: 0, grade: 32, ref: 1, readAt: 1_001, run: 1, epoch: 1 },
    ]);
    expect(JSON.parse(facts[1]?.body ?? '')).toEqual({
      profile: expect.stringMatching(/^[0-9a-f]{12}$/),
      readBy: 'zxing',
      reference: true,
      values: [null, 0.4, 0.32],
      grades: [null, 40, 32],
      module: 6,
      drawn: {
        v: 1,
        search: [100, 100, 400, 400],
        codes: [
          {
            readBy: 'zxing',
            symbology: 'DataMatrix',
            corners: [1000, 1000, 2000, 1000, 2000, 2000, 1000, 2000],
          },
        ],
      },
    });
    expect(at.told.filter(({ directive }) => directive.kind === 'verdict')).toEqual([]);
    at.memory.commit();
    expect(at.told.filter(({ directive }) => directive.kind === 'verdict')).toHaveLength(1);
    expect(at.asked.expected).toEqual({
      gtin: '09521234543213',
      lot: 'EX24A01',
      expiry: '281122',
      expiryDate: '2028-11-22',
    });
  });

  it('names low contrast where it fails an item, and says nothing of it while the print is good enough', async () => {
    const at = await stage();
    const textOf = await running(at);
    for (const [item, contrast] of [2, 1].entries()) {
      at.pass(item);
      const pcg = pcgOf({ contrast, modulation: 4 }, { causes: [{ kind: 'low-contrast' }] });
      at.look(inspectionOf(item + 1, [codeOf(pcg, { text: textOf(item) })]));
    }
    const seen = at.memory.facts.filter(({ kind }) => kind === FACT.inspected);
    const told = seen.map(({ code, body }) => [code === 0, JSON.parse(body ?? '{}').causes]);
    expect(told).toEqual([
      [true, undefined],
      [false, [{ kind: 'low-contrast' }]],
    ]);
  });

  it('keeps the picture of every FAIL, of first articles and of every n-th PASS, and frees the other slots', async () => {
    const at = await stage();
    const textOf = await running(at);
    for (let item = 0; item < 7; item += 1) {
      at.pass(item);
      const codes = item === 4 ? [] : [codeOf(pcgOf(GOOD), { text: textOf(item) })];
      at.look(inspectionOf(item + 1, codes));
    }
    await settled();
    expect(at.kept.map(({ item, kept }) => [item, kept])).toEqual([
      [0, 'first-article'],
      [2, 'sample'],
      [4, 'fail'],
      [6, 'sample'],
    ]);
    const pictures = at.memory.facts.filter(({ kind }) => kind === FACT.pictureKept);
    expect(pictures.map(({ item, code, count, serial }) => [item, code, count, serial])).toEqual([
      [0, 2, 10, 0],
      [2, 3, 10, 2],
      [4, 1, 10, undefined],
      [6, 3, 10, 6],
    ]);
    const seen = at.memory.facts.filter(({ kind }) => kind === FACT.inspected);
    const drawn = seen.filter(({ body }) => 'drawn' in JSON.parse(body ?? '{}'));
    expect(
      drawn.map(({ item }) => item),
      'what is drawn over a picture is on record where one is kept',
    ).toEqual([0, 2, 4, 6]);
    const ring = at.ring();
    expect(Array.from({ length: ring.slots }, (_, slot) => ring.state(slot)).every((one) => one === SLOT.free)).toBe(
      true,
    );
  });

  it('says that a picture could not be kept, while verdicts go on, and takes it back with the next one that is', async () => {
    const at = await stage();
    const textOf = await running(at);
    at.evidence.answer = () => ({ lost: 'the disk is full' });
    at.pass(0);
    at.look(inspectionOf(1, [codeOf(pcgOf(GOOD), { text: textOf(0) })]));
    await settled();
    expect(at.floor.alarms).toMatchObject([
      { code: 'evidence-disk-full', state: 'active', detail: 'the disk is full' },
    ]);
    expect(at.floor.line.figures.passed).toBe(1);
    expect(at.eye.draw().camera?.picturesLost).toBe(1);
    at.evidence.answer = fileOf;
    at.pass(1);
    at.look(inspectionOf(2, []));
    await settled();
    expect(at.floor.alarms).toMatchObject([{ code: 'evidence-disk-full', state: 'returned' }]);
  });

  it('fails an item without a picture by that name, whatever the reason the driver gave', async () => {
    const at = await stage();
    await running(at);
    at.frame({ trigger: 1, missing: 'incomplete', detail: '3 packets', at: 5.5 });
    expect(at.asked.noImages).toEqual([[1, 'incomplete']]);
    at.pass(0);
    const finding = { check: 'no-image', found: 'incomplete', expected: 'a picture' } as const;
    at.look(inspectionOf(1, [], { findings: [finding], width: 0, height: 0 }), undefined);
    const verdict = at.memory.facts.find(({ kind }) => kind === FACT.verdict);
    expect(verdict).toMatchObject({ code: REASON_CODES['no-image'], item: 0 });
    expect(at.eye.draw()).toMatchObject({
      camera: { frames: 0, incomplete: 1 },
      inspection: { verdict: { verdict: 'FAIL', reason: 'no-image', read: 'incomplete' } },
    });
  });

  it('counts on when the camera begins anew, so that no answer meets the wrong item', async () => {
    const at = await stage();
    for (const trigger of [1, 2, 1]) at.frame({ trigger, slot: 0, at: 1 });
    expect(at.asked.frames).toEqual([1, 2, 3]);
  });

  it('says nothing about a picture of before it was away: that would be taken for one of the next item', async () => {
    const at = await stage();
    const textOf = await running(at);
    for (const trigger of [1, 2]) at.frame({ trigger, slot: 0, at: 1 });
    at.link({ kind: 'device-lost', at: at.now(), device: READER, detail: 'unplugged' });
    at.link({ kind: 'device-connected', at: at.now(), device: READER });
    const before = at.memory.facts.length;
    const slot = at.look(inspectionOf(2, [codeOf(pcgOf(GOOD), { text: textOf(0) })])) ?? -1;
    expect([at.memory.facts.length, at.ring().state(slot)]).toEqual([before, SLOT.free]);
    at.frame({ trigger: 1, slot: 0, at: 1 });
    expect(at.asked.frames).toEqual([1, 2, 3]);
    at.look(inspectionOf(3, [codeOf(pcgOf(GOOD), { text: textOf(0) })]));
    expect(at.memory.facts.length).toBeGreaterThan(before);
  });

  it('is not ready before its threads are warm, and no run is started until then', async () => {
    const at = await stage();
    at.crew.ready = false;
    at.crew.done = 5;
    at.pool().changed?.({ ready: false, done: 5, of: 10 });
    expect(at.floor.devices.get(READER)?.warmUp).toBe(0.5);
    const entry = imported(at);
    expect(await startRun(at.desk, entry, by('SUP'))).toEqual({
      kind: 'refused',
      unmet: [{ guard: 'camera-ready', detail: READER }],
    });
    at.crew.ready = true;
    at.pool().changed?.({ ready: true, done: 10, of: 10 });
    expect((await startRun(at.desk, entry, by('SUP'))).kind).toBe('done');
  });

  it('applies the limits of the laboratory from the next item on', async () => {
    const at = await stage();
    const textOf = await running(at);
    at.eye.limits.add({
      at: 1,
      userId: 'sup',
      role: 'SUP',
      reason: 'drift',
      limits: { parameters: { modulation: 3.5 } },
    });
    at.pass(0);
    at.look(inspectionOf(1, [codeOf(pcgOf(GOOD), { text: textOf(0) })]));
    expect(at.eye.draw().inspection).toMatchObject({
      verdict: { reason: 'low-parameter', read: 'modulation 3.2', expected: '3.5 or better' },
      parameters: [
        { parameter: 'contrast', state: 'normal' },
        { parameter: 'modulation', limit: 3.5, state: 'failed' },
      ],
    });
  });

  it('puts on record once how it grades, and which pictures retention took', async () => {
    const at = await stage();
    expect(at.memory.facts.filter(({ kind }) => kind === FACT.profileUsed)).toHaveLength(1);
    at.evidence.removed([{ run: 1, epoch: 2, item: 3, kept: 'fail', by: 'age' }]);
    expect(at.memory.facts.at(-1)).toMatchObject({ kind: FACT.pictureRemoved, run: 1, epoch: 2, item: 3, code: 2 });
  });
});
