/** The world does not let the workstation start. Its message is the one sentence a person needs: what, why, what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Exit code of a host that has said why it cannot start: trying another host would only say it again. */
export const EXIT_CANNOT_START = 2;

/** The code of a system error, such as EADDRINUSE; undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** What went wrong, in the words of whoever noticed first. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
