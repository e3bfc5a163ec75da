import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAgenda } from '#virtual-line/kernel/agenda.ts';
import { change, encoderAt, restsAt, speedAt, standing, timeOf } from '#virtual-line/kernel/belt.ts';
import { loadGeometry } from '#virtual-line/kernel/geometry.ts';
import { createItem } from '#virtual-line/kernel/item.ts';
import { createKernel } from '#virtual-line/kernel/kernel.ts';
import { PRINT_FAULTS, printOf } from '#virtual-line/kernel/print-quality.ts';
import { FLAWLESS } from '#virtual-line/print-defects.ts';
import { randomStream } from '#virtual-line/random.ts';

const geometry = loadGeometry(new URL('../../resources/geometry/carton-300.json', import.meta.url));

describe('the belt', () => {
  const ramps = fc.array(
    fc.record({
      wait: fc.double({ min: 0, max: 5000, noNaN: true }),
      to: fc.double({ min: 0, max: 2000, noNaN: true }),
      rate: fc.constantFrom(300, 600, 2500),
    }),
    { minLength: 1, maxLength: 6 },
  );

  it('is at a place exactly when it says it will be', () => {
    fc.assert(
      fc.property(ramps, fc.double({ min: 0.01, max: 3000, noNaN: true }), (turns, way) => {
        let belt = standing(0, 0);
        let t = 0;
        for (const { wait, to, rate } of turns) {
          t += wait;
          belt = change(belt, t, { to, rate });
        }
        const place = belt.enc + way;
        const at = timeOf(belt, place);
        if (at === Number.POSITIVE_INFINITY) expect(encoderAt(belt, 1e12)).toBeLessThanOrEqual(place + 1e-6);
        else expect(encoderAt(belt, at)).toBeCloseTo(place, 4);
      }),
    );
  });

  it('stands 0.2 m after a fast stop and 1.67 m after a controlled one', () => {
    const running = { ...standing(0, 0), from: 1000, to: 1000 };
    const ways = [2500, 300].map((rate) => {
      const belt = change(running, 0, { to: 0, rate });
      const rest = restsAt(belt) ?? 0;
      return [Math.round(encoderAt(belt, rest)), speedAt(belt, rest)];
    });
    expect(ways).toEqual([
      [200, 0],
      [1667, 0],
    ]);
  });
});

describe('the agenda', () => {
  it('gives happenings in order, and equal ones as they were entered', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (keys) => {
        const agenda = createAgenda();
        for (const key of keys) agenda.add(key, () => undefined);
        const taken = keys.map(() => agenda.take()).map((happening) => [happening?.key, happening?.order]);
        const sorted = keys.map((key, order) => [key, order]).sort(([a = 0, i = 0], [b = 0, j = 0]) => a - b || i - j);
        expect(taken).toEqual(sorted);
      }),
    );
  });
});

describe('an item', () => {
  it('is the same in every run of the same seed, whatever came before it', () => {
    const item = () => createItem(geometry, 4711, { no: 17, enc: 5000 });
    expect(item()).toEqual(item());
    expect(createItem(geometry, 4712, { no: 17, enc: 5000 })).not.toEqual(item());
  });

  it('comes to each station in turn, near where the station stands', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 100_000 }), (seed, no) => {
        const { at, pitch } = createItem(geometry, seed, { no, enc: 0 });
        const places = Object.values(at);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(Math.abs(at.goodExit - 1750)).toBeLessThan(25);
        expect(pitch).toBeGreaterThanOrEqual(165);
        expect(pitch).toBeLessThanOrEqual(260);
      }),
    );
  });

  it('mostly prints well: nine of ten grade A or B, some fail', () => {
    const grades = Array.from({ length: 5000 }, (_, no) => createItem(geometry, 1, { no, enc: 0 }).quality);
    expect(grades.filter((grade) => grade >= 2.5).length).toBeGreaterThan(4800);
    expect(grades.filter((grade) => grade < 1.5).length).toBeGreaterThan(5);
  });
});

describe('the kernel', () => {
  it('lets physics wait for an answer, and goes on from there in lock-step', async () => {
    let wall = 0;
    const kernel = createKernel({ speed: 10, wall: () => wall });
    const seen: number[] = [];
    kernel.after(100, () => {
      // Somebody took three seconds to answer.
      wall += 3000;
      seen.push(kernel.now().t);
    });
    kernel.after(110, () => {
      seen.push(kernel.now().t);
      kernel.end();
    });
    wall = 1000;
    const run = kernel.run();
    const tick = setInterval(() => {
      wall += 1;
    }, 1);
    await run;
    clearInterval(tick);
    expect(seen).toEqual([100, 110]);
  });

  it('does what comes from outside between two happenings', async () => {
    const kernel = createKernel({ speed: 20, wall: () => performance.now() });
    const seen: string[] = [];
    kernel.post(() => void seen.push('order'));
    kernel.after(0, () => {
      seen.push('physics');
      kernel.end();
    });
    await kernel.run();
    expect(seen).toEqual(['order', 'physics']);
  });
});

describe('a print', () => {
  const random = () => randomStream(1, 'print-defects', 7);

  it('is as pale as its grade is low, and lacks a nozzle where nobody can read it', () => {
    const contrasts = [4, 3, 2, 1, 0.3].map((quality) => printOf(quality, random()).contrast);
    expect(contrasts).toEqual([0.84, 0.58, 0.425, 0.215, 0.135]);
    expect(printOf(3, random()).deadRows).toEqual([]);
    expect(printOf(-1, random()).deadRows).toEqual([{ at: 8.5, width: 1 }]);
  });

  it('differs a little from item to item, and not from run to run', () => {
    const of = (no: number) => createItem(geometry, 5, { no, enc: 0 }).print;
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
    const offsets = Array.from({ length: 50 }, (_, no) => of(no).offset);
    for (const { x, y } of offsets) {
      expect(Math.abs(x)).toBeLessThanOrEqual(0.4);
      expect(Math.abs(y)).toBeLessThanOrEqual(0.25);
    }
  });

  it('gets paler from item to item while the ink fades, and its grade falls with it', () => {
    const fading = PRINT_FAULTS['F07-fading'];
    const ages = [0, 43, 69, 104, 200];
    expect(ages.map((age) => fading?.spoil(FLAWLESS, age).contrast)).toEqual([0.834, 0.576, 0.42, 0.21, 0.1]);
    expect(ages.map((age) => fading?.best(age))).toEqual([3.967, 2.974, 1.976, 0.957, 0]);
  });

  it('gets worse from item to item while dot gain drifts, until nobody reads it', () => {
    const drift = PRINT_FAULTS['F07-drift'];
    const ages = [0, 12, 13, 20, 27, 32, 33];
    expect(ages.map((age) => drift?.spoil(FLAWLESS, age).growth.x)).toEqual(
      [0.015, 0.195, 0.21, 0.315, 0.42, 0.495, 0.51].map((growth) => expect.closeTo(growth, 6)),
    );
    const grades = ages.map((age) => drift?.best(age) ?? 0);
    expect(grades).toEqual([...grades].sort((a, b) => b - a));
    expect([grades[1], grades.at(-1)]).toEqual([4, -1]);
  });
});
