import { join } from 'node:path';
import Database from 'better-sqlite3';
import { lineNamed } from '#cli/source-workstation.ts';
import type { CameraJobText } from '#contract/camera-job.ts';
import { LineFile } from '#contract/line-file.ts';
import { openStage, type Stage } from './stage.ts';
import { databaseOf, finish, type Planned, type Story, watch } from './story.ts';

/**
 * Looking at a picture is wall time on a machine that does other things as well: none of it is judged here. In lock-step
 * the PLC waits, so the threads may take longer; in real time it does not.
 */
const PATIENT = { verdictBudget: 1_500, consecutiveFailures: 20 };
const REAL = { verdictBudget: 700, consecutiveFailures: 20 };

/** The line with its own camera, for a test: evidence as the test wants it. */
export function cameraLine(evidence: CameraJobText['evidence'] = {}, geometry: object = PATIENT): LineFile {
  const line = lineNamed('camera');
  const devices = line.devices.map((entry) =>
    entry.camera === undefined ? entry : { ...entry, camera: { ...entry.camera, evidence } },
  );
  return LineFile.parse({ ...line, devices, geometry: { ...line.geometry, ...geometry } });
}

export interface CameraStoryOptions {
  readonly items: number;
  readonly speed?: number;
  readonly faults?: readonly Planned[];
  readonly line?: LineFile;
  /** More arguments of the virtual line. */
  readonly virtualLine?: readonly string[];
  /** Before the run is closed: what a person at the screen does. */
  readonly look?: (stage: Stage, run: number) => Promise<void>;
}

/** Runs an order on the line with its own camera, and has the oracle judge. */
export async function tellOfCamera(options: CameraStoryOptions): Promise<Story> {
  const { items, speed = 3, faults = [], line = cameraLine({}, speed > 1 ? PATIENT : REAL), look } = options;
  const stage = await openStage({ speed, line, virtualLine: options.virtualLine ?? [] });
  for (const { fault, item, seconds } of faults) {
    const when = { ...(item === undefined ? {} : { item }), ...(seconds === undefined ? {} : { seconds }) };
    stage.tell({ do: 'inject', fault, ...when });
  }
  const run = await stage.order(items);
  await stage.start(run);
  const seen = await watch(stage, run, faults);
  await look?.(stage, run);
  const story = await finish(stage, run, faults);
  return { ...story, ...seen };
}

/** Whatever a view of the record says, as a stranger asks it. */
export function view<Row>(data: string, sql: string): readonly Row[] {
  const db = new Database(databaseOf(data), { readonly: true });
  try {
    return db.prepare<[], Row>(sql).all();
  } finally {
    db.close();
  }
}

export const pictureFile = (data: string, file: string): string => join(data, 'pictures', file);
