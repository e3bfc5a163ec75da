import { converse } from '#devices/conversation.ts';
import type { Driver, Session } from '#devices/driver.ts';
import { parseMachine, parseMailing } from '#devices/printer/leibinger/commands.ts';
import { carryOut, machine, mailing, type PrinterContext } from '#devices/printer/leibinger/directives.ts';
import { type Frame, frameReader } from '#devices/printer/leibinger/frames.ts';
import { type Progress, progressOf } from '#devices/printer/leibinger/progress.ts';
import { questions } from '#devices/questions.ts';
import type { Wire } from '#devices/wire.ts';
import type { DeviceSignal, PrinterDirective } from '#line/signal.ts';
import type { Millis } from '#line/time.ts';

const POLL: Millis = 100;
const SILENCE: Millis = 1_000;

export const LEIBINGER_JET = {
  id: 'leibinger-jet',
  evidence: 'own-emulator',
  capabilities: { kind: 'printer', buffer: 'numbered-fifo', depth: 256, printDone: 'index', readBack: 'static-text' },
} as const;

type Report = (signal: DeviceSignal) => void;

/** Leibinger JET in mailing mode (docs/devices/leibinger-jet.md). One driver per printer: it remembers its counts. */
export function leibingerDriver(device: string): Driver<DeviceSignal, PrinterDirective> {
  const progress = progressOf(device);
  return {
    ...LEIBINGER_JET,
    async connect(wire, report) {
      progress.begin();
      const { context, session } = openSession(device, wire, progress, report);
      if (await answers(context)) return session;
      await session.close();
      throw new Error('the printer does not answer');
    },
  };
}

function openSession(device: string, wire: Wire, progress: Progress, report: Report) {
  const talk = converse(wire, frameReader(), (frame) => {
    if (frame.sort === '=') take(frame);
  });
  const context: PrinterContext = {
    device,
    talk,
    asked: questions(),
    free: 0,
    sent: 0,
    disarms: 0,
    queued: progress.queued,
  };
  const spoken = bothSpoken(() => talk.alive());

  function take(frame: Frame): void {
    for (const signal of understand(frame)) report(signal);
    context.asked.answer(frame.tag, frame.parameters);
  }

  function understand({ tag, parameters, at }: Frame): DeviceSignal[] {
    if (tag === 'ET') return [{ kind: 'job-read', at, device, text: parameters.join('\t') }];
    if (tag === 'RS') {
      const status = parseMachine(parameters);
      if (status !== undefined) spoken('machine');
      return status === undefined ? [] : progress.machine(status, at);
    }
    const status = tag === 'SM' ? parseMailing(parameters) : undefined;
    if (status === undefined) return [];
    spoken('mailing');
    return progress.mailing(status, at);
  }

  void talk.ended.then(() => context.asked.abandon());
  const session: Session<PrinterDirective> = {
    ended: talk.ended,
    tell: (directive) => carryOut(context, directive),
    close: () => talk.close(),
  };
  return { context, session };
}

/** First contact: both statuses, once; then the same questions are the heartbeat. */
async function answers(context: PrinterContext): Promise<boolean> {
  const ask = () => Promise.all([mailing(context), machine(context)]);
  if ((await ask()).includes(undefined)) return false;
  context.talk.beat({ period: POLL, limit: SILENCE, ask: () => void ask() });
  return true;
}

/** A printer that answers one question of two is not alive. */
function bothSpoken(alive: () => void): (status: 'mailing' | 'machine') => void {
  const heard = new Set<string>();
  return (status) => {
    heard.add(status);
    if (heard.size < 2) return;
    heard.clear();
    alive();
  };
}
