import type { CameraJob } from '#contract/camera-job.ts';
import type { Frame } from '#contract/frame-ring.ts';
import type { CodeFound, Inspection, Pcg } from '#contract/inspection.ts';
import { type Decoded, decodeFrame } from '#vision/decode/decode-frame.ts';
import type { Reader } from '#vision/decode/reader.ts';
import type { GreyImage } from '#vision/image.ts';
import { frameFault } from '#vision/inspect/frame-check.ts';
import type { Ask, ExpectedText } from '#vision/inspect/messages.ts';
import { notInspected } from '#vision/inspect/no-inspection.ts';
import { inReadingOrder } from '#vision/inspect/reading-order.ts';

/** A graded code: its print, and its corners as the grader found them. */
export interface GradedCode {
  readonly pcg?: Pcg;
  readonly corners: CodeFound['corners'];
}

export interface InspectorParts {
  readonly job: CameraJob;
  readonly reader: Reader;
  readonly grade: (image: GreyImage, reading: Decoded) => GradedCode;
  /** Wall clock in milliseconds, with fractions. */
  readonly now: () => number;
}

/** Looks into frames, one after the other (vision.md §9.5). */
export interface Inspector {
  inspect(frame: Frame, ask: Ask): Inspection;
  /** From the next frame on. */
  expect(expected: ExpectedText): void;
}

export function createInspector(parts: InspectorParts): Inspector {
  let expected: ExpectedText = {};
  return {
    inspect: (frame, ask) => inspectFrame(frame, ask, parts, expected),
    expect(next) {
      expected = next;
    },
  };
}

/** Share of the budget after which no further attempt is begun: grading needs the rest. */
const ATTEMPTS = 0.6;

function inspectFrame(frame: Frame, ask: Ask, parts: InspectorParts, _expected: ExpectedText): Inspection {
  const { job, reader, grade, now } = parts;
  const began = now();
  const fault = frameFault(frame, job);
  if (fault !== undefined) {
    const expects = `${job.frame.width} × ${job.frame.height} pixels`;
    return notInspected(
      { ...frame, width: 0, height: 0 },
      { check: 'not-inspected', found: fault, expected: expects },
      began,
    );
  }
  const hasTime = (): boolean => now() - began < ask.budget * ATTEMPTS;
  const known = ask.known.map(({ corners }) => corners);
  const decoded = decodeFrame(reader, frame, job, { windows: ask.windows, isPart: ask.isPart, known, hasTime });
  const decodedAt = now();
  const codes = decoded.map((reading) => codeOf(reading, grade(frame, reading)));
  const gradedAt = now();
  const { trigger, at, width, height } = frame;
  return {
    trigger,
    at,
    width,
    height,
    codes: inReadingOrder([...ask.known, ...codes]),
    findings: [],
    causes: [],
    took: { whole: Math.max(0, now() - at), decode: decodedAt - began, grade: gradedAt - decodedAt },
  };
}

function codeOf({ readBy, symbology, text, aim }: Decoded, { pcg, corners }: GradedCode): CodeFound {
  return { readBy, symbology, text, aim, corners, ...(pcg === undefined ? {} : { pcg }) };
}
