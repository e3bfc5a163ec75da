import { openFrameRing } from '#contract/frame-ring.ts';
import { openReader } from '#vision/decode/reader.ts';
import { createInspector, type Inspector } from '#vision/inspect/inspector.ts';
import type { InspectOpening, InspectReply, InspectRequest, Known } from '#vision/inspect/messages.ts';
import { warmUp } from '#vision/inspect/warm-up.ts';
import { wallClock } from '#vision/wall-clock.ts';

/** Opens what an inspect thread needs, practises, and then answers requests. `report` is told how far it is. */
export async function openInspectThread(
  opening: InspectOpening,
  report: (reply: InspectReply) => void,
): Promise<(request: InspectRequest) => InspectReply | undefined> {
  const { job } = opening;
  const ring = openFrameRing(opening.ring);
  const reader = await openReader(opening.decoder);
  const now = (): number => performance.now();
  let { expected } = opening;
  let inspector = practised(opening);

  /** Whatever is known of the camera is practised with: a thread is ready when what it will do is warm. */
  function practised({ calibration, fonts }: Known): Inspector {
    const made = createInspector({ job, calibration, fonts, reader, now, wall: wallClock() });
    made.expect(expected);
    const frame = warmUp(made, { job, now, progress: (done, of) => report({ kind: 'warming', done, of }) });
    report({ kind: 'ready', frame });
    return made;
  }

  return (request) => {
    switch (request.kind) {
      case 'inspect': {
        const inspection = inspector.inspect(ring.look(request.slot), request.ask);
        return { kind: 'inspected', id: request.id, inspection };
      }
      case 'expect':
        expected = request.expected;
        inspector.expect(expected);
        return undefined;
      case 'know':
        inspector = practised(request);
        return undefined;
    }
  };
}
