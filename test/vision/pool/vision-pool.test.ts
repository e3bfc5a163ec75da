import { afterEach, describe, expect, it, vi } from 'vitest';
import { SLOT } from '#contract/frame-ring.ts';
import type { Inspection } from '#contract/inspection.ts';
import { workersFor } from '#vision/pool/vision-pool.ts';
import { CONTENT } from '../decode/picture.ts';
import { type Bench, codeFrame, FRAME, jobOf, openBench, toldFrame } from './frames.ts';

vi.setConfig({ testTimeout: 60_000 }); // a machine may be busy with other things

const SCRIPTED = new URL('./scripted.thread.ts', import.meta.url);

const LAYER = jobOf({ code: { window: { x: 0, y: 0, width: 320, height: 240 }, count: 5 } });

const open: Bench[] = [];
const opened = async (...options: Parameters<typeof openBench>): Promise<Bench> => {
  const bench = await openBench(...options);
  open.push(bench);
  await bench.pool.ready;
  return bench;
};

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ pool }) => pool.close()));
});

/** Trigger, and what was read or why nothing was looked at. */
function told({ trigger, codes, findings }: Inspection): string {
  const [finding] = findings;
  return finding === undefined ? `${trigger} ${codes.length}` : `${trigger} ${finding.check}: ${finding.found}`;
}

describe('the threads that look into pictures', () => {
  it('read a code out of the ring, and leave the picture to whoever asked until it is released', async () => {
    const { pool, ring, answers, send, answered } = await opened({ keep: true });
    send(1, codeFrame());
    await answered(1);
    const [answer] = answers;
    expect(answer?.inspection).toMatchObject({
      trigger: 1,
      width: 320,
      height: 240,
      codes: [{ readBy: 'zxing', symbology: 'DataMatrix', text: CONTENT, aim: ']d2', pcg: { overall: 4 } }],
      findings: [],
    });
    const slot = answer?.slot ?? -1;
    expect(ring.state(slot)).toBe(SLOT.done);
    expect(pool.pin(slot)).toBe(true);
    expect(ring.state(slot)).toBe(SLOT.pinned);
    pool.release(slot);
    expect(ring.state(slot)).toBe(SLOT.free);
    expect(pool.counters()).toEqual({ inspected: 1, missed: 0, late: 0, replaced: 0 });
  });

  it('answer in the order of the triggers, whichever thread is faster', async () => {
    const { answers, send, answered } = await opened({ threads: SCRIPTED, workers: 2 });
    send(1, toldFrame('dawdle', 10));
    for (let trigger = 2; trigger <= 5; trigger += 1) send(trigger, toldFrame('answer'));
    await answered(5);
    expect(answers.map(({ inspection }) => told(inspection))).toEqual(['1 1', '2 1', '3 1', '4 1', '5 1']);
  });

  it('answer to the number they were asked by, when a camera that restarted counts from 1 again', async () => {
    const { pool, ring, answers, answered } = await opened();
    const { width, height, stride, pixels } = codeFrame();
    const slot = ring.claim() ?? -1;
    ring.memory(slot).set(pixels);
    ring.publish(slot, { trigger: 1, at: Date.now(), width, height, stride });
    pool.frame(slot, 42);
    await answered(1);
    expect(answers.map(({ inspection }) => told(inspection))).toEqual(['42 1']);
  });

  it.each([
    ['exits', 'die', 'exit code 3'],
    ['throws', 'throw', 'as told'],
  ] as const)('are replaced when one %s, and its picture is not inspected', async (_does, how, why) => {
    const { pool, answers, send, answered } = await opened({ threads: SCRIPTED });
    send(1, toldFrame(how));
    send(2, toldFrame('answer'));
    await answered(2);
    expect(answers.map(({ inspection }) => told(inspection))).toEqual([`1 not-inspected: ${why}`, '2 1']);
    expect(pool.counters()).toEqual({ inspected: 1, missed: 1, late: 0, replaced: 1 });
    expect(pool.state().ready).toBe(true);
  });

  it('are replaced when one hangs; its picture is answered in time, and the next is looked at', async () => {
    const { pool, answers, send, answered, ring } = await opened({
      threads: SCRIPTED,
      deadline: 1_500,
      silence: 2_000,
      keep: true,
    });
    send(1, toldFrame('hang'));
    await answered(1);
    expect(answers.map(({ inspection }) => told(inspection))).toEqual(['1 not-inspected: nothing within 1500 ms']);
    expect(ring.state(answers[0]?.slot ?? -1)).toBe(SLOT.done);
    while (!pool.state().ready || pool.counters().replaced === 0) await new Promise((resolve) => setImmediate(resolve));
    send(2, toldFrame('answer'));
    await answered(2);
    expect(told(answers[1]?.inspection as Inspection)).toBe('2 1');
    expect(pool.counters()).toEqual({ inspected: 1, missed: 1, late: 0, replaced: 1 });
  });

  it('give no answer that is late: it is counted, and the item is not inspected', async () => {
    const { pool, answers, send, answered } = await opened({ threads: SCRIPTED, deadline: 100, silence: 30_000 });
    send(1, toldFrame('dawdle', 250));
    await answered(1);
    while (pool.counters().late === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(answers.map(({ inspection }) => told(inspection))).toEqual(['1 not-inspected: nothing within 100 ms']);
    expect(pool.counters()).toEqual({ inspected: 0, missed: 1, late: 1, replaced: 0 });
  });

  it('answer for a picture that never came, in its place', async () => {
    const { pool, answers, send, answered } = await opened({ threads: SCRIPTED });
    send(1, toldFrame('answer'));
    pool.noImage(2, 1_700_000_000_000, 'incomplete');
    pool.noImage(3, 1_700_000_000_200, 'no-free-slot');
    send(4, toldFrame('answer'));
    await answered(4);
    expect(answers.map(({ inspection }) => told(inspection))).toEqual([
      '1 1',
      '2 no-image: incomplete',
      '3 not-inspected: no-free-slot',
      '4 1',
    ]);
    expect(pool.counters()).toEqual({ inspected: 2, missed: 2, late: 0, replaced: 0 });
  });

  it('miss what finds no place in the ring, and say so', async () => {
    const { pool, answers, send, answered } = await opened({ threads: SCRIPTED, slots: 2, keep: true });
    for (let trigger = 1; trigger <= 4; trigger += 1) {
      if (!send(trigger, toldFrame('answer'))) pool.noImage(trigger, 0, 'no-free-slot');
    }
    await answered(4);
    expect(
      answers.map(({ inspection, slot }) => `${told(inspection)} ${slot === undefined ? 'no picture' : 'picture'}`),
    ).toEqual([
      '1 1 picture',
      '2 1 picture',
      '3 not-inspected: no-free-slot no picture',
      '4 not-inspected: no-free-slot no picture',
    ]);
  });

  it('answer for triggers that were left out, and ignore a number that comes again', async () => {
    const { pool, answers, send, answered, ring, logged } = await opened({ threads: SCRIPTED });
    send(7, toldFrame('answer'));
    send(10, toldFrame('answer'));
    send(9, toldFrame('answer'));
    pool.noImage(8, 0, 'incomplete');
    await answered(4);
    expect(answers.map(({ inspection }) => told(inspection))).toEqual([
      '7 1',
      '8 no-image: no word of it',
      '9 no-image: no word of it',
      '10 1',
    ]);
    expect(Array.from({ length: ring.slots }, (_, slot) => ring.state(slot))).toEqual(
      Array(ring.slots).fill(SLOT.free),
    );
    expect(logged.filter(({ event }) => event === 'vision.trigger-count').map(({ fields }) => fields)).toEqual([
      { last: 7, trigger: 10 },
      { last: 10, trigger: 9 },
      { last: 10, trigger: 8 },
    ]);
  });

  it('do not believe a notice of a slot without a picture', async () => {
    const { pool, answers } = await opened({ threads: SCRIPTED });
    pool.frame(3, 1);
    expect(answers.map(({ inspection }) => told(inspection))).toEqual(['1 not-inspected: no frame in its slot']);
  });

  it('share the codes of a layer, once their places are known, and one of them puts it together', async () => {
    const { answers, send, answered } = await opened({ threads: SCRIPTED, workers: 2, job: LAYER });
    send(1, toldFrame('answer', 0, 5));
    await answered(1);
    send(2, toldFrame('answer', 0, 5));
    await answered(2);
    expect(answers.map(({ inspection }) => inspection.codes.map(({ text }) => text).sort())).toEqual([
      Array(5).fill('1 0 0'),
      ['2 2 0 part', '2 2 0 part', '2 3 0 part', '2 3 0 part', '2 3 0 part'],
    ]);
    expect(answers[1]?.inspection.took).toMatchObject({ decode: 3, grade: 3 });
  });

  it('do not inspect a layer of which a part was lost, and look at the next one', async () => {
    const { pool, answers, send, answered } = await opened({ threads: SCRIPTED, workers: 2, job: LAYER });
    send(1, toldFrame('answer', 0, 5));
    await answered(1);
    send(2, toldFrame('die', 0, 5));
    await answered(2);
    while (!pool.state().ready || pool.counters().replaced < 2) await new Promise((resolve) => setImmediate(resolve));
    send(3, toldFrame('answer', 0, 5));
    await answered(3);
    expect(answers.map(({ inspection }) => told(inspection))).toEqual(['1 5', '2 not-inspected: exit code 3', '3 5']);
    expect(pool.counters()).toEqual({ inspected: 2, missed: 1, late: 0, replaced: 2 });
  });

  it('tell all threads what the texts should say, those that come later too', async () => {
    const { pool, answers, send, answered } = await opened({ threads: SCRIPTED, expected: { lot: 'A' } });
    send(1, toldFrame('answer'));
    pool.expect({ lot: 'B' });
    send(2, toldFrame('die'));
    send(3, toldFrame('answer'));
    await answered(3);
    expect(answers.map(({ inspection }) => inspection.codes[0]?.text)).toEqual(['A1 0 0', undefined, 'B3 1 0']);
  });

  it('practise with what the camera was taught before they look at another picture', async () => {
    const { pool, answers, send, answered } = await opened({ threads: SCRIPTED, expected: { lot: 'A' } });
    const font = { height: 20, pitch: 12, gap: 2, space: 8, characters: [], alike: [] };
    pool.know({ calibration: {}, fonts: { ink: font } });
    expect(pool.state().ready).toBe(false);
    send(1, toldFrame('answer'));
    await answered(1);
    expect(pool.state().ready).toBe(true);
    send(2, toldFrame('die'));
    send(3, toldFrame('answer'));
    await answered(3);
    expect(answers.map(({ inspection }) => inspection.codes[0]?.text)).toEqual(['ink1 0 0', undefined, 'ink3 1 0']);
  });

  it('are tried again when they cannot start; meanwhile every picture is answered as not inspected', async () => {
    const nowhere = new URL('./nowhere.thread.ts', import.meta.url);
    const bench = await openBench({ threads: nowhere, deadline: 50 });
    open.push(bench);
    await expect(bench.pool.ready).rejects.toThrow(/Cannot find module/);
    bench.send(1, toldFrame('answer'));
    await bench.answered(1);
    expect(bench.answers.map(({ inspection }) => told(inspection))).toEqual(['1 not-inspected: nothing within 50 ms']);
    expect(bench.pool.state().ready).toBe(false);
    while (bench.pool.counters().replaced < 2) await new Promise((resolve) => setImmediate(resolve));
  });

  it('answer what is owed when they are closed, and nothing afterwards', async () => {
    const { pool, answers, send } = await opened({ threads: SCRIPTED });
    send(1, toldFrame('hang'));
    send(2, toldFrame('answer'));
    await pool.close();
    expect(answers.map(({ inspection }) => told(inspection))).toEqual([
      '1 not-inspected: closing',
      '2 not-inspected: closing',
    ]);
    send(3, toldFrame('answer'));
    pool.noImage(4, 0, 'lost');
    expect(answers.length).toBe(2);
  });

  it('never pass a picture of another size, or one that says it is larger than it is', async () => {
    const { answers, ring, pool, answered } = await opened();
    const lies = [
      { width: FRAME.width, height: 0, stride: FRAME.width },
      { width: 0, height: FRAME.height, stride: FRAME.width },
      { width: FRAME.width, height: FRAME.height, stride: 1 },
      { width: FRAME.width, height: 100_000, stride: FRAME.width },
      { width: 100, height: 100, stride: 100 },
      { width: -1, height: -1, stride: -1 },
    ];
    for (const [place, lie] of lies.entries()) {
      const slot = ring.claim() ?? -1;
      ring.publish(slot, { trigger: place + 1, at: 0, ...lie });
      pool.frame(slot, place + 1);
    }
    await answered(lies.length);
    expect(answers.map(({ inspection: { codes, findings } }) => [codes.length, findings[0]?.check])).toEqual(
      Array(lies.length).fill([0, 'not-inspected']),
    );
    expect(pool.counters()).toEqual({ inspected: 0, missed: lies.length, late: 0, replaced: 0 });
  });
});

it.each([
  [1, 1, 1, 1],
  [1, 8, 1, 1],
  [4, 2, 1, 1],
  [2, 8, 1, 1],
  [1, 2, 40, 2],
  [2, 2, 40, 1],
])('gives each of %i cameras on %i cores with %i codes a picture %i threads', (cameras, cores, codes, workers) => {
  expect(workersFor(cameras, cores, codes)).toBe(workers);
});
