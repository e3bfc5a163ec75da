import { parentPort, workerData } from 'node:worker_threads';
import { type CameraSession, openCameraSession } from '#devices/camera/gige/camera-session.ts';
import type { CaptureOptions, FromCapture, ToCapture } from '#devices/camera/gige/capture-port.ts';
import { sentenceOf } from '#devices/camera/gige/contact.ts';

/**
 * Entry of a capture thread: it owns both sockets of one camera and writes its ring, for one contact. `workerData` is a
 * CaptureOptions. It ends when the contact does.
 */
function main(): void {
  const port = parentPort;
  if (port === null) throw new Error('capture runs as a thread only');
  const say = (message: FromCapture): void => {
    port.postMessage(message);
    if (message.kind === 'ended' || message.kind === 'refused') port.close();
  };
  const opening = openCameraSession(workerData as CaptureOptions, say).catch((error: unknown) => {
    say({ kind: 'refused', detail: sentenceOf(error) });
    return undefined;
  });
  port.on('message', (message: ToCapture) => {
    void opening.then((session) => act(session, message, say));
  });
}

async function act(
  session: CameraSession | undefined,
  message: ToCapture,
  say: (message: FromCapture) => void,
): Promise<void> {
  if (session === undefined) return;
  if (message.kind === 'close') return session.close();
  say({ kind: 'told', id: message.id, fault: await session.tell(message.what) });
}

main();
