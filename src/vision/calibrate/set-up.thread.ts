import { parentPort, workerData } from 'node:worker_threads';
import type { SetUpOpening, ToSetUp } from '#vision/calibrate/messages.ts';
import { openSetUpThread } from '#vision/calibrate/open-thread.ts';

/** Entry of a set-up thread: learns a camera's light, plane or font beside the main thread. `workerData`: a SetUpOpening. */
function main(): void {
  const port = parentPort;
  if (port === null) throw new Error('a camera is set up in a thread only');
  const answer = openSetUpThread(workerData as SetUpOpening);
  port.on('message', (message: ToSetUp) => {
    void answer(message).then((reply) => port.postMessage(reply));
  });
}

main();
