import { parentPort, workerData } from 'node:worker_threads';
import { openKeeper } from '#vision/evidence/keeper.ts';
import type { EvidenceOpening, EvidenceReply, EvidenceRequest } from '#vision/evidence/messages.ts';

/** Entry of the evidence thread: packs and writes pictures, which no verdict waits for. `workerData`: an EvidenceOpening. */
function main(): void {
  const port = parentPort;
  if (port === null) throw new Error('pictures are kept in a thread only');
  const take = openKeeper(workerData as EvidenceOpening, (reply: EvidenceReply) => port.postMessage(reply));
  port.on('message', (request: EvidenceRequest) => {
    if (request.kind === 'close') port.close();
    else take(request);
  });
}

main();
