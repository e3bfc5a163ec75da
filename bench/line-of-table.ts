/** A figure with its goal beside it. `stated`: shown, never judged (it depends on the machine). */
export interface Line {
  readonly goal: string;
  readonly what: string;
  readonly value: string;
  readonly must: string;
  readonly result: 'met' | 'MISSED' | 'no result' | 'stated';
}

export const MIB = 2 ** 20;

/** A gate's word. */
export function verdictOf(isMet: boolean): Line['result'] {
  return isMet ? 'met' : 'MISSED';
}

/** A figure that is shown and never judged. */
export function stated(goal: string, what: string, value: string, must: string): Line {
  return { goal, what, value, must, result: 'stated' };
}

/** Numbers as the table shows them. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en').replaceAll(',', ' ');
export const ms = (value: number): string => value.toFixed(value < 1 ? 2 : 1);
export const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);
