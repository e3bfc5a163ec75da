import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LINE = join(import.meta.dirname, '../../resources/lines/line-camera.json');

/** A busy machine may look late, and a fault may last while it is looked at: neither stops this line. */
const PATIENT = { verdictBudget: 10_000, consecutiveFailures: 200 };

/** Writes the line file of the training line with its own camera, with patience, into a folder. */
export function patientCameraLine(folder: string): string {
  const line = JSON.parse(readFileSync(LINE, 'utf8'));
  const file = join(folder, 'line.json');
  writeFileSync(file, JSON.stringify({ ...line, geometry: { ...line.geometry, ...PATIENT } }));
  return file;
}
