import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { reasonOf, StartError, systemCode } from '#main/start-error.ts';

/** Where this user's data lives when nobody says otherwise. Both hosts use the same folder. */
export function defaultDataFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Linewright');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Linewright');
  // XDG Base Directory Specification: a relative path is invalid and must be ignored.
  const xdg = env['XDG_DATA_HOME'];
  return join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'linewright');
}

/** Makes sure the folder exists and can be written. Others on the machine may not look into it. */
export function openFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartError(
      `The data folder ${folder} cannot be written: ${reasonOf(error)}. Give another one with --data DIR, or correct its permissions.`,
      { cause: error },
    );
  }
}

/** Not `recursive`: Node 24 never returns from it where a parent cannot be made, as below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error; // a second start was quicker
  }
}

/** Forgets everything of the training line: its database, its virtual line, its exports. Production data is never touched. */
export function resetTraining(folder: string): void {
  remove(folder, (name) => name.startsWith('training') || name === 'virtual-line');
  const exported = join(folder, 'exports');
  if (existsSync(exported)) remove(exported, (name) => name.includes('-TRAINING'));
}

function remove(folder: string, isMeant: (name: string) => boolean): void {
  for (const name of readdirSync(folder)) {
    if (isMeant(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
