import type { Effect } from '#line/effect.ts';
import { FACT, type Fact } from '#line/fact.ts';
import { accountsOf, stateOf } from '#line/ledger.ts';
import type { LineState } from '#line/line-state.ts';
import { OUTCOMES } from '#line/signal.ts';

/** Follows the stream of effects and names whatever must never happen. */
export function witness(line: LineState) {
  const recorded = new Set<string>();
  const sent = new Set<string>();
  const printed = new Set<number>();
  const passed = new Map<number, string>();
  const proved = new Set<number>();
  const wrong: string[] = [];
  let mayPass = false;

  function takeFact(fact: Fact): void {
    const { kind, epoch, item, serial = -1, code } = fact;
    if (kind === FACT.verdict) {
      recorded.add(`${epoch}/${(item ?? 0) & 0xffff}/${code}`);
      if (code === 0 && passed.has(serial)) wrong.push(`serial ${serial} passed twice`);
      if (code === 0) passed.set(serial, `${epoch}/${item}`);
    }
    if (kind === FACT.outcome && code === OUTCOMES['good-exit'] && passed.get(serial) === `${epoch}/${item}`)
      proved.add(serial);
  }

  function takeVerdict({ epoch, seq, pass, reason }: Extract<Effect, { kind: 'send-verdict' }>): void {
    const item = `${epoch}/${seq}`;
    if (!recorded.has(`${item}/${reason}`)) wrong.push(`item ${item} was answered before it was recorded`);
    if (sent.has(item)) wrong.push(`item ${item} was answered twice`);
    if (pass && !mayPass) wrong.push(`item ${item} passed on a line that was not released`);
    sent.add(item);
  }

  function takePrint({ first, count }: Extract<Effect, { kind: 'print' }>): void {
    for (let index = first; index < first + count; index += 1) {
      if (printed.has(index)) wrong.push(`serial ${index} was handed to the printer twice`);
      if (stateOf(line.ledger, index) === 'ALLOCATED') wrong.push(`serial ${index} was printed before it was SENT`);
      printed.add(index);
    }
  }

  function takeEffect(effect: Effect): void {
    if (effect.kind === 'record') takeFact(effect.fact);
    if (effect.kind === 'arm-printer') mayPass = true;
    if (effect.kind === 'suspend-run' || effect.kind === 'end-run') mayPass = false;
    if (effect.kind === 'send-verdict') takeVerdict(effect);
    if (effect.kind === 'print') takePrint(effect);
  }

  function balance(): void {
    const sum = Object.values(accountsOf(line.ledger)).reduce((total, count) => total + count, 0);
    if (sum !== line.ledger.size) wrong.push(`the balance is ${sum}`);
    if (line.figures.passed < 0 || line.figures.failed < 0) wrong.push('a figure is negative');
  }

  return {
    take(effects: readonly Effect[], wasReleased: boolean): void {
      mayPass = wasReleased;
      effects.forEach(takeEffect);
      balance();
    },
    /** Everything that was wrong; GOOD serials without their proofs among it. */
    found(): readonly string[] {
      const states = Array.from({ length: line.ledger.size }, (_, index) => stateOf(line.ledger, index));
      const unproved = states.flatMap((state, index) => (state === 'GOOD' && !proved.has(index) ? [index] : []));
      return [...wrong, ...unproved.map((index) => `serial ${index} is GOOD without proof`)];
    },
  };
}
