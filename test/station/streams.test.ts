import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LineSnapshot } from '#contract/snapshot.ts';
import type { Connection } from '#station/connection.ts';
import { latest, newsOf } from '#station/latest.ts';
import { bell, openStreams } from '#station/streams.ts';
import { by, emptyFloor, exampleDesk, imported } from './example-desk.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const connection = (): Connection => ({
  wire: 'ws',
  user: undefined,
  drawn: 0,
  frame: 0,
  eyeDrawn: 0,
  eyeFrame: 0,
  bell: bell(),
  open: true,
});

/** How many waits on the bell of a page are open. */
function countWaits({ bell: rung }: Connection): { readonly pending: number } {
  const open = new Set<() => void>();
  const { watch: watchBell } = rung;
  rung.watch = (wake) => {
    const call = (): void => {
      open.delete(call);
      wake();
    };
    open.add(call);
    const takeBack = watchBell(call);
    return () => {
      open.delete(call);
      takeBack();
    };
  };
  return {
    get pending() {
      return open.size;
    },
  };
}

/** Keeps what a page is sent. */
function watch<T>(stream: AsyncGenerator<T>): T[] {
  const sent: T[] = [];
  void (async () => {
    for await (const one of stream) sent.push(one);
  })();
  return sent;
}

describe('the newest value', () => {
  it('is had by everybody who waits, and only the newest by who comes late', async () => {
    const value = latest<number>();
    const first = newsOf(value);
    const second = newsOf(value);
    value.set(1);
    value.set(2);
    await Promise.all([first, second]);
    expect([value.value, value.version, value.watched]).toEqual([2, 2, false]);
  });

  it('does not change when somebody is only woken', async () => {
    const value = latest<number>();
    const woken = newsOf(value);
    value.poke();
    await woken;
    expect([value.value, value.version]).toEqual([undefined, 0]);
  });

  it('keeps nobody who was woken by something else', async () => {
    const [value, other] = [latest<number>(), latest<null>()];
    const woken = newsOf(value, other);
    other.poke();
    await woken;
    expect([value.watched, other.watched]).toEqual([false, false]);
  });
});

describe('a page', () => {
  it('that does not draw is sent two frames, then nothing, then the newest', async () => {
    const example = exampleDesk();
    const streams = openStreams(example.floor, example.now);
    const page = connection();
    const sent = watch(streams.snapshots(page, by('SUP')));
    for (let tick = 0; tick < 20; tick += 1) {
      streams.changed();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(sent.map(({ frame }) => frame)).toEqual([1, 2]);
    imported(example);
    page.drawn = 2;
    page.bell.poke();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent.map(({ frame, orders }) => [frame, orders.length])).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
    ]);
    streams.close();
  });

  it('that is hidden for hours costs nothing: what waits for it does not grow with the time', async () => {
    const streams = openStreams(emptyFloor(), Date.now);
    const page = connection();
    const waits = countWaits(page);
    const sent = watch(streams.snapshots(page, by('SUP')));
    watch(streams.trends(page));
    for (let minute = 0; minute < 10; minute += 1) {
      streams.changed();
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(sent).toHaveLength(2);
    expect(waits.pending).toBeLessThanOrEqual(2);
    streams.close();
  });

  it('is sent signs of life on an idle line when the wall clock is set back by an hour', async () => {
    const streams = openStreams(emptyFloor(), Date.now);
    const page = connection();
    const sent = watch(streams.snapshots(page, by('SUP')));
    const tenSeconds = async (): Promise<number> => {
      const before = sent.length;
      for (let tick = 0; tick < 100; tick += 1) {
        await vi.advanceTimersByTimeAsync(100);
        page.drawn = page.frame;
        page.bell.poke();
      }
      return sent.length - before;
    };
    const asEver = await tenSeconds();
    vi.setSystemTime(Date.now() - 3_600_000);
    expect(await tenSeconds()).toBeGreaterThanOrEqual(asEver - 2);
    streams.close();
  });

  it('that draws is sent a frame for each change, ten a second at most', async () => {
    const floor = emptyFloor();
    const streams = openStreams(floor, Date.now);
    const page = connection();
    const sent: LineSnapshot[] = watch(streams.snapshots(page, by('SUP')));
    for (let change = 0; change < 100; change += 1) {
      streams.changed();
      await vi.advanceTimersByTimeAsync(10);
      page.drawn = page.frame;
      page.bell.poke();
    }
    expect(sent).toHaveLength(11);
    streams.close();
  });

  it('is sent a sign of life when nothing changes', async () => {
    const streams = openStreams(emptyFloor(), Date.now);
    const page = connection();
    const sent = watch(streams.snapshots(page, by('SUP')));
    for (let tick = 0; tick < 30; tick += 1) {
      await vi.advanceTimersByTimeAsync(100);
      page.drawn = page.frame;
      page.bell.poke();
    }
    expect(sent.length).toBeGreaterThanOrEqual(6);
    expect(sent.length).toBeLessThanOrEqual(8);
    streams.close();
  });

  it('sees its own person in the picture, and the offers for that person', async () => {
    const example = exampleDesk();
    imported(example);
    const streams = openStreams(example.floor, example.now);
    const sent = ['OPR', 'SUP'].map((role) => watch(streams.snapshots(connection(), by(role as 'OPR'))));
    await vi.advanceTimersByTimeAsync(100);
    expect(sent.map(([first]) => [first?.actor, first?.offers.start])).toEqual([
      [
        { userId: 'opr', role: 'OPR' },
        { allowed: false, unmet: [{ guard: 'role', detail: 'SUP' }] },
      ],
      [
        { userId: 'sup', role: 'SUP' },
        { allowed: true, unmet: [] },
      ],
    ]);
    streams.close();
  });

  it('that is gone is sent nothing more, and its stream ends', async () => {
    const streams = openStreams(emptyFloor(), Date.now);
    const page = connection();
    const ended = (async () => {
      let frames = 0;
      for await (const _frame of streams.snapshots(page, by('SUP'))) frames += 1;
      return frames;
    })();
    await vi.advanceTimersByTimeAsync(50);
    page.open = false;
    page.bell.poke();
    expect(await ended).toBe(1);
    streams.close();
  });

  it('that comes late is sent the newest trend at once, and one more every two seconds', async () => {
    const streams = openStreams(emptyFloor(), Date.now);
    await vi.advanceTimersByTimeAsync(2_000);
    const sent = watch(streams.trends(connection()));
    await vi.advanceTimersByTimeAsync(4_000);
    expect(sent.map(({ at }) => at.length)).toEqual([1, 2, 3]);
    streams.close();
  });
});
