import type { Conversation } from '#devices/conversation.ts';
import * as command from '#devices/printer/leibinger/commands.ts';
import { isRepresentable } from '#devices/printer/leibinger/frames.ts';
import type { Questions } from '#devices/questions.ts';
import type { Fault, PrinterDirective } from '#line/signal.ts';
import type { Millis } from '#line/time.ts';

const ANSWER_LIMIT: Millis = 1_000;
/** A nozzle that needs longer is stuck. */
const ARM_LIMIT: Millis = 15_000;
const ARM_PERIOD: Millis = 50;

/** What carrying out a directive needs of its session. */
export interface PrinterContext {
  readonly device: string;
  readonly talk: Conversation;
  readonly asked: Questions<string, readonly string[]>;
  /** Room in the FIFO by the last mailing status, less what was sent since that status was asked for. */
  free: number;
  /** Records handed over in this session. */
  sent: number;
  /** Grows with each `disarm`, so that an `arm` under way learns that it was overtaken. */
  disarms: number;
  queued(first: number): void;
}

/** Writes are not acknowledged, so each directive asks afterwards whether it came true. */
export async function carryOut(context: PrinterContext, directive: PrinterDirective): Promise<Fault | undefined> {
  switch (directive.kind) {
    case 'select':
      return select(context, directive.job, directive.text);
    case 'read-back':
      return (await ask(context, 'ET', command.askText)) === undefined ? unanswered(context) : undefined;
    case 'arm':
      return arm(context);
    case 'enqueue':
      return enqueue(context, directive.first, directive.texts);
    case 'disarm':
      return disarm(context);
  }
}

async function select(context: PrinterContext, job: string, text: string): Promise<Fault | undefined> {
  if (!isRepresentable(job) || !isRepresentable(text)) return unrepresentable(context);
  const handed = await context.talk.send(Buffer.concat([command.selectJob(job), command.setText(text)]));
  if (!handed) return unanswered(context);
  return (await machine(context)) === undefined ? unanswered(context) : undefined;
}

async function arm(context: PrinterContext): Promise<Fault | undefined> {
  const { disarms } = context;
  const before = await machineNow(context);
  if (before === undefined) return unanswered(context);
  if (before.error !== 0) await context.talk.send(command.acknowledgeError);
  if (before.nozzle !== command.NOZZLE_OPEN) await context.talk.send(command.openNozzle);
  const opened = await until(context, disarms, (status) => status.nozzle === command.NOZZLE_OPEN);
  if (opened !== undefined) return opened;
  await context.talk.send(command.startPrinting);
  return until(context, disarms, ({ machine: state }) => {
    return state === command.READY_FOR_PRINT_START || state === command.PRINTING;
  });
}

/** Waits for a status; a Fault when it does not come, when an error stands, or when a `disarm` came between. */
async function until(
  context: PrinterContext,
  disarms: number,
  holds: (status: command.MachineStatus) => boolean,
): Promise<Fault | undefined> {
  const limit = performance.now() + ARM_LIMIT;
  while (performance.now() < limit) {
    const status = await machineNow(context);
    if (status === undefined) return unanswered(context);
    if (context.disarms !== disarms) return fault(context, 'disarmed', 'it was disarmed before it was ready');
    if (status.error !== 0) {
      return fault(context, String(status.error), command.ERROR_MEANINGS[status.error] ?? 'the printer has an error');
    }
    if (holds(status)) return undefined;
    await new Promise((resolve) => setTimeout(resolve, ARM_PERIOD));
  }
  return fault(context, 'not-ready', `the printer was not ready within ${ARM_LIMIT} ms`);
}

async function enqueue(context: PrinterContext, first: number, texts: readonly string[]): Promise<Fault | undefined> {
  if (!texts.every(isRepresentable)) return unrepresentable(context);
  if (texts.length > context.free) return fault(context, '1015', `${context.free} records fit, ${texts.length} came`);
  if (texts.length === 0) return undefined;
  context.free -= texts.length;
  context.sent += texts.length;
  context.queued(first);
  if (!(await context.talk.send(command.queueRecords(first, texts)))) return unanswered(context);
  const after = await machine(context);
  if (after === undefined) return unanswered(context);
  if (!command.REFUSALS.includes(after.error)) return undefined;
  return fault(context, String(after.error), command.ERROR_MEANINGS[after.error] ?? 'a record was refused');
}

async function disarm(context: PrinterContext): Promise<Fault | undefined> {
  context.disarms += 1;
  const handed = await context.talk.send(Buffer.concat([command.stopPrinting, command.flushBuffer]));
  if (!handed) return unanswered(context);
  const after = (await caughtUp(context)) ? await mailing(context) : undefined;
  if (after === undefined) return unanswered(context);
  return after.entries === 0 ? undefined : fault(context, 'not-cleared', `${after.entries} records are still queued`);
}

/** The mailing status, and with it the room that is left. */
export async function mailing(context: PrinterContext): Promise<command.MailingStatus | undefined> {
  const { sent } = context;
  const status = command.parseMailing((await ask(context, 'SM', command.askMailing)) ?? []);
  if (status !== undefined) context.free = status.depth - status.entries - (context.sent - sent);
  return status;
}

export async function machine(context: PrinterContext): Promise<command.MachineStatus | undefined> {
  return command.parseMachine((await ask(context, 'RS', command.askMachine)) ?? []);
}

async function machineNow(context: PrinterContext): Promise<command.MachineStatus | undefined> {
  return (await caughtUp(context)) ? machine(context) : undefined;
}

/**
 * Waits until the printer has done all it was told: it works in order, so no status that comes after its counters is older
 * than this question. They are asked for nothing else. A status that it volunteered, or that came too late, would otherwise
 * stand for ever in the place of the next, and each answer be an older one.
 */
async function caughtUp(context: PrinterContext): Promise<boolean> {
  return (await ask(context, 'CC', command.askCounters)) !== undefined;
}

/** Asks in the stream, behind everything sent before: the printer works in order, and every question stands in `asked`. */
async function ask(context: PrinterContext, tag: string, bytes: Uint8Array): Promise<readonly string[] | undefined> {
  const answer = context.asked.ask(tag, ANSWER_LIMIT);
  return (await context.talk.send(bytes)) ? answer : undefined;
}

function unanswered(context: PrinterContext): Fault {
  return fault(context, 'no-answer', 'the printer did not answer');
}

function unrepresentable(context: PrinterContext): Fault {
  return fault(context, 'not-printable', 'the text holds a character this printer cannot be sent');
}

function fault({ device }: PrinterContext, code: string, detail: string): Fault {
  return { code, device, detail };
}
