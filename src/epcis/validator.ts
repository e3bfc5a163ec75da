import type { DocumentHead, EpcisDocument, EpcisEvent, Problem } from '#epcis/event-model.ts';
import { readMoment } from '#epcis/moment.ts';
import { correctionRule } from '#epcis/rules/corrections.ts';
import { identifierRule } from '#epcis/rules/identifiers.ts';
import { finding, type Scope } from '#epcis/rules/rule.ts';
import { streamRules } from '#epcis/rules/stream.ts';
import { structureRule } from '#epcis/rules/structure.ts';
import { timeRule } from '#epcis/rules/times.ts';
import { wordRule } from '#epcis/rules/words.ts';

/** How a document is judged. */
export interface Judging extends Omit<Scope, 'namespaces' | 'madeAt'> {
  /** Whether the document tells the whole story of what it speaks of; `a part` unless told. */
  readonly tells?: 'everything' | 'a part';
}

/** Judges a document event by event, in the order of the document; keeps some thirty bytes for each thing named. */
export interface Validator {
  /** What is wrong with the document's head. */
  readonly head: readonly Problem[];
  /** What is wrong with the next event; paths begin at the list of events. */
  readonly next: (event: EpcisEvent) => Problem[];
  /** What is still open at the end. */
  readonly end: () => Problem[];
}

/** Judges what the schemas let through: identifiers, times, words, corrections, and the story the events tell. */
export function validator(head: DocumentHead, judging: Judging): Validator {
  const made = head.creationDate === undefined ? undefined : readMoment(head.creationDate);
  const { tells = 'a part', ...scope } = judging;
  const full: Scope = { ...scope, namespaces: head.namespaces, ...(made === undefined ? {} : { madeAt: made.at }) };
  const rules = [structureRule, identifierRule(), timeRule, wordRule, correctionRule];
  const stream = streamRules(tells);
  let count = 0;
  return {
    head: headProblems(head, made?.hasZone === true),
    next: (event) => {
      const at = `eventList[${count}]`;
      count += 1;
      const problems = [...rules.flatMap((rule) => rule(event, full)), ...stream.next(event)];
      return problems.map((problem) => ({ ...problem, path: `${at}.${problem.path}` }));
    },
    end: stream.end,
  };
}

/** Everything that is wrong with a document that was read whole. */
export function documentProblems({ head, events }: EpcisDocument, judging: Judging): Problem[] {
  const judge = validator(head, judging);
  return [...judge.head, ...events.flatMap((event) => judge.next(event)), ...judge.end()];
}

function headProblems({ schemaVersion, kind, creationDate }: DocumentHead, isDated: boolean): Problem[] {
  const isKnown = /^(2\.0|1\.2)(\.\d+)?$/.test(schemaVersion);
  return [
    ...(isKnown ? [] : [finding('schema-version', 'schemaVersion', `EPCIS ${schemaVersion} is not known here`)]),
    ...((kind === 'query' && creationDate === undefined) || isDated
      ? []
      : [finding('document-date', 'creationDate', `${creationDate ?? 'Nothing'} is no time at which it was made`)]),
  ];
}
