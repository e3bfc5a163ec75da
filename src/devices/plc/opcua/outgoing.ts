import type { StationUpdate } from '#devices/plc/opcua/station-nodes.ts';
import type { VerdictRing, VerdictRow } from '#devices/plc/opcua/verdict-ring.ts';
import type { Fault, PlcDirective } from '#line/signal.ts';

type Limits = Extract<PlcDirective, { kind: 'limits' }>;

/** What shall hold at the PLC whenever it is there: levels, written again on every contact. */
export interface Wishes {
  /** Closed until somebody opens it. */
  permit: boolean;
  limits?: Limits;
}

type Done = (fault: Fault | undefined) => void;

/** One write, and who waits for it. */
export interface Parcel {
  readonly update: StationUpdate;
  readonly done: readonly Done[];
}

/** What waits to be written in one session. Verdicts that queued are rows of one write. */
export interface Outgoing {
  verdict(row: VerdictRow, done: Done): void;
  command(command: number, done: Done): void;
  /** The wish changed: it is written with the next parcel. */
  wish(kind: 'permit' | 'limits', done?: Done): void;
  /** The next write, or nothing. `hbPc` goes along when it is due. */
  pack(hbPc?: number): Parcel | undefined;
  /** A cycle has passed: the PLC had time to read what was written. */
  renewShare(): void;
  /** Everybody who still waits learns why in vain. */
  abandon(fault: Fault): void;
}

export function outgoingOf(ring: VerdictRing, wishes: Wishes): Outgoing {
  const verdicts: { row: VerdictRow; done: Done }[] = [];
  const commands: { command: number; done: Done }[] = [];
  const changed = new Map<'permit' | 'limits', Done[]>();
  let { share } = ring;

  function takeVerdicts(): { update: StationUpdate; done: Done[] } {
    const taken = verdicts.splice(0, share);
    share -= taken.length;
    if (taken.length === 0) return { update: {}, done: [] };
    return { update: { verdict: ring.append(taken.map(({ row }) => row)) }, done: taken.map(({ done }) => done) };
  }

  /** A command is an edge: two of them are two writes. */
  function takeCommand(): { update: StationUpdate; done: Done[] } {
    const first = commands.shift();
    return first === undefined ? { update: {}, done: [] } : { update: { cmd: first.command }, done: [first.done] };
  }

  function takeWishes(): { update: StationUpdate; done: Done[] } {
    const done = [...changed.values()].flat();
    const { permit, limits } = wishes;
    const update: StationUpdate = {
      ...(changed.has('permit') ? { linePermit: permit ? 1 : 0 } : {}),
      ...(changed.has('limits') && limits !== undefined ? { limits: limitWords(limits) } : {}),
    };
    changed.clear();
    return { update, done };
  }

  return {
    verdict: (row, done) => void verdicts.push({ row, done }),
    command: (command, done) => void commands.push({ command, done }),
    wish: (kind, done) => void changed.set(kind, [...(changed.get(kind) ?? []), ...(done === undefined ? [] : [done])]),
    pack(hbPc) {
      const parts = [takeVerdicts(), takeCommand(), takeWishes()];
      const update: StationUpdate = Object.assign(
        {},
        ...parts.map((part) => part.update),
        hbPc === undefined ? {} : { hbPc },
      );
      if (Object.keys(update).length === 0) return undefined;
      return { update, done: parts.flatMap((part) => part.done) };
    },
    renewShare() {
      share = ring.share;
    },
    abandon(fault) {
      const waiting = [...verdicts, ...commands].map(({ done }) => done).concat([...changed.values()].flat());
      verdicts.length = 0;
      commands.length = 0;
      changed.clear();
      for (const done of waiting) done(fault);
    },
  };
}

function limitWords({ consecutive, failures, within, deadline }: Limits): [number, number, number, number] {
  return [consecutive, failures, within, deadline];
}
