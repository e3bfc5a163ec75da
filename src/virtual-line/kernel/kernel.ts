import { createAgenda, type Happening } from '#virtual-line/kernel/agenda.ts';
import { type BeltMotion, change, encoderAt, restsAt, speedAt, standing, timeOf } from '#virtual-line/kernel/belt.ts';
import { createClock } from '#virtual-line/kernel/clock.ts';
import type { Now } from '#virtual-line/messages.ts';

/** Time, belt and order of happenings. It knows nothing about items or devices. */
export interface Kernel {
  now(): Now;
  /** When the belt has moved on to this encoder position (mm). */
  at(enc: number, what: Happening['what']): void;
  /** After this much physics time (ms). */
  after(ms: number, what: Happening['what']): void;
  /** From outside physics: done between two happenings, at the physics time of that moment. */
  post(what: Happening['what']): void;
  /** Lets the belt approach a speed (mm/s) at a rate (mm/s²); `rested` is called when it has come to stand. */
  drive(to: number, rate: number, rested?: Happening['what']): void;
  pause(): void;
  go(): void;
  end(): void;
  /** Until `end`. */
  run(): Promise<void>;
}

export interface KernelOptions {
  /** Physics time over wall time. Above 1 whoever is asked may take his time: physics waits and goes on from there. */
  readonly speed: number;
  /** Monotonic wall time in ms. */
  readonly wall: () => number;
}

// A timer cannot do better, and half a millimetre early harms nobody.
const EARLY = 0.5;
// In lock-step more lag (wall ms) than this is not made up for.
const HALT = 250;

export function createKernel({ speed, wall }: KernelOptions): Kernel {
  const isLockStep = speed > 1;
  const clock = createClock(speed, wall);
  const along = createAgenda();
  const timed = createAgenda();
  const inbox: Happening['what'][] = [];
  let belt: BeltMotion = standing(0, 0);
  let now: Now = { t: 0, enc: 0, v: 0 };
  let isPaused = false;
  let isEnded = false;
  let stir = (): void => undefined;

  const setTime = (t: number, enc = encoderAt(belt, t)): void => {
    now = { t, enc: Math.max(enc, now.enc), v: speedAt(belt, t) };
  };
  const next = (): { readonly t: number; readonly enc?: number; take(): Happening | undefined } | undefined => {
    const position = along.first();
    const moment = timed.first();
    const reached = position ? Math.max(timeOf(belt, position.key), now.t) : Number.POSITIVE_INFINITY;
    if (position && reached !== Number.POSITIVE_INFINITY && reached <= (moment?.key ?? Number.POSITIVE_INFINITY)) {
      return { t: reached, enc: position.key, take: along.take };
    }
    return moment && { t: Math.max(moment.key, now.t), take: timed.take };
  };
  const stimulus = (wait?: number): Promise<void> =>
    new Promise((resolve) => {
      if (inbox.length > 0 || isEnded) return resolve();
      const timer = wait === undefined ? undefined : setTimeout(resolve, Math.max(1, wait));
      stir = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const drain = async (): Promise<void> => {
    if (inbox.length === 0) return;
    const limit = next()?.t ?? (isLockStep ? now.t : Number.POSITIVE_INFINITY);
    if (!isPaused) setTime(Math.max(now.t, Math.min(clock.allowed(), limit)));
    for (let what = inbox.shift(); what; what = inbox.shift()) await what();
  };
  const happen = async (): Promise<void> => {
    const coming = isPaused ? undefined : next();
    if (!coming) {
      await stimulus();
      if (isLockStep) clock.resume(now.t);
      return;
    }
    const wait = clock.until(coming.t);
    if (wait > EARLY) return stimulus(wait);
    setTime(coming.t, coming.enc);
    await coming.take()?.what();
    if (isLockStep && clock.allowed() - now.t > HALT * speed) clock.resume(now.t);
  };

  return {
    now: () => now,
    at: (enc, what) => along.add(enc, what),
    after: (ms, what) => timed.add(now.t + ms, what),
    post(what) {
      inbox.push(what);
      stir();
    },
    drive(to, rate, rested) {
      belt = change(belt, now.t, { to, rate });
      const driven = belt;
      const rest = restsAt(belt);
      if (rest !== undefined && rested) timed.add(rest, () => (belt === driven ? rested() : undefined));
    },
    pause() {
      isPaused = true;
    },
    go() {
      isPaused = false;
      clock.resume(now.t);
      stir();
    },
    end() {
      isEnded = true;
      stir();
    },
    async run() {
      clock.resume(now.t);
      while (!isEnded) {
        await drain();
        if (!isEnded) await happen();
      }
    },
  };
}
