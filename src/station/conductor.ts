import type { JournalFault } from '#contract/journal.ts';
import { advance, type LineSignal } from '#line/advance.ts';
import type { DeviceSignal } from '#line/signal.ts';
import type { Journal } from '#record/journal.ts';
import { copyNowAndThen, type Desk } from '#station/desk.ts';
import { COMMANDS, perform } from '#station/perform.ts';
import { showOnTile } from '#station/tiles.ts';

/** A signal becomes a step, a step becomes effects, effects are performed: the one place where that happens. */
export function conduct(desk: Desk, signal: LineSignal): void {
  desk.signalledAt = performance.now();
  try {
    perform(desk, advance(desk.floor.line, signal, desk.signalledAt));
  } catch (error) {
    failSafe(desk, signal, error);
    throw error;
  }
  copyNowAndThen(desk);
  desk.changed();
}

/**
 * We were wrong: in the midst of a step, what is in memory may be ahead of the record. The line is stopped, and only a
 * restart, which goes by the record, sets that right: a host that lets this error end its process does well.
 */
function failSafe({ log, crew }: Desk, { kind }: LineSignal, error: unknown): void {
  void crew.plc.tell({ kind: 'permit', open: false });
  void crew.plc.tell({ kind: 'command', command: COMMANDS.hold });
  log.error('conductor.wrong', { signal: kind, why: error instanceof Error ? (error.stack ?? error.message) : error });
}

/** What a device reports is shown, and conducted. */
export function report(desk: Desk, signal: DeviceSignal): void {
  showOnTile(desk.floor.devices, signal);
  if (signal.kind === 'job-read') for (const read of desk.jobReaders.splice(0)) read(signal.text);
  conduct(desk, signal);
}

/**
 * Watches the record: while nothing can be written, nothing is passed, and it is tried again every `retryEvery` ms. A disk
 * that hangs without an error counts as one that failed.
 */
export function watchRecord(desk: Desk, retryEvery: number): () => void {
  const { journal, floor, log } = desk;
  const fail = ({ code, message }: JournalFault): void => {
    if (!floor.recordWritable) return;
    floor.recordWritable = false;
    desk.recordFailures += 1;
    log.error('record.failed', { code, message });
    conduct(desk, {
      kind: 'record-failed',
      at: desk.now(),
      cause: code === 'disk-full' ? 'disk-full' : 'record-failed',
      detail: message,
    });
  };
  const unfail = journal.failed(fail);
  const undurable = journal.durable(() => {
    if (floor.recordWritable) return;
    floor.recordWritable = true;
    log.info('record.restored', {});
    conduct(desk, { kind: 'record-restored', at: desk.now() });
  });
  const hangs = hangOf(journal);
  const timer = setInterval(() => {
    if (hangs() && floor.recordWritable) fail({ code: 'io', message: 'The disk takes nothing and reports no error.' });
    if (!floor.recordWritable) journal.retry();
  }, retryEvery);
  return () => {
    clearInterval(timer);
    unfail();
    undurable();
  };
}

/** Asked so often without anything having come to the disk that waits for it, the record hangs. */
const FRUITLESS = 3;

/** Whether the record hangs, to be asked now and then. It counts questions, not time: this thread may have stood still. */
function hangOf(journal: Journal): () => boolean {
  let awaited = 0;
  let fruitless = 0;
  return () => {
    fruitless = journal.durableUpTo >= awaited ? 0 : fruitless + 1;
    if (fruitless === 0) awaited = journal.lastSeq;
    return fruitless >= FRUITLESS;
  };
}
