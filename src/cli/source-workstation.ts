import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceLaunch } from '#cli/source-launch.ts';
import { LineFile } from '#contract/line-file.ts';
import type { HostOptions } from '#station/host.ts';
import { startWorkstation, type Workstation } from '#station/workstation.ts';

const RESOURCES = fileURLToPath(new URL('../../resources', import.meta.url));
const thread = (path: string): URL => new URL(`../${path}.thread.ts`, import.meta.url);

/** The line that comes with the product: three devices without addresses, so that the virtual line stands in for them. */
export function trainingLine(): LineFile {
  return LineFile.parse(JSON.parse(readFileSync(join(RESOURCES, 'lines', 'training.json'), 'utf8')));
}

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
    },
    launch: sourceLaunch,
    authenticate: () => ({ session: 'demo', userId: 'supervisor', role: 'SUP' }),
    virtualLine,
  });
}

/** Every device has answered. */
export function isComplete({ desk }: Workstation): boolean {
  return [...desk.floor.devices.values()].every((tile) => tile.link === 'online');
}
