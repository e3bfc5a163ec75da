import { close, failuresOf, playwright, staticSteps, step, sum, type Tally, vitest } from './steps.ts';

// `npm test`: everything that proves it. `npm run e2e [-- args]` and `npm run test:electron`: a part of it.
const [part, ...rest] = process.argv.slice(2);
const build = (): Tally => failuresOf([() => step('build', 'electron-vite', ['build', '--logLevel', 'warn'])]);

function run(): Tally {
  if (part === undefined) return sum([build(), failuresOf(staticSteps()), vitest([]), playwright([])]);
  if (part === 'e2e') return sum([build(), playwright(rest)]);
  if (part === 'electron') return sum([build(), playwright(['--project', 'electron', ...rest])]);
  process.stderr.write(`There is no part "${part}": e2e, electron, or nothing for everything.\n`);
  return { passed: 0, failed: 1 };
}

close(run());
