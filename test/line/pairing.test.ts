import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BELT_FAULTS, type BeltFault, beltWorld } from './belt-world.ts';

interface Happening {
  readonly after: number;
  readonly fault: BeltFault;
}

/**
 * An item without a print whose trigger was missed as well takes no number, and no picture tells of it: nothing but the
 * place of each picture could (docs/faults.md). One of the two at a time is what a line must bear.
 */
const shifts = fc.constantFrom<BeltFault>('no-print', 'trigger-missed').chain((left) =>
  fc.array(
    fc.record({
      after: fc.integer({ min: 1, max: 60 }),
      fault: fc.constantFrom<BeltFault>(...BELT_FAULTS.filter((fault) => fault !== left)),
    }),
    { maxLength: 12 },
  ),
);

/** A shift: things happen, and whenever the line stands a person lets it go on. */
function shift(seed: number, happenings: readonly Happening[], isAnewTold: boolean) {
  const world = beltWorld(seed, { isAnewTold });
  const run = (ticks: number): void => {
    for (let n = 0; n < ticks; n += 1) {
      world.run();
      world.resume();
    }
  };
  for (const { after, fault } of happenings) {
    run(after);
    world.cause(fault);
  }
  run(120);
  return { world, run };
}

describe('whatever happens to belt, reader, printer and cartons', () => {
  it.each([
    ['that tells when it began to count anew', true],
    ['that does not', false],
  ])('no carton passes on the code of another, with a reader %s', (_, isAnewTold) => {
    fc.assert(
      fc.property(fc.integer(), shifts, (seed, happenings) => {
        const { world } = shift(seed, happenings, isAnewTold);
        expect(world.wrong).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('the line makes good cartons again, without a further stop', () => {
    fc.assert(
      fc.property(fc.integer(), shifts, (seed, happenings) => {
        const { world, run } = shift(seed, happenings, true);
        run(200);
        const { good, stops } = world;
        run(100);
        expect([world.good > good, world.stops]).toEqual([true, stops]);
      }),
      { numRuns: 200 },
    );
  });

  it('a line to which nothing happens does not stop', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { world, run } = shift(seed, [], false);
        run(300);
        expect([world.stops, world.wrong]).toEqual([0, []]);
        expect(world.good).toBeGreaterThan(30);
      }),
      { numRuns: 30 },
    );
  });
});
