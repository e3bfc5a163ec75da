import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SERIAL_MOVES } from '#line/serial-state.ts';
import { unmetOf } from '#order/run.ts';
import { TRANSITIONS } from '#order/transitions.ts';
import { BAD, by, runIn } from './example-run.ts';

const page = readFileSync(new URL('../../docs/run-states.md', import.meta.url), 'utf8');
const [runs = '', serials = ''] = [...page.matchAll(/```mermaid\n([\s\S]*?)```/g)].map(([, picture]) => picture ?? '');
const arrows = (picture: string): readonly string[] =>
  [...picture.matchAll(/^ {2}(\w+) --> (\w+)(?:: (T\d\d))?/gm)].map(([, from, to, id]) =>
    [id, from, to].filter(Boolean).join(' '),
  );

describe('docs/run-states.md', () => {
  it('lists the transitions with their roles and guards as the rule book has them', () => {
    const rows = [...page.matchAll(/^\| (T\d\d) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map((row) => row.slice(1));
    const book = Object.values(TRANSITIONS).map((transition) => {
      const [state] = transition.from;
      const [role] = transition.by;
      const guards = unmetOf(runIn(state), transition, by(role), BAD).map(({ guard }) => `\`${guard}\``);
      return [
        transition.id,
        transition.from.join(' '),
        transition.to,
        transition.by.join(' '),
        guards.join(' ') || '–',
      ];
    });
    expect(rows).toEqual(book);
  });

  it('draws every transition', () => {
    const book = Object.values(TRANSITIONS).flatMap(({ id, from, to }) => from.map((state) => `${id} ${state} ${to}`));
    expect([...arrows(runs)].sort()).toEqual([...book].sort());
  });

  it('draws every move of a serial', () => {
    const book = Object.entries(SERIAL_MOVES).flatMap(([from, moves]) => moves.map((to) => `${from} ${to}`));
    expect([...arrows(serials)].sort()).toEqual([...book].sort());
  });
});
