import { readFileSync } from 'node:fs';
import { LineFile } from '#contract/line-file.ts';
import { reasonOf, StartError } from '#main/start-error.ts';

/** Reads and checks a line file. Throws a StartError that names the file, the field and what is wrong with it. */
export function loadLine(file: string): LineFile {
  const checked = LineFile.safeParse(parse(file, read(file)));
  if (!checked.success) {
    const issues = checked.error.issues.map((issue) => `  ${issue.path.join('.') || '(file)'}: ${issue.message}`);
    throw new StartError(`The line file ${file} is not valid:\n${issues.join('\n')}`);
  }
  refuseTwins(file, checked.data);
  return checked.data;
}

/**
 * Production needs accounts with passwords, which this version does not have: whoever opened the page would be a
 * supervisor. So it runs the training line and nothing else.
 */
export function refuseProduction(file: string, line: LineFile): void {
  if (line.mode === 'TRAINING') return;
  throw new StartError(
    `The line file ${file} asks for mode ${line.mode}, but this version has no sign-in with passwords yet. Use a line file with mode TRAINING.`,
  );
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartError(`The line file ${file} cannot be read: ${reasonOf(error)}. Check the path after --line.`, {
      cause: error,
    });
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StartError(`The line file ${file} is not JSON: ${reasonOf(error)}`, { cause: error });
  }
}

function refuseTwins(file: string, line: LineFile): void {
  const ids = line.devices.map((device) => device.id);
  const twin = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twin !== undefined) {
    throw new StartError(`The line file ${file} names two devices "${twin}": an id stands in the record for ever.`);
  }
}
