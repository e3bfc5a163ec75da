import type { Line } from './line-of-table.ts';

/** The figures as a table for a terminal, the goal beside each. */
export function tableOf(lines: readonly Line[]): string {
  const rows = [
    ['goal', 'what', 'measured', 'must', 'result'],
    ...lines.map(({ goal, what, value, must, result }) => [goal, what, value, must, result]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const written = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [written[0], rule, ...written.slice(1)].join('\n');
}
