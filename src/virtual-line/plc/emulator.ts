import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Act, Ask, Emulator, EmulatorSettings, Reply, Tell } from '#virtual-line/messages.ts';
import { type StationServer, serveStation } from '#virtual-line/plc/opcua-server.ts';
import { createStation, type Station } from '#virtual-line/plc/station.ts';
import { createTags } from '#virtual-line/plc/tags.ts';

const HEARTBEAT = 200;
const WATCH = 50;
/** A second of silence, counted in looks: a PLC that did not run has not waited. */
const STALE = 20;

/** The PLC of docs/devices/line-plc.md. Heartbeats and the watchdog live on wall time, whatever the belt does. */
export function createPlc(act: (acts: readonly Act[]) => void): Emulator {
  let station: Station | undefined;
  let server: StationServer | undefined;
  let isFrozen = false;
  let silent = Number.POSITIVE_INFINITY;
  const timers: ReturnType<typeof setInterval>[] = [];
  const isWatched = (): boolean => silent < STALE;

  const start = async ({ port, state, plc, lockStep }: EmulatorSettings): Promise<Reply> => {
    const shown = createTags(countEpoch(state));
    const program = createStation({ settings: plc, tags: shown, isLockStep: lockStep, act, isWatched });
    station = program;
    server = await serveStation({
      port,
      state,
      tags: shown,
      writes: {
        heartbeat: () => {
          silent = 0;
        },
        command: program.command,
        refresh: program.refresh,
        verdicts: program.verdicts,
        connected: () => {
          shown.verdictHead = 65_535;
        },
      },
    });
    timers.push(
      setInterval(() => {
        silent += 1;
        program.refresh();
      }, WATCH),
    );
    timers.push(
      setInterval(() => {
        if (!isFrozen) shown.heartbeat = (shown.heartbeat + 1) & 0xffff;
      }, HEARTBEAT),
    );
    act([{ act: 'state', state: shown.lineState, epoch: shown.epoch }]);
    return { listening: { port: server.port, certificate: server.certificate } };
  };
  const restart = (ask: Ask): Reply | Promise<Reply> => {
    server?.reset();
    silent = Number.POSITIVE_INFINITY;
    return station?.answer(ask) ?? {};
  };

  return {
    answer(ask) {
      if (ask.ask === 'start') return start(ask.settings);
      return ask.ask === 'restart' ? restart(ask) : (station?.answer(ask) ?? {});
    },
    hear(tell: Tell) {
      if (tell.tell === 'half-open') server?.setHalfOpen(tell.active);
      if (tell.tell === 'heartbeat-frozen') isFrozen = tell.active;
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      await server?.close();
    },
  };
}

/** The number of this start, kept in the state folder. */
function countEpoch(state: string): number {
  mkdirSync(state, { recursive: true });
  const file = join(state, 'epoch');
  let before = 0;
  try {
    before = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    before = 0; // The first start of this PLC.
  }
  const epoch = (before + 1) & 0xffff;
  writeFileSync(file, `${epoch}\n`);
  return epoch;
}
