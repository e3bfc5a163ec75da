import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { leibingerDriver } from '#devices/printer/leibinger/driver.ts';
import type { Chunk, Wire } from '#devices/wire.ts';

/** So many go out while an answer is under way. */
const HEARTBEATS = 5;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A printer on a wire of its own. What it answers is what holds when it is asked; `lag` answers are always under way. */
function slowPrinter() {
  const state = { nozzle: 2, machine: 6, error: 0, entries: 0 };
  const answers: Readonly<Record<string, () => string>> = {
    '^0?RS': () => `^0=RS${state.nozzle}\t${state.machine}\t${state.error}\t0\t0\r`,
    '^0?SM': () => `^0=SM256\t${state.entries}\t7\t0\t1\t9\r`,
    '^0?CC': () => '^0=CC7\t0\t7\r',
  };
  let lag = 0;
  const underWay: string[] = [];
  let arrived: string[] = [];
  let wake = (): void => {};
  const arrive = (...texts: readonly string[]): void => {
    arrived.push(...texts);
    wake();
  };
  async function* received(): AsyncGenerator<Chunk> {
    for (;;) {
      const texts = arrived;
      arrived = [];
      if (texts.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      for (const text of texts) yield { bytes: Buffer.from(text, 'latin1'), at: 0, monotonic: 0 };
    }
  }
  const wire: Wire = {
    async write(bytes) {
      for (const command of Buffer.from(bytes).toString('latin1').split('\r')) {
        const answer = answers[command]?.();
        if (answer !== undefined) underWay.push(answer);
        arrive(...underWay.splice(0, Math.max(0, underWay.length - lag)));
      }
    },
    received: { [Symbol.asyncIterator]: received },
    close: async () => {},
  };
  return {
    wire,
    state,
    /** Says as often as it is asked within half a second a status that nobody asked for. */
    sayUnasked(question: string): void {
      arrive(...Array<string>(HEARTBEATS).fill(answers[question]?.() ?? ''));
    },
    /** From now on each answer takes half a second. */
    async slowDown(): Promise<void> {
      lag = 2 * HEARTBEATS; // of two questions
      await vi.advanceTimersByTimeAsync(500);
      expect(underWay.length).toBe(lag);
    },
  };
}

async function met() {
  const printer = slowPrinter();
  const session = await leibingerDriver('printer-1').connect(printer.wire, () => {});
  return { printer, session };
}

/** What comes of it within ten seconds. */
async function soon<T>(answer: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(10_000);
  return answer;
}

it('a status that nobody asked for does not make an older one the proof that the buffer was cleared', async () => {
  const { printer, session } = await met();
  await printer.slowDown();
  printer.sayUnasked('^0?SM'); // nothing is queued
  printer.state.entries = 3; // and cannot be cleared
  expect(await soon(session.tell({ kind: 'disarm' }))).toMatchObject({ code: 'not-cleared' });
  await session.close();
});

it('a status that nobody asked for does not make an older one the proof that it prints', async () => {
  const { printer, session } = await met();
  await printer.slowDown();
  printer.sayUnasked('^0?RS'); // it is printing
  Object.assign(printer.state, { machine: 4, error: 2007 });
  expect(await soon(session.tell({ kind: 'arm' }))).toMatchObject({ code: '2007', detail: 'the head cover is open' });
  await session.close();
});
