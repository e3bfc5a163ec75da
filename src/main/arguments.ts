import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { reasonOf, StartError } from '#main/start-error.ts';

/** What a person types after `npm start --`. */
export interface Arguments {
  /** Which host they ask for; undefined leaves the choice to the launcher. */
  readonly host: 'electron' | 'browser' | undefined;
  /** The port they insist on; undefined means 4750 or the next free one. 0 takes any. */
  readonly port: number | undefined;
  /** Absolute path of the data folder; undefined means the one of this user. */
  readonly data: string | undefined;
  /** Absolute path of a line file; undefined means the built-in training line. */
  readonly line: string | undefined;
  readonly resetTraining: boolean;
  /** Arguments handed on to the virtual line. */
  readonly virtualLine: readonly string[];
}

export const USAGE =
  'npm start -- [--host electron|browser] [--port N] [--data DIR] [--line FILE] [--reset-training] [--speed X] [--seed N]';

const OPTIONS = {
  host: { type: 'string' },
  port: { type: 'string' },
  data: { type: 'string' },
  line: { type: 'string' },
  'reset-training': { type: 'boolean', default: false },
  speed: { type: 'string' },
  seed: { type: 'string' },
} as const;

/** Reads the command line. Throws a StartError that names the argument and what it may be. */
export function parseArguments(argv: readonly string[], cwd: string): Arguments {
  const values = readOptions(argv);
  return {
    host: parseHost(values.host),
    port: parsePort(values.port),
    data: absolute(values.data, cwd),
    line: absolute(values.line, cwd),
    resetTraining: values['reset-training'],
    virtualLine: [...pair('speed', values.speed, isSpeed), ...pair('seed', values.seed, isSeed)],
  };
}

function readOptions(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    throw new StartError(`${reasonOf(error)}\nUsage: ${USAGE}`, { cause: error });
  }
}

function parseHost(text: string | undefined): Arguments['host'] {
  if (text === undefined || text === 'electron' || text === 'browser') return text;
  throw new StartError(`--host is "${text}", but must be electron or browser.`);
}

function parsePort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new StartError(`--port is "${text}", but must be a number from 0 to 65535 (0 takes any free port).`);
}

function absolute(path: string | undefined, cwd: string): string | undefined {
  if (path === undefined) return undefined;
  if (path === '') throw new StartError('--data and --line need a path.');
  return isAbsolute(path) ? path : resolve(cwd, path);
}

function pair(name: string, text: string | undefined, isRight: (text: string) => boolean): string[] {
  if (text === undefined) return [];
  if (isRight(text)) return [`--${name}`, text];
  throw new StartError(
    `--${name} is "${text}", but must be ${name === 'speed' ? 'from 0.1 to 20' : 'a whole number'}.`,
  );
}

/** Physics time over wall time, as far as the virtual line goes. */
function isSpeed(text: string): boolean {
  return /^\d{1,2}(\.\d{1,3})?$/.test(text) && Number(text) >= 0.1 && Number(text) <= 20;
}

function isSeed(text: string): boolean {
  return /^\d{1,10}$/.test(text);
}
