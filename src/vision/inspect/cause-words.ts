import type { Cause } from '#contract/inspection.ts';

/** A cause in a few words, for a finding that people read: rows and columns counted from 1, as everywhere on the screen. */
export function causeWords(cause: Cause): string {
  switch (cause.kind) {
    case 'dead-nozzle':
      return `dead nozzle at row ${cause.row + 1}`;
    case 'dead-column':
      return `dead column ${cause.column + 1}`;
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
