import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Path of Electron's executable; undefined while its runtime is not there. Never by require: that would download it. */
export function electronRuntime(): string | undefined {
  const folder = join(import.meta.dirname, '../node_modules/electron');
  try {
    const executable = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(executable) ? executable : undefined;
  } catch {
    return undefined;
  }
}
