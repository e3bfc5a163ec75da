import { expect, it } from 'vitest';
import { parseArguments } from '#main/arguments.ts';

const parse = (...argv: string[]) => parseArguments(argv, '/here');

it('leaves everything to the product when nothing is typed', () => {
  expect(parse()).toEqual({
    host: undefined,
    port: undefined,
    data: undefined,
    line: undefined,
    resetTraining: false,
    virtualLine: [],
  });
});

it('takes what a person types, paths relative to where they stand', () => {
  const typed = [
    '--host',
    'browser',
    '--port=0',
    '--data',
    'd',
    '--line',
    '/l.json',
    '--reset-training',
    '--speed',
    '2.5',
  ];
  expect(parse(...typed)).toEqual({
    host: 'browser',
    port: 0,
    data: '/here/d',
    line: '/l.json',
    resetTraining: true,
    virtualLine: ['--speed', '2.5'],
  });
});

it.each([
  [['--host', 'chrome'], '--host is "chrome"'],
  [['--port', '80000'], '--port is "80000"'],
  [['--port', 'any'], '--port is "any"'],
  [['--speed', '-1'], '--speed'],
  [['--speed', '0'], '--speed is "0", but must be from 0.1 to 20'],
  [['--speed', '21'], '--speed is "21"'],
  [['--seed', '1.5'], '--seed is "1.5"'],
  [['--data='], '--data and --line need a path'],
  [['--colour', 'red'], "Unknown option '--colour'"],
  [['start'], "Unexpected argument 'start'"],
])('says what is wrong with %j', (argv, words) => {
  expect(() => parse(...argv)).toThrow(words);
});
