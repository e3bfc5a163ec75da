import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceLaunch } from '#cli/source-launch.ts';
import { LineFile } from '#contract/line-file.ts';
import type { HostOptions } from '#station/host.ts';
import { startWorkstation, type Workstation } from '#station/workstation.ts';

const RESOURCES = fileURLToPath(new URL('../../resources', import.meta.url));
const thread = (path: string): URL => new URL(`../${path}.thread.ts`, import.meta.url);

/** Lines that come with the product: devices without addresses, so that the virtual line stands in for them. */
const LINES = { training: 'training.json', camera: 'line-camera.json' } as const;
export type LineName = keyof typeof LINES;
export const LINE_NAMES = Object.keys(LINES) as readonly LineName[];

/** `training` has a smart reader, `camera` a camera of its own. */
export function lineNamed(name: LineName): LineFile {
  return LineFile.parse(JSON.parse(readFileSync(join(RESOURCES, 'lines', LINES[name]), 'utf8')));
}

export const trainingLine = (): LineFile => lineNamed('training');

export type SourceWorkstationOptions = Pick<HostOptions, 'data' | 'virtualLine'> & Partial<Pick<HostOptions, 'line'>>;

/** Starts the real workstation from its sources, without a screen; whoever signs in is a line supervisor. */
export function startSourceWorkstation({ data, line = trainingLine(), virtualLine = [] }: SourceWorkstationOptions) {
  return startWorkstation({
    data,
    line,
    resources: RESOURCES,
    threads: {
      writer: thread('record/writer'),
      reader: thread('record/reader'),
      capture: thread('devices/camera/gige/capture'),
      inspect: thread('vision/inspect/inspect'),
      evidence: thread('vision/evidence/evidence'),
      setUp: thread('vision/calibrate/set-up'),
    },
    launch: sourceLaunch,
    authenticate: () => ({ session: 'demo', userId: 'supervisor', role: 'SUP' }),
    virtualLine,
  });
}

/** Every device has answered, and a camera is warm. */
export function isComplete({ desk }: Workstation): boolean {
  return [...desk.floor.devices.values()].every((tile) => tile.link === 'online' && tile.warmUp === undefined);
}
