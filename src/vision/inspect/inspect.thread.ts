import { parentPort, workerData } from 'node:worker_threads';
import type { InspectOpening, InspectReply, InspectRequest } from '#vision/inspect/messages.ts';
import { openInspectThread } from '#vision/inspect/open-thread.ts';

/** Entry of an inspect thread. `workerData` is an InspectOpening. */
async function main(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('frames are inspected in a thread only');
  const answer = await openInspectThread(workerData as InspectOpening, (reply) => port.postMessage(reply));
  port.on('message', (request: InspectRequest) => {
    const reply: InspectReply | undefined = answer(request);
    if (reply !== undefined) port.postMessage(reply);
  });
}

await main();
