import { expect, it } from 'vitest';
import { wallClock } from '#vision/wall-clock.ts';

it('the wall clock is the system’s to two milliseconds, and never goes back while that does not', () => {
  const clock = wallClock();
  let last = 0;
  for (let i = 0; i < 10_000; i += 1) {
    const [before, now, after] = [Date.now(), clock(), Date.now()];
    expect(now >= before - 2 && now <= after + 3).toBe(true);
    expect(now >= last - 2).toBe(true);
    last = now;
  }
});
