import { basename, dirname } from 'node:path';
import type { Failure } from '#contract/answer.ts';

/** Why a file could not be written, and what a person can do. Errors that are none of the file system's are thrown on. */
export function fileFailure(error: unknown, file: string, bytes: number): Failure {
  const code = systemCode(error);
  if (code === undefined) throw error;
  const what = `${basename(file)} was not written`;
  const folder = dirname(file);
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return {
        code: 'disk-full',
        message: `${what}: the disk of ${folder} is full (after ${bytes} bytes). Free some space or choose another folder, then export again. Nothing half-written was left.`,
      };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EBUSY':
      return {
        code: 'not-writable',
        message: `${what}: writing to ${folder} is not allowed, or the file is open in another program (${code}). Close it, or have the folder's permissions changed, then export again.`,
      };
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        code: 'no-folder',
        message: `${what}: there is no folder ${folder}. Create it or choose another one, then export again.`,
      };
    default:
      return {
        code: 'io',
        message: `${what}: the system reported ${code} for ${folder}. Check the disk and its connection, then export again.`,
      };
  }
}

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
