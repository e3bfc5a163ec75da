import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** Programs are started by the hundred, most of them the virtual line's: what Node made of their sources is kept. */
const COMPILED = join(root, 'node_modules/.cache/compile');

/** Passed and failed tests; a step that is not made of tests counts as one failure when it fails, and not otherwise. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** Runs a tool of node_modules/.bin with its output shown. Tells whether it succeeded, and how long it took. */
export function step(name: string, tool: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  process.stdout.write(`\n── ${name}: ${tool} ${args.join(' ')}\n`);
  const began = performance.now();
  const path = `${join(root, 'node_modules/.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env['PATH'] ?? ''}`;
  const result = spawnSync(tool, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, PATH: path, ...env },
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`── ${name}: ${result.status === 0 ? 'ok' : 'FAILED'} in ${seconds} s\n`);
  return result.status === 0;
}

/** The checks without tests: types, format and lint, the typed rules, dead code. */
export function staticSteps(): readonly (() => boolean)[] {
  return [
    () => step('types', 'tsc', ['-b']),
    () => step('format and lint', 'biome', ['check', '--error-on-warnings']),
    () => step('typed rules', 'oxlint', ['--type-aware', '--deny-warnings']),
    () => step('dead code', 'knip', []),
  ];
}

export function failuresOf(steps: readonly (() => boolean)[]): Tally {
  return { passed: 0, failed: steps.filter((run) => !run()).length };
}

export function vitest(args: readonly string[]): Tally {
  const file = join(root, 'node_modules/.cache/vitest-report.json');
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const isGreen = step('tests', 'vitest', ['run', ...args, ...reporters]);
  const report = readReport(file);
  return settle(isGreen, count(report['numPassedTests']), count(report['numFailedTests']));
}

export function playwright(args: readonly string[]): Tally {
  const file = join(root, 'node_modules/.cache/playwright-report.json');
  rmSync(file, { force: true });
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const isGreen = step('end to end', 'playwright', ['test', ...args, '--reporter=list,json'], env);
  const stats = readReport(file)['stats'];
  const figures: Record<string, unknown> = typeof stats === 'object' && stats !== null ? { ...stats } : {};
  return settle(isGreen, count(figures['expected']) + count(figures['flaky']), count(figures['unexpected']));
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
  };
}

/** Prints the closing line and sets the exit code. */
export function close({ passed, failed }: Tally): void {
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** A run that fails without a failed test (a crash, an unhandled error, no tests at all) is a failure, too. */
function settle(isGreen: boolean, passed: number, failed: number): Tally {
  return { passed, failed: isGreen && passed > 0 ? failed : Math.max(failed, 1) };
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function readReport(file: string): Record<string, unknown> {
  try {
    const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof report === 'object' && report !== null ? { ...report } : {};
  } catch {
    return {}; // it died before it could write one
  }
}
