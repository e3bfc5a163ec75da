import type { Cause } from '#contract/inspection.ts';

/** A cause in a few words, for a finding: rows and columns counted as in the record, from 0. */
export function causeWords(cause: Cause): string {
  switch (cause.kind) {
    case 'dead-nozzle':
      return `dead nozzle at row ${cause.row}`;
    case 'dead-column':
      return `dead column ${cause.column}`;
    case 'conveyor-speed':
      return 'conveyor speed';
    case 'print-growth':
      return `print growth ${cause.growth.toFixed(2)} X`;
    case 'low-contrast':
      return 'low contrast';
    case 'blur':
    case 'jitter':
    case 'damage':
      return cause.kind;
    case 'quiet-zone':
      return 'quiet zone';
  }
}
