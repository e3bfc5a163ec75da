import type { EyeVerdict } from '#contract/eye.ts';
import type { Fact } from '#line/fact.ts';
import { serialAt } from '#line/ledger.ts';
import type { LineState } from '#line/line-state.ts';
import { reasonOf } from '#line/verdict.ts';

/** A recorded verdict with what makes its sentence, as the list of the last rejects has it. */
export function verdictOf({ code = 0, serial }: Fact, { ledger, figures }: LineState): EyeVerdict {
  const name = serial === undefined ? {} : { serial: serialAt(ledger, serial) };
  const reason = reasonOf(code);
  if (reason === undefined) return { verdict: 'PASS', ...name };
  const reject = figures.lastRejects.find((one) => one.reason === reason && (name.serial ?? one.serial) === one.serial);
  return {
    verdict: 'FAIL',
    reason,
    ...name,
    ...(reject?.read === undefined ? {} : { read: reject.read }),
    ...(reject?.expected === undefined ? {} : { expected: reject.expected }),
  };
}
