import { advance, type LineSignal } from '#line/advance.ts';
import type { DeviceSignal } from '#line/signal.ts';
import { copyNowAndThen, type Desk } from '#station/desk.ts';
import { perform } from '#station/perform.ts';
import { showOnTile } from '#station/tiles.ts';

/** A signal becomes a step, a step becomes effects, effects are performed: the one place where that happens. */
export function conduct(desk: Desk, signal: LineSignal): void {
  desk.signalledAt = performance.now();
  perform(desk, advance(desk.floor.line, signal, desk.signalledAt));
  copyNowAndThen(desk);
  desk.changed();
}

/** What a device reports is shown, and conducted. */
export function report(desk: Desk, signal: DeviceSignal): void {
  showOnTile(desk.floor.devices, signal);
  if (signal.kind === 'job-read') for (const read of desk.jobReaders.splice(0)) read(signal.text);
  conduct(desk, signal);
}

/** Watches the record: while nothing can be written, nothing is passed, and it is tried again every `retryEvery` ms. */
export function watchRecord(desk: Desk, retryEvery: number): () => void {
  const { journal, floor, log } = desk;
  const unfail = journal.failed(({ code, message }) => {
    if (!floor.recordWritable) return;
    floor.recordWritable = false;
    log.error('record.failed', { code, message });
    conduct(desk, {
      kind: 'record-failed',
      at: desk.now(),
      cause: code === 'disk-full' ? 'disk-full' : 'record-failed',
      detail: message,
    });
  });
  const undurable = journal.durable(() => {
    if (floor.recordWritable) return;
    floor.recordWritable = true;
    log.info('record.restored', {});
    conduct(desk, { kind: 'record-restored', at: desk.now() });
  });
  const timer = setInterval(() => {
    if (!floor.recordWritable) journal.retry();
  }, retryEvery);
  return () => {
    clearInterval(timer);
    unfail();
    undurable();
  };
}
