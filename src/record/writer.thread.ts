import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { JournalReply, JournalRequest } from '#contract/journal.ts';
import { startWriter, type WriterOptions } from '#record/writer.ts';

/** Entry of the record thread, the sole writer of a record. `workerData` is a WriterOptions. */
function main(): void {
  const port = parentPort;
  if (port === null) throw new Error('the record writer runs as a thread only');
  const writer = startWriter(workerData as WriterOptions, {
    reply: (reply: JournalReply, transfer = []) => port.postMessage(reply, [...transfer]),
    next: (): JournalRequest | undefined => receiveMessageOnPort(port)?.message,
    later: (work) => setImmediate(work),
    ended: () => port.close(),
  });
  port.on('message', writer);
}

main();
