import type { VirtualLine } from '#station/virtual-line.ts';

/** What can be put before the emulated camera of a training line; `items`: it is taken away again. */
export const SET_UP_TARGETS = ['items', 'dark', 'grey-card', 'board', 'printed-code', 'label'] as const;

/** What stands before the emulated camera while it is set up. */
export interface TrainingTarget {
  readonly shown: string;
  /** False: there is no such thing. */
  show(target: string): boolean;
}

export function trainingTarget(virtualLine: Pick<VirtualLine, 'tell'>): TrainingTarget {
  let shown: (typeof SET_UP_TARGETS)[number] = 'items';
  return {
    get shown() {
      return shown;
    },
    show(wanted) {
      const target = SET_UP_TARGETS.find((one) => one === wanted);
      if (target === undefined) return false;
      virtualLine.tell({ do: 'show', target });
      shown = target;
      return true;
    },
  };
}
