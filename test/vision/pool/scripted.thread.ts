import { parentPort, workerData } from 'node:worker_threads';
import { openFrameRing } from '#contract/frame-ring.ts';
import type { Corners } from '#contract/inspection.ts';
import type { InspectOpening, InspectReply, InspectRequest } from '#vision/inspect/messages.ts';

// An inspect thread that does what the first pixel of a picture says, and dies, hangs or dawdles as no real one should.

const opening = workerData as InspectOpening;
const ring = openFrameRing(opening.ring);
const taught = ({ fonts }: Pick<InspectOpening, 'fonts'>): string => Object.keys(fonts).join(' ');
/** What stands before every text that is read: what was taught, else the lot. */
let lot = taught(opening) || (opening.expected['lot'] ?? '');

const forever = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};

const behaviour: Record<number, (amount: number) => void> = {
  1: () => process.exit(3),
  2: () => {
    throw new Error('as told');
  },
  3: forever,
  4: (amount) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, amount * 10),
};

const reply = (answer: InspectReply): void => parentPort?.postMessage(answer);

parentPort?.on('message', (request: InspectRequest) => {
  if (request.kind === 'expect') {
    lot = request.expected['lot'] ?? '';
    return;
  }
  if (request.kind === 'know') {
    lot = taught(request);
    reply({ kind: 'ready', frame: 1 });
    return;
  }
  const { trigger, at, width, height, pixels } = ring.look(request.slot);
  behaviour[pixels[0] ?? 0]?.(pixels[1] ?? 0);
  const { last, known, isPart } = request.ask;
  const places = isPart ? last.map(({ corners }) => corners) : known.length > 0 ? [] : placesOf(pixels[2] ?? 1);
  const said = `${lot}${trigger} ${last.length} ${known.length}${isPart ? ' part' : ''}`;
  const found = places.map(
    (corners) => ({ readBy: 'zxing', symbology: 'DataMatrix', text: said, aim: ']d2', corners }) as const,
  );
  const codes = [...known, ...found];
  const took = { whole: 0, decode: 1, grade: 1 };
  reply({
    kind: 'inspected',
    id: request.id,
    inspection: { trigger, at, width, height, codes, findings: [], causes: [], took },
  });
});

function placesOf(count: number): readonly Corners[] {
  return Array.from({ length: count }, (_, place) => {
    const x = 20 * place;
    return [
      [x, 0],
      [x + 9, 0],
      [x + 9, 9],
      [x, 9],
    ];
  });
}

reply({ kind: 'ready', frame: 0 });
