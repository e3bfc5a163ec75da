import type { Session } from '#devices/driver.ts';
import type { Follower } from '#devices/plc/opcua/follower.ts';
import { type Outgoing, outgoingOf, type Parcel, type Wishes } from '#devices/plc/opcua/outgoing.ts';
import { ringDepth, wrap } from '#devices/plc/opcua/ring.ts';
import type { Contact, StationImage, StationPort } from '#devices/plc/opcua/station-nodes.ts';
import { verdictRing } from '#devices/plc/opcua/verdict-ring.ts';
import { silenceOf } from '#devices/silence.ts';
import type { DeviceSignal, Fault, PlcDirective } from '#line/signal.ts';
import type { Millis } from '#line/time.ts';

/** One read of everything; 4 ms below the 20 ms that the page allows, for the read itself. */
export const CYCLE: Millis = 16;
const HEARTBEAT: Millis = 200;
const WATCH: Millis = 100;
const SILENCE: Millis = 1_000;

/** What a session needs to know of its device, and what outlives it. */
export interface StationContext {
  readonly device: string;
  readonly follower: Follower;
  readonly wishes: Wishes;
  readonly report: (signal: DeviceSignal) => void;
}

/** Starts the cycle on a port that was just met. Throws when the PLC's variables are not those of the page. */
export function runStation(port: StationPort, contact: Contact, context: StationContext): Session<PlcDirective> {
  const { device, follower, wishes, report } = context;
  const outgoing = outgoingOf(checkedRing(contact), wishes);
  const writer = writerOf(port, outgoing, contact.hbPc, end);
  const silence = silenceOf(WATCH, SILENCE);
  let hbPlc = contact.image.hbPlc;
  let settle: (reason: string) => void = () => {};
  let isOver = false;
  const ended = new Promise<string>((resolve) => {
    settle = resolve;
  });
  const watch = setInterval(() => {
    if (silence.tick()) end(`HbPlc has not changed for ${SILENCE} ms`);
  }, WATCH);

  function end(reason: string): void {
    if (isOver) return;
    isOver = true;
    clearInterval(watch);
    writer.stop({ code: 'offline', device, detail: reason });
    settle(reason);
    void port.close();
  }

  function take(image: StationImage): void {
    if (image.hbPlc !== hbPlc) silence.broken();
    hbPlc = image.hbPlc;
    for (const signal of follower.take(image, Date.now())) report(signal);
  }

  async function cycle(): Promise<void> {
    while (!isOver) {
      const began = performance.now();
      const image = await port.read();
      if (isOver) return;
      take(image);
      outgoing.renewShare();
      writer.beat();
      const rest = CYCLE - (performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, rest)));
    }
  }

  follower.begin();
  take(contact.image);
  outgoing.wish('permit');
  if (wishes.limits !== undefined) outgoing.wish('limits');
  void port.ended.then(end);
  cycle().catch((error: unknown) => end(error instanceof Error ? error.message : String(error)));
  return {
    ended,
    tell: (directive) => tell(directive, context, outgoing, writer),
    close: async () => {
      end('closed');
      await port.close();
    },
  };
}

function checkedRing({ verdict, ringDepth: depth, image }: Contact) {
  const ring = verdictRing(verdict);
  if (ring === undefined) throw new Error(`Verdict has ${verdict.length} words, which is no ring`);
  if (ringDepth(image.trig) !== depth || ringDepth(image.out) !== depth) {
    throw new Error(`RingDepth is ${depth}, but Trig has ${image.trig.length} words and Out ${image.out.length}`);
  }
  return ring;
}

async function tell(
  directive: PlcDirective,
  { device, follower, wishes }: StationContext,
  outgoing: Outgoing,
  writer: Writer,
): Promise<Fault | undefined> {
  if (directive.kind === 'resume-from') return undefined; // counted before the first contact; see Follower.resume
  if (directive.kind === 'verdict' && directive.epoch !== follower.epoch) {
    return { code: 'other-epoch', device, detail: `the PLC is in epoch ${follower.epoch ?? '-'}` };
  }
  if (directive.kind === 'limits') wishes.limits = directive;
  if (directive.kind === 'permit') wishes.permit = directive.open;
  return writer.post((done) => {
    if (directive.kind === 'verdict') outgoing.verdict(directive, done);
    else if (directive.kind === 'command') outgoing.command(directive.command, done);
    else outgoing.wish(directive.kind, done);
  });
}

interface Writer {
  /** Queues something and writes it at once, together with what is queued in the same turn. */
  post(queue: (done: (fault: Fault | undefined) => void) => void): Promise<Fault | undefined>;
  /** Once per cycle: whatever waits, and the heartbeat when it is due. */
  beat(): void;
  stop(fault: Fault): void;
}

/** One write at a time. HbPc goes with the cycle, so a verdict path that is stuck stops the heartbeat too. */
function writerOf(port: StationPort, outgoing: Outgoing, held: number, failed: (reason: string) => void): Writer {
  let hbPc = held;
  let beaten = Number.NEGATIVE_INFINITY;
  let isWriting = false;
  let isScheduled = false;
  let stopped: Fault | undefined;
  let inFlight: Parcel['done'] = [];

  async function deliver({ update, done }: Parcel): Promise<void> {
    isWriting = true;
    inFlight = done;
    try {
      await port.write(update);
      for (const each of done) each(undefined);
    } catch (error) {
      failed(error instanceof Error ? error.message : String(error));
    }
    inFlight = [];
    isWriting = false;
  }

  async function flush(heartbeat?: number): Promise<void> {
    let parcel = isWriting || stopped !== undefined ? undefined : outgoing.pack(heartbeat);
    while (parcel !== undefined) {
      await deliver(parcel);
      parcel = stopped === undefined ? outgoing.pack() : undefined;
    }
  }

  return {
    post(queue) {
      if (stopped !== undefined) return Promise.resolve(stopped);
      return new Promise((resolve) => {
        queue(resolve);
        if (isScheduled) return;
        isScheduled = true;
        queueMicrotask(() => {
          isScheduled = false;
          void flush();
        });
      });
    },
    beat() {
      const now = performance.now();
      if (isWriting || now - beaten < HEARTBEAT) return void flush();
      beaten = now;
      hbPc = wrap(hbPc + 1);
      void flush(hbPc);
    },
    stop(fault) {
      stopped = fault;
      for (const done of inFlight) done(fault);
      outgoing.abandon(fault);
    },
  };
}
