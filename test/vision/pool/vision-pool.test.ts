import { afterEach, describe, expect, it } from 'vitest';
import { SLOT } from '#contract/frame-ring.ts';
import { CONTENT } from '../decode/picture.ts';
import { type Bench, codeFrame, openBench } from './frames.ts';

const open: Bench[] = [];
const opened = async (...options: Parameters<typeof openBench>): Promise<Bench> => {
  const bench = await openBench(...options);
  open.push(bench);
  return bench;
};

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ pool }) => pool.close()));
});

describe('the threads that look into pictures', () => {
  it('read a code out of the ring, and leave the picture to whoever asked until it is released', async () => {
    const { pool, ring, answers, send, answered } = await opened({ keep: true });
    await pool.ready;
    send(1, codeFrame());
    await answered(1);
    const [answer] = answers;
    expect(answer?.inspection).toMatchObject({
      trigger: 1,
      width: 320,
      height: 240,
      codes: [{ readBy: 'zxing', symbology: 'DataMatrix', text: CONTENT, aim: ']d2' }],
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
});
