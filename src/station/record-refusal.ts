import { RecordError } from '#record/database.ts';

/** What, why and what to do, when it is the record that does not let a workstation start; undefined for any other failure. */
export function whyRecordRefused(error: unknown): string | undefined {
  return error instanceof RecordError ? error.message : undefined;
}
