import { describe, expect, it } from 'vitest';
import type { VirtualLineNote, VirtualLineOrder } from '#contract/virtual-line.ts';
import { showInTraining, trainingTarget } from '#station/eye/set-up-target.ts';
import { auditOf, by, exampleDesk } from '../example-desk.ts';

/** A training line whose camera sees what it is asked to show, or is silent. */
function line() {
  const at = { starts: 1, isSilent: false, orders: [] as VirtualLineOrder[] };
  return {
    at,
    target: trainingTarget({
      get starts() {
        return at.starts;
      },
      async ask(order: VirtualLineOrder, isDone: (note: VirtualLineNote) => boolean) {
        at.orders.push(order);
        return !at.isSilent && order.do === 'show' && isDone({ note: 'shown', target: order.target });
      },
    }),
  };
}

describe('what is put before the emulated camera', () => {
  it('stands there when the camera sees it, and not before', async () => {
    const { target, at } = line();
    expect(target.shown).toBe('items');
    expect(await target.show('board')).toBe('shown');
    expect([target.shown, at.orders]).toEqual(['board', [{ do: 'show', target: 'board' }]]);
  });

  it('is not believed to stand there while nobody says so', async () => {
    const { target, at } = line();
    await target.show('board');
    at.isSilent = true;
    expect(await target.show('dark')).toBe('late');
    expect(target.shown).toBe('board');
  });

  it('is gone after the line was started again', async () => {
    const { target, at } = line();
    await target.show('board');
    at.starts = 2;
    expect(target.shown).toBe('items');
  });

  it('is said to have come, or not, in a sentence', async () => {
    const { target, at } = line();
    const { desk } = exampleDesk();
    expect(await showInTraining(desk, target, { actor: by('SUP'), target: 'board' })).toEqual({
      kind: 'done',
      value: null,
    });
    at.isSilent = true;
    expect(await showInTraining(desk, target, { actor: by('SUP'), target: 'dark' })).toEqual({
      kind: 'failed',
      failure: {
        code: 'not-shown',
        message: 'The training line did not say within 3 s that it stands before the camera. Choose it again.',
      },
    });
    expect(await showInTraining(desk, target, { actor: by('SUP'), target: 'moon' })).toMatchObject({
      failure: { message: 'Nothing called moon can be shown.' },
    });
  });

  it('is none of an operator, and none of a line that makes products', async () => {
    const { target } = line();
    const { desk, memory } = exampleDesk();
    expect(await showInTraining(desk, undefined, { actor: by('SUP'), target: 'board' })).toEqual({
      kind: 'refused',
      unmet: [{ guard: 'not-training' }],
    });
    expect((await showInTraining(desk, target, { actor: by('AUD'), target: 'board' })).kind).toBe('refused');
    expect(auditOf(memory.facts).at(-1)).toMatchObject({ action: 'training.inject', outcome: 'refused' });
  });
});
