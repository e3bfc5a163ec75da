import type { SetUpTask } from '#contract/camera-set-up.ts';

/** The fields of all tasks as they were typed: text, until a task is begun. */
export interface TaskDraft {
  readonly kind: SetUpTask['kind'];
  readonly card: string;
  readonly across: string;
  readonly down: string;
  readonly square: string;
  readonly module: string;
  readonly line: string;
  readonly isNew: boolean;
}

/** A board that many shops print, and no card of known reflectance. */
export const FIRST_DRAFT: TaskDraft = {
  kind: 'flat-field',
  card: '',
  across: '9',
  down: '7',
  square: '5',
  module: '1',
  line: '',
  isNew: false,
};

/** The task that was typed; undefined while a figure is missing or out of range. */
export function taskOf(draft: TaskDraft): SetUpTask | undefined {
  switch (draft.kind) {
    case 'flat-field': {
      if (draft.card.trim() === '') return { kind: 'flat-field' };
      const share = numberIn(draft.card, 5, 100);
      return share === undefined ? undefined : { kind: 'flat-field', card: share / 100 };
    }
    case 'plane': {
      const [across, down] = [numberIn(draft.across, 4, 40), numberIn(draft.down, 4, 40)];
      const square = numberIn(draft.square, 0.1, 100);
      if (across === undefined || down === undefined || square === undefined) return undefined;
      if (!Number.isInteger(across) || !Number.isInteger(down)) return undefined;
      return { kind: 'plane', board: { across, down, square } };
    }
    case 'card': {
      const module = numberIn(draft.module, 0.05, 20);
      return module === undefined ? undefined : { kind: 'card', module };
    }
    case 'font':
      return draft.line === '' ? undefined : { kind: 'font', line: draft.line, isNew: draft.isNew };
  }
}

/** A figure with a point or a comma. */
function numberIn(text: string, least: number, most: number): number | undefined {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && value >= least && value <= most ? value : undefined;
}
