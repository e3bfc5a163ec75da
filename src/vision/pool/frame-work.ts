import type { CodeFound, Inspection } from '#contract/inspection.ts';
import type { Place } from '#vision/decode/place.ts';
import type { Owed } from '#vision/pool/frame-queue.ts';

/** What one thread is to do at one frame. */
export interface Task {
  readonly id: number;
  readonly frame: FrameWork;
  /** `frame`: not begun. `part`: some of its places. `rest`: whatever its parts have not found, and the checks. */
  readonly kind: 'frame' | 'part' | 'rest';
  readonly last: readonly Place[];
}

/** A frame on its way through the threads. A layer of many codes is read in parts, then finished by one of them. */
export interface FrameWork {
  readonly owed: Owed;
  readonly slot: number;
  readonly codes: CodeFound[];
  partsLeft: number;
  decode: number;
  grade: number;
}

/** Below so many places, handing parts around costs more than it gains. */
const LEAST_PER_PART = 2;

/** The places in as many parts as there are threads, each with its neighbours; one part: no parts at all. */
export function partsOf(places: readonly Place[], threads: number): readonly (readonly Place[])[] {
  const parts = Math.min(threads, Math.floor(places.length / LEAST_PER_PART));
  if (parts < 2) return [places];
  const size = Math.ceil(places.length / parts);
  return Array.from({ length: Math.ceil(places.length / size) }, (_, part) =>
    places.slice(part * size, (part + 1) * size),
  );
}

/** Adds what a part of the frame held. True when it was the last part. */
export function addPart(frame: FrameWork, { codes, took }: Inspection): boolean {
  frame.codes.push(...codes);
  frame.decode += took.decode;
  frame.grade += took.grade;
  frame.partsLeft -= 1;
  return frame.partsLeft === 0;
}

/** The answer of whoever finished the frame, with the time that its parts took. */
export function wholeAnswer({ decode, grade }: FrameWork, inspection: Inspection): Inspection {
  const { took } = inspection;
  return { ...inspection, took: { ...took, decode: took.decode + decode, grade: took.grade + grade } };
}
