import { openFrameRing } from '#contract/frame-ring.ts';
import { openReader } from '#vision/decode/reader.ts';
import { createInspector } from '#vision/inspect/inspector.ts';
import type { InspectOpening, InspectReply, InspectRequest } from '#vision/inspect/messages.ts';
import { warmUp } from '#vision/inspect/warm-up.ts';
import { wallClock } from '#vision/wall-clock.ts';

/** Opens what an inspect thread needs, practises, and then answers requests. `report` is told how far it is. */
export async function openInspectThread(
  opening: InspectOpening,
  report: (reply: InspectReply) => void,
): Promise<(request: InspectRequest) => InspectReply | undefined> {
  const { job, calibration, fonts, expected } = opening;
  const ring = openFrameRing(opening.ring);
  const reader = await openReader(opening.decoder);
  const now = (): number => performance.now();
  const inspector = createInspector({ job, calibration, fonts, reader, now, wall: wallClock() });
  inspector.expect(expected);
  const frame = warmUp(inspector, { job, now, progress: (done, of) => report({ kind: 'warming', done, of }) });
  report({ kind: 'ready', frame });
  return (request) => {
    switch (request.kind) {
      case 'inspect': {
        const inspection = inspector.inspect(ring.look(request.slot), request.ask);
        return { kind: 'inspected', id: request.id, inspection };
      }
      case 'expect':
        inspector.expect(request.expected);
        return undefined;
    }
  };
}
