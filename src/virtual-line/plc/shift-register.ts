import type { Act, Now, PlcSettings } from '#virtual-line/messages.ts';
import { STATE } from '#virtual-line/plc/packml.ts';
import { newVerdicts } from '#virtual-line/plc/rings.ts';
import type { StationTags } from '#virtual-line/plc/tags.ts';
import { createFailureCount, FLAG, RESULT, type Track } from '#virtual-line/plc/tracking.ts';

/** Follows each item from the camera eye to its end, by encoder; everything unproven is diverted. */
export interface ShiftRegister {
  edge(sensor: 'PE2' | 'PE2-off' | 'PE3' | 'PE4' | 'PE5', now: Now): void;
  wake(id: string, now: Now): void | Promise<void>;
  /** The workstation wrote the Verdict array. */
  verdicts(words: ArrayLike<number>): void;
  /** Every item that can still be diverted will be. */
  forceAll(): void;
  setPurging(purging: boolean): void;
  /** A person cleared the zone: what was tracked ends as lost. */
  loseAll(): void;
  /** A restart: the items are there, but nobody knows them any more. */
  forgetAll(): void;
  resetCounts(): void;
}

export interface ShiftRegisterOptions {
  readonly settings: PlcSettings;
  readonly tags: StationTags;
  readonly isLockStep: boolean;
  isWatched(): boolean;
  emit(...acts: readonly Act[]): void;
  holdLine(motion: 'slow-stop' | 'fast-stop'): void;
  abortLine(): void;
}

// An item may be this far from where the encoder expects it, in mm.
const TOLERANCE = 40;
// Lock-step: how long physics waits for a verdict (wall ms), shorter where it cannot change anything; and how often it
// looks whether anybody is still there to give one.
const PATIENCE = 5000;
const FORCED_PATIENCE = 1500;
const WATCH = 250;
const CONFIRM_RESERVE = 60;
const NO_SEQ = -1;

export function createShiftRegister(options: ShiftRegisterOptions): ShiftRegister {
  const { settings, tags, emit } = options;
  const tracks = new Map<number, Track>();
  let confirms: number[] = [];
  let made = 0;
  let underEye: Track | undefined;
  let lastTrailing = Number.NEGATIVE_INFINITY;
  let isNextForced = false;
  let isPurging = false;
  let hasStrays = false;
  let awaited: { readonly track: Track; readonly come: () => void } | undefined;
  const failures = createFailureCount();

  const isAborting = (): boolean => tags.lineState === STATE.aborting || tags.lineState === STATE.aborted;
  const finish = (id: number, track: Track, result: number): void => {
    tracks.delete(id);
    if (track.seq !== NO_SEQ) tags.showOut(track.seq, result);
  };
  const show = (track: Track): void =>
    tags.showTrig({ seq: track.seq, counts: track.enc * settings.countsPerMm, flags: track.flags });
  const force = (track: Track | undefined): void => {
    if (!track || (track.phase !== 'coming' && track.phase !== 'armed')) return;
    track.isForced = true;
    track.flags |= FLAG.forced;
    if (track.seq !== NO_SEQ) show(track);
  };
  /** Something is wrong about this item: nobody knows which one it is, so both neighbours go too. */
  const suspect = (track: Track, flag: number): void => {
    track.flags |= flag;
    const known = [...tracks.values()];
    force(known[known.indexOf(track) - 1]);
    force(track);
    isNextForced = true;
  };
  const loseTracking = (): void => {
    if (isPurging) return;
    for (const track of tracks.values()) force(track);
    options.holdLine('slow-stop');
  };
  const sweep = ({ enc }: Now): void => {
    for (const [id, track] of tracks) {
      const way = track.phase === 'coming' ? settings.cameraToArming : settings.cameraToExit;
      const isOverdue = (track.phase === 'coming' || track.phase === 'passing') && track.enc + way + TOLERANCE < enc;
      if (!isOverdue) continue;
      finish(id, track, RESULT.lost);
      loseTracking();
    }
  };

  const atCamera = ({ enc }: Now): void => {
    const track: Track = {
      seq: tags.nextSeq(),
      enc,
      flags: FLAG.valid | (isPurging ? FLAG.trackingLost | FLAG.forced : 0),
      verdict: 'none',
      isForced: isPurging,
      isDecided: false,
      phase: 'coming',
      axisAt: 0,
    };
    const id = ++made;
    tracks.set(id, track);
    underEye = track;
    show(track);
    if (isNextForced) force(track);
    isNextForced = false;
    if (enc - lastTrailing < (settings.pitchMin - settings.itemLength) / 2) suspect(track, FLAG.gapSmall);
    emit({ act: 'wake', id: `deadline:${id}`, enc: enc + (tags.limits[3] || settings.cameraToDeadline) });
    if (tracks.size > settings.registerDepth) loseTracking();
  };
  const offCamera = ({ enc }: Now): void => {
    lastTrailing = enc;
    const track = underEye;
    underEye = undefined;
    if (!track) return;
    const length = enc - track.enc;
    if (length < settings.itemLength * 0.7) suspect(track, FLAG.short);
    if (length > settings.itemLength * 1.3) suspect(track, FLAG.long);
    show(track);
  };
  const atArming = ({ enc }: Now): void => {
    let [id, track] = [...tracks].find(([, { phase }]) => phase === 'coming') ?? [];
    if (id === undefined || !track || Math.abs(track.enc + settings.cameraToArming - enc) > TOLERANCE) {
      // An item nobody announced: it goes, and outside a purge the line stops over it.
      id = ++made;
      track = stranger(enc - settings.cameraToArming);
      tracks.set(id, track);
      loseTracking();
    }
    track.phase = 'armed';
    track.axisAt = enc + settings.armingToAxis + settings.itemLength / 2;
    emit({ act: 'wake', id: `fire:${id}`, enc: track.axisAt - (settings.beltSpeed * settings.divertLead) / 1000 });
  };
  const fire = (id: number, { enc, v }: Now) => {
    const track = tracks.get(id);
    if (track?.phase !== 'armed') return;
    const at = track.axisAt - (v * settings.divertLead) / 1000;
    if (enc < at - 0.5) return emit({ act: 'wake', id: `fire:${id}`, enc: at });
    if (!track.isForced && track.verdict === 'pass') {
      track.phase = 'passing';
      return;
    }
    track.phase = 'blown';
    confirms.push(id);
    emit({ act: 'blow' }, { act: 'wake', id: `confirm:${id}`, after: settings.chuteMax + CONFIRM_RESERVE });
  };
  const inChute = () => {
    const id = confirms.shift();
    const track = id === undefined ? undefined : tracks.get(id);
    if (id !== undefined && track) return finish(id, track, RESULT.diverted);
    if (hasStrays) return;
    tags.showOut(65_535, RESULT.unexpectedDivert);
    options.abortLine();
  };
  const unconfirmed = (id: number): void => {
    const track = tracks.get(id);
    if (track?.phase !== 'blown') return;
    confirms = confirms.filter((waiting) => waiting !== id);
    if (track.seq === NO_SEQ && hasStrays) {
      // After a restart a person may have taken off what nobody knew any more.
      tracks.delete(id);
      return;
    }
    finish(id, track, RESULT.divertFailed);
    options.abortLine();
  };
  const atExit = ({ enc }: Now) => {
    const near = [...tracks].find(([, track]) => Math.abs(track.enc + settings.cameraToExit - enc) <= TOLERANCE);
    if (!near) return hasStrays ? undefined : options.abortLine();
    const [id, track] = near;
    // Nobody vouches for what leaves a machine that is aborting: it is taken off by hand.
    if (track.phase === 'passing') return finish(id, track, isAborting() ? RESULT.lost : RESULT.goodExit);
    unconfirmed(id);
    if (tracks.has(id)) finish(id, track, RESULT.lost);
    options.abortLine();
  };
  const decide = (track: Track): void => {
    track.isDecided = true;
    if (track.isForced) return;
    if (failures.count(track.verdict !== 'pass')) options.holdLine('slow-stop');
  };
  const deadline = (id: number): void | Promise<void> => {
    const track = tracks.get(id);
    if (!track) return undefined;
    if (!options.isLockStep || track.verdict !== 'none' || !options.isWatched()) return decide(track);
    let ended = (): void => undefined;
    return new Promise<void>((come) => {
      const patience = setTimeout(come, track.isForced ? FORCED_PATIENCE : PATIENCE);
      const watch = setInterval(() => options.isWatched() || come(), WATCH);
      awaited = { track, come };
      ended = () => {
        clearTimeout(patience);
        clearInterval(watch);
      };
    }).then(() => {
      ended();
      awaited = undefined;
      decide(track);
    });
  };

  return {
    edge(sensor, now) {
      sweep(now);
      if (sensor === 'PE2') atCamera(now);
      else if (sensor === 'PE2-off') offCamera(now);
      else if (sensor === 'PE3') atArming(now);
      else if (sensor === 'PE4') inChute();
      else atExit(now);
    },
    wake(id, now) {
      const [what, number] = id.split(':');
      if (what === 'deadline') return deadline(Number(number));
      if (what === 'fire') return fire(Number(number), now);
      if (what === 'confirm') return unconfirmed(Number(number));
      return undefined;
    },
    verdicts(words) {
      const { head, rows } = newVerdicts(words, tags.verdictHead);
      tags.verdictHead = head;
      for (const { seq, verdict } of rows) {
        const track = [...tracks.values()].find((candidate) => candidate.seq === seq);
        if (!track || track.isDecided) {
          tags.showOut(seq, RESULT.lateVerdict);
          continue;
        }
        track.verdict = verdict === 1 ? 'pass' : 'fail';
        if (awaited?.track === track) awaited.come();
      }
    },
    forceAll() {
      for (const track of tracks.values()) force(track);
    },
    setPurging(purging) {
      isPurging = purging;
      if (!purging) hasStrays = false;
    },
    loseAll() {
      for (const [id, track] of tracks) finish(id, track, RESULT.lost);
      confirms = [];
      underEye = undefined;
    },
    forgetAll() {
      tracks.clear();
      confirms = [];
      underEye = undefined;
      isNextForced = false;
      hasStrays = true;
    },
    resetCounts() {
      failures.reset();
      failures.setLimits(tags.limits[0] ?? 0, tags.limits[1] ?? 0, tags.limits[2] ?? 0);
    },
  };
}

function stranger(enc: number): Track {
  return { seq: NO_SEQ, enc, flags: 0, verdict: 'fail', isForced: true, isDecided: true, phase: 'coming', axisAt: 0 };
}
