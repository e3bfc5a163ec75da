import { openFrameRing } from '#contract/frame-ring.ts';
import { openReader } from '#vision/decode/reader.ts';
import { createInspector } from '#vision/inspect/inspector.ts';
import type { InspectOpening, InspectReply, InspectRequest } from '#vision/inspect/messages.ts';

/** Opens what an inspect thread needs, and answers requests with it once it is warm. */
export async function openInspectThread(
  opening: InspectOpening,
  report: (reply: InspectReply) => void,
): Promise<(request: InspectRequest) => InspectReply | undefined> {
  const { job, calibration, expected } = opening;
  const ring = openFrameRing(opening.ring);
  const reader = await openReader(opening.decoder);
  const inspector = createInspector({
    job,
    calibration,
    reader,
    now: () => performance.timeOrigin + performance.now(),
  });
  inspector.expect(expected);
  report({ kind: 'ready', frame: 0 });
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
