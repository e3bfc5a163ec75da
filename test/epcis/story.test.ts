import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EpcisEvent, Problem } from '#epcis/event-model.ts';
import {
  commissioning,
  declareError,
  destroying,
  inspecting,
  packing,
  sampling,
  shipping,
  unpacking,
} from '#epcis/line-events.ts';
import { readJsonDocument } from '#epcis/read-json.ts';
import { RULES } from '#epcis/rules/rule.ts';
import { documentProblems, type Judging } from '#epcis/validator.ts';
import { dissolving, frame, head, item, OTHER_PALLET, PALLET, shift } from './example-events.ts';
import { T0 } from './example-run.ts';
import { absence, standard, standardFiles } from './standards.ts';

const absent = absence();
if (absent !== undefined) console.warn(`skipped: ${absent}`);

const IMPORT: Judging = { purpose: 'import' };
const EXPORT: Judging = { purpose: 'export', dissolving };
const STORY: Judging = { ...EXPORT, tells: 'everything' };

const birth = commissioning(frame(1), [item(1), item(2), item(3)], { lot: 'L1', expiry: '2028-11-22' });

function said(events: readonly EpcisEvent[], judging: Judging): string[] {
  return documentProblems({ head, events }, judging).map(({ rule, path, severity }) =>
    severity === 'error' ? `${rule} ${path}` : `(${rule}) ${path}`,
  );
}

describe('the story that events tell', () => {
  const end = destroying(frame(6), [item(1)]);
  it.each<[string, readonly EpcisEvent[], string[]]>([
    [
      'packing what was never commissioned',
      [packing(frame(4), PALLET, [item(9)])],
      ['not-commissioned eventList[0].parentID', 'not-commissioned eventList[0].childEPCs[0]'],
    ],
    [
      'commissioning twice',
      [birth, commissioning(frame(5), [item(2)])],
      ['commissioned-twice eventList[1].epcList[0]'],
    ],
    [
      'anything after the end',
      [birth, end, inspecting(frame(7), [item(1)], 'conformant')],
      ['after-end eventList[2].epcList[0]'],
    ],
    ['a second life', [birth, end, commissioning(frame(7), [item(1)])], ['after-end eventList[2].epcList[0]']],
    [
      'a sample that goes on',
      [birth, sampling(frame(5), [item(1)]), inspecting(frame(6), [item(1)], 'conformant')],
      ['sample-continued eventList[2].epcList[0]', '(sample-not-ended) '],
    ],
    ['a sample that stays', [birth, sampling(frame(5), [item(1)])], ['(sample-not-ended) ']],
    ['a sample that ends', [birth, sampling(frame(5), [item(1)]), end], []],
    [
      'two parents',
      [...shift.slice(0, 4), packing(frame(5), OTHER_PALLET, [item(1)])],
      ['already-packed eventList[4].childEPCs[0]'],
    ],
    [
      'the same parent again',
      [...shift.slice(0, 4), packing(frame(5), PALLET, [item(1)])],
      ['already-packed eventList[4].childEPCs[0]'],
    ],
    [
      'taking out what is not inside',
      [...shift.slice(0, 4), unpacking(frame(5), PALLET, [item(6)])],
      ['not-inside eventList[4].childEPCs[0]'],
    ],
    ['destroying what is packed', [...shift.slice(0, 4), end], ['ended-inside eventList[4].epcList[0]']],
    [
      'shipping what lies in another container',
      [...shift.slice(0, 4), shipping(frame(6), [item(1)], { sources: [], destinations: [] })],
      ['shipped-inside eventList[4].epcList[0]'],
    ],
    [
      'a circle of containers',
      [...shift.slice(0, 2), packing(frame(4), PALLET, [OTHER_PALLET]), packing(frame(5), OTHER_PALLET, [PALLET])],
      ['parent-own-child eventList[3].childEPCs[0]'],
    ],
    [
      'times that run backwards',
      [birth, inspecting({ ...frame(3), at: T0 - 1 }, [item(1)], 'conformant')],
      ['time-backwards eventList[1].epcList[0]'],
    ],
    [
      'a lot with two expiry dates',
      [birth, commissioning(frame(2), [item(9)], { lot: 'L1', expiry: '2029-01-01' })],
      ['lot-differs eventList[1].ilmd'],
    ],
    ['a container that was emptied', [...shift.slice(0, 10), packing(frame(11), PALLET, [item(5)])], []],
  ])('is watched: %s', (_what, events, problems) => {
    expect(said(events, STORY)).toEqual(problems);
  });

  it('goes on from where it was before, once an event was declared wrong', () => {
    const cure = { reason: 'incorrect_data', correctiveEventIDs: [frame(9).eventID] } as const;
    const again = commissioning(frame(9), [item(1), item(2)], { lot: 'L1', expiry: '2028-12-22' });
    const end = destroying(frame(6), [item(1)]);
    const pack = packing(frame(4), PALLET, [item(1)]);
    expect(said([birth, declareError(birth, T0 + 9000, cure), again], STORY)).toEqual([]);
    expect(
      said([birth, end, declareError(end, T0 + 9000, cure), inspecting(frame(9), [item(1)], 'conformant')], STORY),
    ).toEqual([]);
    expect(
      said(
        [...shift.slice(0, 2), pack, declareError(pack, T0 + 9000, cure), packing(frame(9), OTHER_PALLET, [item(1)])],
        STORY,
      ),
    ).toEqual([]);
  });

  it('need not be whole: what is unknown was commissioned elsewhere', () => {
    expect(said([packing(frame(4), PALLET, [item(9)]), unpacking(frame(5), OTHER_PALLET, [item(8)])], EXPORT)).toEqual(
      [],
    );
  });
});

describe('the official samples', () => {
  it('are sound on import', ({ skip }) => {
    skip(absent !== undefined, absent);
    const errors = standardFiles('epcis/json-samples', '.jsonld').flatMap((file) => {
      const answer = readJsonDocument(standard(file));
      const problems: readonly Problem[] = answer.kind === 'read' ? documentProblems(answer.document, IMPORT) : [];
      return problems
        .filter(({ severity }) => severity === 'error')
        .map(({ rule, path, message }) => `${file.replace(/^.*\//, '')} ${rule} ${path} ${message}`);
    });
    expect(errors).toEqual([]);
  });
});

describe('the documentation', () => {
  it('names every rule in its own words', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/epcis-validator.md'), 'utf8');
    const missing = Object.entries(RULES).filter(([rule, sentence]) => !text.includes(`| \`${rule}\` | ${sentence} |`));
    expect(missing).toEqual([]);
  });
});
