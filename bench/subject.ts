import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openDevice } from '#devices/open-device.ts';
import type { DeviceSignal } from '#line/signal.ts';
import type { CommitStats } from '#record/commit-stats.ts';
import { answerAsPart, tell } from './child.ts';
import { type BenchStation, silentLog } from './station.ts';

/** How the process under test fares: told after each stretch. Times in ms, sizes in bytes. */
export interface Health {
  readonly rss: number;
  readonly heap: number;
  readonly loopDelay: { readonly p50: number; readonly p99: number; readonly max: number };
  /** CPU time since the last telling, user and system, all threads. */
  readonly cpu: number;
  readonly commits?: CommitStats;
  /** Facts in a commit, on average since the last telling. */
  readonly meanGroup?: number;
}

const TICK = 5;

/** Watches the own process. */
export function watchHealth(commits: () => CommitStats | undefined): () => Health {
  const delay = monitorEventLoopDelay({ resolution: TICK });
  delay.enable();
  let cpu = process.cpuUsage();
  let before = { facts: 0, commits: 0 };
  return () => {
    const used = process.cpuUsage(cpu);
    cpu = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    // What is measured is the time between two ticks; the tick itself is no delay.
    const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - TICK);
    const loopDelay = { p50: late(delay.percentile(50)), p99: late(delay.percentile(99)), max: late(delay.max) };
    delay.reset();
    const stats = commits();
    const meanGroup =
      stats === undefined ? undefined : (stats.facts - before.facts) / Math.max(1, stats.commits - before.commits);
    before = stats ?? before;
    return {
      rss,
      heap: heapUsed,
      loopDelay,
      cpu: (used.user + used.system) / 1000,
      ...(stats === undefined ? {} : { commits: stats }),
      ...(meanGroup === undefined ? {} : { meanGroup }),
    };
  };
}

export interface Subject {
  readonly station: BenchStation;
  readonly cameraPort: number;
  /** Called behind each item, in the same turn. */
  readonly after?: () => void;
  readonly health: () => Health;
  readonly close: () => void | Promise<void>;
}

/** Connects the product's own reader driver to the camera and says when the line runs. */
export function runSubject({ station, cameraPort, after, health, close }: Subject): void {
  let isReleased = false;
  const take = (signal: DeviceSignal): void => {
    if (signal.kind === 'device-connected' && !isReleased) {
      isReleased = true;
      station.release();
      after?.();
      tell('ready');
    } else if (signal.kind === 'item-read') {
      station.item(signal);
      after?.();
    }
  };
  const reader = openDevice(
    {
      id: 'reader-1',
      station: 'Verification',
      kind: 'reader',
      driver: 'cognex-dataman',
      host: '127.0.0.1',
      port: cameraPort,
    },
    take,
    silentLog,
  );
  answerAsPart({ health }, async () => {
    await reader.close();
    station.close();
    await close();
  });
}

/** Camera port, sink port, database file, serials in the order: how every subject is started. */
export function subjectArguments(): { camera: number; sink: number; file: string; serials: number } {
  const [camera, sink, file = '', serials] = process.argv.slice(2);
  return { camera: Number(camera), sink: Number(sink), file, serials: Number(serials) };
}
