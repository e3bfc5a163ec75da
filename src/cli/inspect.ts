import { buffer } from 'node:stream/consumers';
import { readInspectArguments } from '#cli/inspect/arguments.ts';
import { argumentInputs, byteInputs, fileInputs, type Input } from '#cli/inspect/input.ts';
import { COLOURS, layOut, PLAIN } from '#cli/inspect/layout.ts';
import { inspectText } from '#cli/inspect/recognise.ts';
import { type Context, type Report, unusable } from '#cli/inspect/report.ts';

/** What a command reads and writes; `isTTY` where that is a person at a terminal. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean };
  readonly stdout: Sink;
  readonly stderr: Sink;
}

interface Sink {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
}

/**
 * Says what codes, URIs, URNs and files are, their parts and their problems. Exit code 0: everything clean; 1: something
 * is wrong with an input; 2: an input could not be used, or the arguments make no sense.
 */
export async function runInspect(argv: readonly string[], terminal: Terminal = process): Promise<number> {
  const { stdin, stdout, stderr } = terminal;
  if (terminal === process) process.stdout.on('error', endQuietly);
  const args = readInspectArguments(argv);
  if (typeof args === 'string') {
    stderr.write(`${args}\n`);
    return 2;
  }
  const texts = args.texts.filter((text) => text !== '-');
  const named = [...texts.flatMap(argumentInputs), ...args.files.flatMap(fileInputs)];
  const wantsPipe = texts.length < args.texts.length || (texts.length === 0 && args.files.length === 0);
  if (wantsPipe && stdin.isTTY === true) {
    stderr.write('Paste codes, one per line, and end with Ctrl-D (Windows: Ctrl-Z and Enter).\n');
  }
  const piped = wantsPipe ? byteInputs(await buffer(stdin)) : [];
  const context = contextAt(new Date(), args.gcpLength);
  const reports = [...named, ...piped].map((input) => inspectInput(input, context));
  stdout.write(args.isJson ? jsonOf(reports) : textOf(reports, stdout.isTTY === true && !hasNoColour()));
  return exitCode(reports, args.isStrict);
}

/** The report on one input, whatever it holds. */
export function inspectInput(input: Input, context: Context): Report {
  switch (input.kind) {
    case 'unreadable':
      return unusable(input.name, 'unreadable', 'Could not be read', [input.why]);
    case 'database':
      return unusable(input.name, 'database', 'Database file (SQLite)', [
        `If it is the database of a Linewright line, check it with: linewright verify ${input.name}`,
      ]);
    case 'text': {
      const report = inspectText(input.text, context, input.name);
      return { ...report, notes: [...input.notes, ...report.notes] };
    }
  }
}

/** All reports for people, one block each; numbered where there are several. */
export function textOf(reports: readonly Report[], isColoured: boolean): string {
  const paint = isColoured ? COLOURS : PLAIN;
  const isMany = reports.length > 1;
  return reports
    .map((report, at) => `${isMany ? `[${at + 1} of ${reports.length}] ` : ''}${layOut(report, paint)}`)
    .join('\n');
}

/** All reports as one JSON list. What a terminal might obey is escaped, so that a pipe to the screen is safe, too. */
export function jsonOf(reports: readonly Report[]): string {
  const text = JSON.stringify(reports, null, 2);
  const escaped = text.replaceAll(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (unseen) => {
    return `\\u${unseen.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `${escaped}\n`;
}

/** 0 clean, 1 problems found, 2 unusable input; the worst of all inputs counts. Strictly, warnings are problems. */
export function exitCode(reports: readonly Report[], isStrict: boolean): number {
  if (reports.some(({ verdict }) => verdict === 'unusable')) return 2;
  const isWrong = ({ verdict, problems }: Report) => verdict === 'problems' || (isStrict && problems.length > 0);
  return reports.some(isWrong) ? 1 : 0;
}

/** Today is the day of this computer's clock and zone: the day on the wall of the plant. */
function contextAt(time: Date, gcpLength: number | undefined): Context {
  const [year, month, day] = [time.getFullYear(), time.getMonth() + 1, time.getDate()];
  const today = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return { today, now: time.getTime(), ...(gcpLength === undefined ? {} : { gcpLength }) };
}

/** Whoever has seen enough closes the pipe, as `head` does. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

/** https://no-color.org: any value that is not empty. */
function hasNoColour(): boolean {
  return (process.env['NO_COLOR'] ?? '') !== '';
}
