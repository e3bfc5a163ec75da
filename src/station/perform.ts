import type { Effect } from '#line/effect.ts';
import { FACT } from '#line/fact.ts';
import { serialAt, stateOf } from '#line/ledger.ts';
import { stands } from '#line/run-out.ts';
import type { Fault } from '#line/signal.ts';
import { changeAlarm } from '#station/alarm-desk.ts';
import { append, type Desk } from '#station/desk.ts';
import { endRun, suspendRun } from '#station/run-moves.ts';

/** PackML CntrlCmd numbers (process.md §6.2). */
export const COMMANDS = { hold: 4, complete: 10 } as const;

/** Performs effects in order. Nothing here is awaited; what must be on disk first waits at the gate. */
export function perform(desk: Desk, effects: readonly Effect[]): void {
  for (const effect of effects) performOne(desk, effect);
}

function performOne(desk: Desk, effect: Effect): void {
  const { crew, gate } = desk;
  switch (effect.kind) {
    case 'record':
      append(desk, effect.fact);
      if (effect.fact.kind === FACT.verdict) desk.witness?.judged(effect.fact);
      return;
    case 'send-verdict':
      sendVerdict(desk, effect);
      return;
    case 'print':
      gate.after(desk.lastSeq, () => print(desk, effect));
      return;
    case 'arm-printer':
      desk.printerReady = crew.printer.tell({ kind: 'arm' }).then((fault) => fault === undefined);
      return;
    case 'disarm-printer':
      void crew.printer.tell({ kind: 'disarm' });
      return;
    case 'permit':
      if (effect.open) openInfeed(desk);
      else void crew.plc.tell({ kind: 'permit', open: false });
      return;
    case 'machine':
      void crew.plc.tell({ kind: 'command', command: COMMANDS[effect.command] });
      return;
    case 'suspend-run':
      suspendRun(desk, effect.cause, effect.device);
      return;
    case 'end-run':
      endRun(desk);
      return;
    case 'alarm':
      changeAlarm(desk, effect.change);
      return;
  }
}

/** The verdict leaves when its fact is on disk, and not before (design.md §3, invariant 1). */
function sendVerdict(desk: Desk, { epoch, seq, pass, reason }: Extract<Effect, { kind: 'send-verdict' }>): void {
  const since = desk.signalledAt;
  desk.gate.after(desk.lastSeq, () => {
    void desk.crew.plc.tell({ kind: 'verdict', epoch, seq, pass, reason });
    desk.latencies.add(performance.now() - since);
  });
}

function print(desk: Desk, { first, count, record }: Extract<Effect, { kind: 'print' }>): void {
  const { ledger } = desk.floor.line;
  const texts = Array.from({ length: count }, (_, offset) => serialAt(ledger, first + offset));
  void desk.crew.printer.tell({ kind: 'enqueue', first: record, texts }).then((fault) => {
    if (fault !== undefined && stateOf(ledger, first) === 'SENT') notTaken(desk, fault);
  });
}

/** Faults that the link to a device tells by itself, with the same consequence. */
const OF_THE_LINK: ReadonlySet<string> = new Set(['offline', 'no-answer']);

/**
 * Records are SENT and in no printer: the run is suspended, and they are voided when it goes on. The fault is over with
 * that; what lasts, the printer reports by itself, and has reported already.
 */
function notTaken(desk: Desk, fault: Fault): void {
  const { line } = desk.floor;
  const { device } = fault;
  if (OF_THE_LINK.has(fault.code) || line.disarmed || line.faulty.has(device)) return;
  desk.report({ kind: 'device-fault', at: desk.now(), fault });
  desk.report({ kind: 'device-fault-cleared', at: desk.now(), device });
}

/** The infeed opens when the printer is armed and what it shall print is on disk; it closes at once. */
function openInfeed(desk: Desk): void {
  const { line } = desk.floor;
  desk.gate.after(desk.lastSeq, () => {
    void desk.printerReady.then((ready) => {
      // A belt that runs empty needs no printer, only somebody who starts it; once it moves, the permit stays closed.
      const isWanted = line.mode === 'running-out' ? stands(line) : ready && line.mode === 'producing';
      if (isWanted && desk.floor.line === line) void desk.crew.plc.tell({ kind: 'permit', open: true });
    });
  });
}
