import type { Effect } from '#line/effect.ts';
import { accountOf } from '#line/ledger.ts';
import type { LineState } from '#line/line-state.ts';
import { remark } from '#line/suspend.ts';

/** Records left in the printer at which the infeed closes: what is on the belt before the head still needs one each. */
const LAST_IN_QUEUE = 6;

/** Stops feeding; what is on the belt is finished as usual. */
export function runOut(line: LineState, effects: Effect[]): void {
  if (line.mode !== 'producing') return;
  line.mode = 'running-out';
  effects.push({ kind: 'machine', command: 'complete' });
  effects.push({ kind: 'permit', open: false });
}

/** Closes the infeed when what is good and what is still on its way make the quantity, or the serials are used up. */
export function runOutIfMade(line: LineState, effects: Effect[]): void {
  if (line.mode !== 'producing') return;
  const { ledger } = line;
  if (accountOf(ledger, 'GOOD') + accountOf(ledger, 'PRINTED') >= line.expected.quantity) {
    runOut(line, effects);
    return;
  }
  if (ledger.nextToSend < ledger.size || accountOf(ledger, 'SENT') > LAST_IN_QUEUE) return;
  remark('serials-low', effects, '0');
  line.endWanted = true;
  runOut(line, effects);
}
