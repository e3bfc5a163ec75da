import { parentPort, workerData } from 'node:worker_threads';
import { openReadable, type ReadableDb } from '#record/database.ts';
import { account, find, goodItems, productionRecords, runs } from '#record/query/answers.ts';
import { tryLimits } from '#record/query/limits-trial.ts';
import { picture, pictures } from '#record/query/pictures.ts';
import type { ReaderReply, ReaderRequest, RecordQuestion, StreamQuestion } from '#record/query/questions.ts';

/** Entry of the reader thread: searches and reports, which neither wait for the line nor delay it. `workerData`: `{ file }`. */
function main(): void {
  const port = parentPort;
  if (port === null) throw new Error('the record reader runs as a thread only');
  const db = openReadable((workerData as { file: string }).file);
  const streams = new Map<number, Generator<unknown, void>>();
  const reply = (message: ReaderReply): void => port.postMessage(message);

  const take = (request: ReaderRequest): void => {
    switch (request.kind) {
      case 'ask':
        reply({ kind: 'answer', id: request.id, value: answer(db, request.question) });
        return;
      case 'stream':
        streams.set(request.id, stream(db, request.question));
        return;
      case 'next': {
        const step = streams.get(request.id)?.next() ?? { done: true, value: undefined };
        if (step.done === true) streams.delete(request.id);
        reply({ kind: 'chunk', id: request.id, ...(step.done === true ? {} : { value: step.value }) });
        return;
      }
      case 'stop':
        streams.delete(request.id);
        return;
      case 'close':
        db.close();
        port.close();
        return;
    }
  };
  port.on('message', (request: ReaderRequest) => {
    try {
      take(request);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      reply({ kind: 'failed', message, ...('id' in request ? { id: request.id } : {}) });
    }
  });
  reply({ kind: 'opened' });
}

function answer(db: ReadableDb, question: RecordQuestion): unknown {
  switch (question.what) {
    case 'find':
      return find(db, question.serial);
    case 'runs':
      return runs(db);
    case 'tryLimits':
      return tryLimits(db, question.limits);
    case 'pictures':
      return pictures(db, question.query);
    case 'picture':
      return picture(db, question.id);
    case 'account':
      return account(db, question.run);
  }
}

function stream(db: ReadableDb, question: StreamQuestion): Generator<unknown, void> {
  switch (question.what) {
    case 'good':
      return goodItems(db, question.run);
    case 'records':
      return productionRecords(db, question.run);
  }
}

main();
