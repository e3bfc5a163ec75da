import type { Inspection } from '#contract/inspection.ts';
import type { ExpectedText, InspectOpening, Known } from '#vision/inspect/messages.ts';
import { type Member, startMember } from '#vision/pool/crew-member.ts';
import type { VisionLog } from '#vision/pool/log.ts';

export interface CrewState {
  /** All threads are warm: a run may begin. */
  readonly ready: boolean;
  /** Practice frames done, and to be done, over all threads. */
  readonly done: number;
  readonly of: number;
}

export interface CrewOptions {
  readonly thread: URL;
  readonly size: number;
  /** Milliseconds without an answer after which a thread is replaced. */
  readonly silence: number;
  readonly opening: InspectOpening;
  readonly log: VisionLog;
  inspected(id: number, inspection: Inspection): void;
  /** A thread ended; `id`: the work it was at. It is being replaced. */
  ended(id: number | undefined, detail: string): void;
  changed(state: CrewState): void;
}

/** The inspect threads of one camera. One that hangs or dies is replaced, and works again when it is warm. */
export interface Crew {
  readonly ready: Promise<void>;
  readonly warm: number;
  readonly replaced: number;
  state(): CrewState;
  idle(): Member | undefined;
  expect(expected: ExpectedText): void;
  know(known: Known): void;
  close(): Promise<void>;
}

/** A thread that dies before it is warm dies again: it is given time. */
const RETRY_MS = 1_000;

interface Place {
  member: Member | undefined;
  done: number;
  of: number;
  retry: NodeJS.Timeout | undefined;
}

export function openCrew(options: CrewOptions): Crew {
  const places: Place[] = Array.from({ length: options.size }, () => ({
    member: undefined,
    done: 0,
    of: 1,
    retry: undefined,
  }));
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => undefined); // who waits hears of it; who does not sees `state`
  let { opening } = options;
  let replaced = 0;
  let isClosing = false;
  const warm = (): number => places.filter(({ member }) => member?.isReady === true).length;
  const state = (): CrewState => ({
    ready: warm() === places.length,
    done: places.reduce((sum, { done }) => sum + done, 0),
    of: places.reduce((sum, { of }) => sum + of, 0),
  });
  const start = (place: Place): void => {
    place.done = 0;
    place.member = startMember(options.thread, opening, options.silence, {
      warming(done, of) {
        Object.assign(place, { done, of });
        options.changed(state());
      },
      ready(frame) {
        place.done = place.of;
        options.log.info('vision.thread-ready', { frame });
        if (warm() === places.length) ready.resolve();
        options.changed(state());
      },
      inspected: options.inspected,
      ended({ how, detail, wasReady, work }) {
        place.member = undefined;
        replaced += 1;
        options.log.warn('vision.thread-ended', { how, detail });
        ready.reject(new Error(`an inspect thread ended: ${detail}`));
        if (!isClosing) place.retry = setTimeout(() => start(place), wasReady ? 0 : RETRY_MS);
        options.ended(work, detail);
        options.changed(state());
      },
    });
  };
  for (const place of places) start(place);
  return {
    ready: ready.promise,
    get warm() {
      return warm();
    },
    get replaced() {
      return replaced;
    },
    state,
    idle: () => places.find(({ member }) => member?.isReady === true && member.work === undefined)?.member,
    expect(expected) {
      opening = { ...opening, expected };
      for (const { member } of places) member?.expect(expected);
    },
    know({ calibration, fonts }) {
      opening = { ...opening, calibration, fonts };
      for (const { member } of places) member?.know({ calibration, fonts });
      options.changed(state());
    },
    async close() {
      isClosing = true;
      for (const { retry } of places) clearTimeout(retry);
      await Promise.all(places.flatMap(({ member }) => (member === undefined ? [] : [member.close()])));
    },
  };
}
