import type { DeviceEntry } from '#contract/line-file.ts';
import type { Connector, DriverFacts, Session } from '#devices/driver.ts';
import type { DeviceLog } from '#devices/log.ts';
import type { Endpoint } from '#devices/wire.ts';
import type { DeviceSignal, Fault } from '#line/signal.ts';
import type { Millis } from '#line/time.ts';

const FIRST_WAIT: Millis = 250;
const LONGEST_WAIT: Millis = 2_000;

/** `connecting`: never met yet. `offline`: away; it is being tried for ever. */
export type LinkState = 'connecting' | 'online' | 'offline';

/** What the station holds of a device: it can be told something, moved and closed. It never throws. */
export interface DeviceLink<D> {
  readonly device: string;
  readonly facts: DriverFacts;
  readonly state: LinkState;
  /** Where it is looked for; undefined until somebody says so. */
  readonly endpoint: Endpoint | undefined;
  /** A Fault when the device is away, refuses or does not confirm. Nothing is kept for later but lasting wishes. */
  tell(directive: D): Promise<Fault | undefined>;
  /** The device listens elsewhere from now on (the virtual line came back on another port). */
  moveTo(endpoint: Endpoint): void;
  /** Ends the session and the attempts. No signal follows. */
  close(): Promise<void>;
}

export interface Supervision<D> {
  readonly entry: DeviceEntry;
  readonly connector: Connector<DeviceSignal, D>;
  readonly report: (signal: DeviceSignal) => void;
  readonly log: DeviceLog;
  /** Without one, nothing is tried until `moveTo`. */
  readonly endpoint?: Endpoint | undefined;
}

/**
 * Keeps a device connected for ever, and says `device-connected` and `device-lost` once per change. What a driver
 * reports while it connects is passed on behind `device-connected`.
 */
export function superviseDevice<D>({ entry, connector, report, log, endpoint }: Supervision<D>): DeviceLink<D> {
  const device = entry.id;
  const call = bell();
  let place = endpoint;
  let state: LinkState = 'connecting';
  let session: Session<D> | undefined;
  let closed = false;

  function arrived(): void {
    state = 'online';
    log.info('device.connected', { device });
    report({ kind: 'device-connected', at: Date.now(), device });
  }

  function lost(detail: string): void {
    session = undefined;
    const isNews = state !== 'offline' && !closed;
    state = 'offline';
    if (!isNews) return;
    log.warn('device.lost', { device, detail });
    report({ kind: 'device-lost', at: Date.now(), device, detail });
  }

  /** One contact from connect to loss; false when there was none. */
  async function meet(at: Endpoint): Promise<boolean> {
    const gate = gatedReport(report);
    try {
      const met = await connector.connect(at, gate.report);
      if (!closed && place === at) {
        session = met;
        arrived();
        gate.open();
        const detail = await Promise.race([met.ended, call.rung().then(() => 'the endpoint was changed')]);
        call.forget();
        gate.shut();
        lost(detail);
      }
      await met.close();
      return true;
    } catch (error) {
      gate.shut();
      lost(sentence(error));
      return false;
    }
  }

  async function keep(): Promise<void> {
    let wait = FIRST_WAIT;
    while (!closed) {
      if (place === undefined) {
        await call.rung();
        continue;
      }
      const met = await meet(place);
      if (closed) return;
      wait = met ? FIRST_WAIT : wait;
      const moved = await call.rung(wait * (0.5 + Math.random() / 2));
      wait = moved || met ? FIRST_WAIT : Math.min(wait * 2, LONGEST_WAIT);
    }
  }

  const kept = keep();
  return {
    device,
    facts: {
      id: connector.id,
      evidence: connector.evidence,
      // Some are known only once the device was met.
      get capabilities() {
        return connector.capabilities;
      },
    },
    get state() {
      return state;
    },
    get endpoint() {
      return place;
    },
    async tell(directive) {
      const remembered = connector.remember?.(directive) ?? false;
      if (session !== undefined) return session.tell(directive);
      return remembered ? undefined : { code: 'offline', device, detail: 'the device is not connected' };
    },
    moveTo(next) {
      if (place !== undefined && sameEndpoint(place, next)) return;
      place = next;
      call.ring();
    },
    async close() {
      closed = true;
      call.ring();
      await kept;
      state = 'offline';
    },
  };
}

/** Holds signals back until it is opened, drops them once it is shut. */
function gatedReport(report: (signal: DeviceSignal) => void) {
  let held: DeviceSignal[] | undefined = [];
  let isShut = false;
  return {
    report(signal: DeviceSignal): void {
      if (isShut) return;
      if (held === undefined) report(signal);
      else held.push(signal);
    },
    open(): void {
      const first = held ?? [];
      held = undefined;
      for (const signal of first) report(signal);
    },
    shut(): void {
      isShut = true;
    },
  };
}

/** A wait that can be cut short. `rung` answers whether it was, and remembers a ring nobody has waited for. */
function bell() {
  let isRung = false;
  let wake: (() => void) | undefined;
  return {
    ring(): void {
      isRung = true;
      wake?.();
    },
    /** Nobody waits any more for what was asked last. */
    forget(): void {
      wake = undefined;
    },
    rung(limit?: Millis): Promise<boolean> {
      return new Promise((resolve) => {
        const answer = (): void => {
          clearTimeout(timer);
          wake = undefined;
          const was = isRung;
          isRung = false;
          resolve(was);
        };
        const timer = limit === undefined ? undefined : setTimeout(answer, limit);
        if (isRung) answer();
        else wake = answer;
      });
    },
  };
}

function sameEndpoint(one: Endpoint, other: Endpoint): boolean {
  return one.host === other.host && one.port === other.port && one.certificate === other.certificate;
}

function sentence(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(sentence).join('; ');
  return error instanceof Error ? error.message : String(error);
}
