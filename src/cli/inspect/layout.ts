import type { Finding, Part, Report } from '#cli/inspect/report.ts';

/** How emphasis is put on a text: with colours on a terminal, not at all elsewhere. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
}

export const PLAIN: Paint = { strong: (text) => text, bad: (text) => text, faint: (text) => text };

export const COLOURS: Paint = {
  strong: (text) => `\u001b[1m${text}\u001b[0m`,
  bad: (text) => `\u001b[31m${text}\u001b[0m`,
  faint: (text) => `\u001b[2m${text}\u001b[0m`,
};

/** Longest piece of the input on one line. */
const WINDOW = 100;

/** How many findings people are shown; JSON has all. */
const MOST_FINDINGS = 40;

/** A report for people: title, input, notes, parts, figures, forms, problems. */
export function layOut(report: Report, paint: Paint): string {
  const { what, input, notes, parts, figures, forms } = report;
  return [
    paint.strong(printable(what)),
    `  input    ${clip(printable(input))}`,
    ...notes.map((note) => `  note     ${printable(note)}`),
    ...block(partRows(parts)),
    ...block(figures.map(({ name, value }) => [name, value])),
    ...block(forms.map((form) => [form.name, 'value' in form ? form.value : `none: ${form.none}`])),
    '',
    ...problemLines(report, paint),
    '',
  ].join('\n');
}

/**
 * Text that cannot move the cursor or turn around on a terminal. Each character keeps its place: control characters become
 * their pictures, what cannot be seen becomes `\uFFFD`.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, picture).toWellFormed();
}

function picture(unseen: string): string {
  const code = unseen.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd'.repeat(unseen.length);
}

function partRows(parts: readonly Part[]): string[][] {
  if (parts.length === 0) return [];
  return [
    [parts.every(({ name }) => /^\d+$/.test(name)) ? 'AI' : 'PART', 'TITLE', 'VALUE', 'MEANING'],
    ...parts.map(({ name, title, value, meaning }) => [name, title, value, meaning]),
  ];
}

/** Rows with their columns below each other, and an empty line in front. */
function block(rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const shown = rows.map((row) => row.map(printable));
  const widths: number[] = [];
  for (const row of shown) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return [
    '',
    ...shown.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()),
  ];
}

function problemLines(report: Report, paint: Paint): string[] {
  const { problems, verdict, input } = report;
  if (verdict === 'unusable' && problems.length === 0) return [paint.bad('UNUSABLE: nothing that could be inspected.')];
  if (problems.length === 0) return ['OK: no problems.'];
  const shown = problems.slice(0, MOST_FINDINGS).flatMap((problem) => findingLines(problem, input, paint));
  const left = problems.length - MOST_FINDINGS;
  return [...shown, ...(left > 0 ? [`… and ${left} more; --json shows them all.`] : []), tally(problems)];
}

function findingLines(finding: Finding, input: string, paint: Paint): string[] {
  const { severity, ai, path, position, length = 0, rule, message } = finding;
  const word = severity === 'error' ? paint.bad('PROBLEM') : 'WARNING';
  const about = ai === undefined ? '' : ` (${ai})`;
  const place = position === undefined ? (path === undefined ? '' : ` at ${printable(path)}`) : ` at ${position + 1}`;
  const line = `${word}${about}${place} ${paint.faint(`[${rule}]`)}: ${printable(message)}`;
  return [line, ...(position === undefined || position > input.length ? [] : caretLines(input, position, length))];
}

/** The input, or the piece of it around the place, and carets below what is at fault. */
function caretLines(input: string, position: number, length: number): string[] {
  const from = input.length <= WINDOW ? 0 : Math.max(0, Math.min(position - WINDOW / 2, input.length - WINDOW));
  const piece = printable(input.slice(from, from + WINDOW));
  const lead = from > 0 ? '… ' : '';
  const tail = from + WINDOW < input.length ? ' …' : '';
  const carets = '^'.repeat(Math.max(1, Math.min(length, from + WINDOW - position)));
  return [`    ${lead}${piece}${tail}`, `    ${' '.repeat(lead.length + position - from)}${carets}`];
}

function tally(problems: readonly Finding[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const parts = [
    ...(errors > 0 ? [`${errors} ${errors === 1 ? 'problem' : 'problems'}`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
  ];
  return errors === 0 ? `OK, with ${parts.join(', ')}.` : `${parts.join(', ')}.`;
}

function clip(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 300)} … (${text.length} characters)`;
}
