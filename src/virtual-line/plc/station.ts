import type { Act, Ask, Now, PlcSettings, Reply } from '#virtual-line/messages.ts';
import { COMMAND, COMPLETED, commanded, STATE } from '#virtual-line/plc/packml.ts';
import { createShiftRegister } from '#virtual-line/plc/shift-register.ts';
import type { StationTags } from '#virtual-line/plc/tags.ts';

/** The PLC program: a PackML unit around the shift register. Its inputs are eyes and buttons, its outputs acts. */
export interface Station {
  answer(ask: Ask): Reply | Promise<Reply>;
  /** The workstation wrote Cmd. */
  command(number: number): void;
  /** The workstation wrote LinePermit or Limits, or its heartbeat came back or stopped. */
  refresh(): void;
  /** The workstation wrote Verdict. */
  verdicts(words: ArrayLike<number>): void;
}

export interface StationOptions {
  readonly settings: PlcSettings;
  readonly tags: StationTags;
  readonly isLockStep: boolean;
  act(acts: readonly Act[]): void;
  /** Whether HbPc moved within the last second. */
  isWatched(): boolean;
}

type SensorAsk = Extract<Ask, { readonly ask: 'edge' }>;

const CLEARING_TAKES = 300;
const RESETTING_TAKES = 500;
const STARTING_TAKES = 500;
// Beyond the way from print to axis: slip, and the item's own length.
const PURGE_MARGIN = 150;

export function createStation(options: StationOptions): Station {
  const { settings, tags } = options;
  let acts: Act[] = [];
  let isAnswering = false;
  let permitShown: boolean | undefined;
  // The zone has to be purged, and does not even have to be known, before Execute.
  let isZoneUnclear = false;
  let purgeUntil: number | undefined;
  let completeAt: number | undefined;
  // The watchdog tripped while producing: the zone runs out into the reject bin, then the belt stops.
  let isRunningOut = false;

  const emit = (...more: readonly Act[]): void => {
    acts.push(...more);
    if (!isAnswering) flush();
  };
  const flush = (): readonly Act[] => {
    const done = acts;
    acts = [];
    if (!isAnswering && done.length > 0) options.act(done);
    return done;
  };
  const enter = (state: number): void => {
    tags.lineState = state;
    emit({ act: 'state', state, epoch: tags.epoch });
    setInfeed();
  };
  const permit = (): boolean => tags.linePermit !== 0 && options.isWatched();
  const setInfeed = (): void => {
    const open = tags.lineState === STATE.execute && permit() && !isRunningOut;
    if (open === tags.isInfeedOpen) return;
    tags.isInfeedOpen = open;
    emit({ act: 'infeed', open });
  };
  const belt = (motion: 'run' | 'slow-stop' | 'fast-stop'): void => {
    if (motion !== 'run') isZoneUnclear = true;
    emit({ act: 'belt', motion });
  };
  const stop = (state: number, motion: 'slow-stop' | 'fast-stop'): void => {
    purgeUntil = undefined;
    completeAt = undefined;
    isRunningOut = false;
    register.setPurging(false);
    enter(state);
    belt(motion);
  };
  const register = createShiftRegister({
    settings,
    tags,
    isLockStep: options.isLockStep,
    isWatched: options.isWatched,
    emit,
    holdLine: (motion) => {
      if (tags.lineState === STATE.aborting || tags.lineState === STATE.aborted) return;
      if (commanded(tags.lineState, COMMAND.hold) === undefined) return;
      stop(STATE.holding, motion);
    },
    abortLine: () => {
      if (commanded(tags.lineState, COMMAND.abort)) stop(STATE.aborting, 'fast-stop');
    },
  });

  /** Runs the belt with the infeed shut until all that stood in the zone is gone. */
  const runWithPurge = (state: number) => {
    enter(state);
    register.resetCounts();
    emit({ act: 'belt', motion: 'run' });
    if (!isZoneUnclear) return emit({ act: 'wake', id: 'started', after: STARTING_TAKES });
    register.forceAll();
    register.setPurging(true);
    emit({ act: 'wake', id: 'purge-from', after: 0 });
  };
  const take = (command: number): string | undefined => {
    const target = commanded(tags.lineState, command);
    const isMotion = command === COMMAND.start || command === COMMAND.unhold || command === COMMAND.unsuspend;
    if (target === undefined) return 'not in this state';
    if (isMotion && !permit()) return 'no permit';
    begin(target, command);
    return undefined;
  };
  const begin = (target: number, command: number) => {
    switch (target) {
      case STATE.clearing:
        register.loseAll();
        isZoneUnclear = false;
        enter(target);
        return emit({ act: 'wake', id: 'cleared', after: CLEARING_TAKES });
      case STATE.resetting:
        enter(target);
        return emit({ act: 'wake', id: 'reset', after: RESETTING_TAKES });
      case STATE.starting:
      case STATE.unholding:
      case STATE.unsuspending:
        return runWithPurge(target);
      case STATE.completing:
        return complete();
      default:
        return stop(target, command === COMMAND.hold || command === COMMAND.abort ? 'fast-stop' : 'slow-stop');
    }
  };
  /** From Execute the zone runs empty with its verdicts; from standstill there is nothing left to wait for. */
  const complete = (): void => {
    const wasRunning = tags.lineState === STATE.execute;
    enter(STATE.completing);
    if (wasRunning) emit({ act: 'wake', id: 'complete-from', after: 0 });
    else enter(STATE.complete);
  };
  const refresh = (): void => {
    const granted = permit();
    setInfeed();
    if (granted !== permitShown) emit({ act: 'permit', granted });
    permitShown = granted;
    const isProducing = tags.lineState === STATE.execute || tags.lineState === STATE.completing;
    if (!isProducing || options.isWatched() || isRunningOut) return;
    isRunningOut = true;
    setInfeed();
    register.forceAll();
    register.setPurging(true);
    emit({ act: 'wake', id: 'complete-from', after: 0 });
  };
  const wake = (id: string, now: Now): void | Promise<void> => {
    const run = settings.printToAxis + PURGE_MARGIN;
    const whole = run + settings.cameraToExit;
    switch (id) {
      case 'cleared':
      case 'reset':
        return endActing(id === 'cleared' ? STATE.clearing : STATE.resetting);
      case 'started':
        return endActing(STATE.starting, STATE.unholding, STATE.unsuspending);
      case 'purge-from':
        purgeUntil = now.enc + run;
        return emit({ act: 'wake', id: 'purged', enc: purgeUntil });
      case 'purged':
        return now.enc + 0.001 >= (purgeUntil ?? Number.POSITIVE_INFINITY) ? purged() : undefined;
      case 'complete-from':
        completeAt = now.enc + whole;
        return emit({ act: 'wake', id: 'completed', enc: completeAt });
      case 'completed':
        return now.enc + 0.001 >= (completeAt ?? Number.POSITIVE_INFINITY) ? ranEmpty() : undefined;
      default:
        return register.wake(id, now);
    }
  };
  const purged = (): void => {
    purgeUntil = undefined;
    isZoneUnclear = false;
    register.setPurging(false);
    endActing(STATE.starting, STATE.unholding, STATE.unsuspending);
  };
  const ranEmpty = () => {
    completeAt = undefined;
    if (isRunningOut) return stop(STATE.holding, 'slow-stop');
    emit({ act: 'belt', motion: 'slow-stop' });
  };
  const endActing = (...states: readonly number[]): void => {
    const next = COMPLETED[tags.lineState];
    if (next !== undefined && states.includes(tags.lineState)) enter(next);
  };
  const restart = (): void => {
    register.forgetAll();
    tags.restart();
    isZoneUnclear = true;
    purgeUntil = undefined;
    completeAt = undefined;
    isRunningOut = false;
    emit({ act: 'infeed', open: false });
    belt('fast-stop');
    enter(STATE.stopped);
    refresh();
  };
  const edge = ({ sensor, now }: SensorAsk): void => {
    register.edge(sensor, now);
  };
  const handle = (ask: Ask): string | undefined | Promise<void> => {
    if ('now' in ask) tags.encoder = ask.now.enc * settings.countsPerMm;
    switch (ask.ask) {
      case 'edge':
        edge(ask);
        return undefined;
      case 'wake':
        return wake(ask.id, ask.now) ?? undefined;
      case 'stopped':
        endActing(STATE.stopping, STATE.holding, STATE.suspending, STATE.aborting, STATE.completing);
        return undefined;
      case 'button':
        return take(ask.command);
      case 'restart':
        restart();
        return undefined;
      case 'start':
      case 'print-go': // None of this program's business.
        return undefined;
    }
  };

  return {
    answer(ask) {
      isAnswering = true;
      const outcome = handle(ask);
      if (outcome instanceof Promise) {
        return outcome.then(() => {
          const done = flush();
          isAnswering = false;
          return { acts: done };
        });
      }
      const done = flush();
      isAnswering = false;
      return outcome === undefined ? { acts: done } : { acts: done, refused: outcome };
    },
    command: (number) => void take(number),
    refresh,
    verdicts: (words) => register.verdicts(words),
  };
}
