import { describe, expect, it } from 'vitest';
import type { EpcisEvent } from '#epcis/event-model.ts';
import {
  commissioning,
  declareError,
  destroying,
  inspecting,
  packing,
  sampling,
  unpacking,
} from '#epcis/line-events.ts';
import { documentProblems } from '#epcis/validator.ts';
import { frame, head, item, OTHER_PALLET, PALLET } from './example-events.ts';
import { T0 } from './example-run.ts';

const birth = commissioning(frame(1), [item(1), item(2)], { lot: 'L1', expiry: '2028-11-22' });
const pallets = commissioning(frame(2), [PALLET, OTHER_PALLET]);
const start = [birth, pallets];
const pack = packing(frame(4), PALLET, [item(1)]);
const unpack = unpacking(frame(5), PALLET, [item(1)]);
const packElsewhere = packing(frame(6), OTHER_PALLET, [item(1)]);
const look = inspecting(frame(7), [item(1)], 'conformant');
const sample = sampling(frame(8), [item(1)]);
const end = destroying(frame(9), [item(1)]);
const lookAgain = inspecting(frame(20), [item(1)], 'conformant');
const endAgain = destroying(frame(21), [item(1)]);
const packLate = packing(frame(22), PALLET, [item(1)]);

const wrong = (event: EpcisEvent) => declareError(event, T0 + 15_000, { reason: 'did_not_occur' });

function said(events: readonly EpcisEvent[], tells: 'everything' | 'a part' = 'everything'): string[] {
  return documentProblems({ head, events }, { purpose: 'export', tells }).map(({ rule, path }) => `${rule} ${path}`);
}

describe('once it was declared wrong,', () => {
  it.each<[string, readonly EpcisEvent[], string[]]>([
    ['a packing has put nothing into its parent', [...start, pack, wrong(pack), packElsewhere], []],
    [
      'a packing leaves alone what lies elsewhere by now',
      [...start, pack, unpack, packElsewhere, wrong(pack), packLate],
      ['already-packed eventList[6].childEPCs[0]'],
    ],
    [
      'an unpacking has taken nothing out',
      [...start, pack, unpack, wrong(unpack), packElsewhere],
      ['already-packed eventList[5].childEPCs[0]'],
    ],
    [
      'an unpacking leaves alone what lies elsewhere by now',
      [...start, pack, unpack, packElsewhere, wrong(unpack), unpacking(frame(23), OTHER_PALLET, [item(1)])],
      [],
    ],
    ['a destruction has ended nothing', [...start, end, wrong(end), lookAgain], []],
    ['a sampling has taken nothing', [...start, sample, wrong(sample), lookAgain], []],
    ['a birth may come again', [...start, wrong(birth), commissioning(frame(23), [item(1)])], []],
    [
      'a birth may come again with other data',
      [...start, wrong(birth), commissioning(frame(23), [item(1)], { lot: 'L1', expiry: '2029-01-31' })],
      [],
    ],
    [
      'a birth is not undone for what has ended since',
      [...start, end, wrong(birth), commissioning(frame(23), [item(1)])],
      ['after-end eventList[4].epcList[0]'],
    ],
    [
      'a look has changed nothing about an end',
      [...start, look, end, wrong(look), lookAgain],
      ['after-end eventList[5].epcList[0]'],
    ],
    [
      'a look has changed nothing about a sample',
      [...start, look, sample, wrong(look), lookAgain],
      ['sample-continued eventList[5].epcList[0]', 'sample-not-ended '],
    ],
    [
      'a look has changed nothing about a life',
      [...start, look, wrong(look), endAgain, commissioning(frame(23), [item(1)])],
      ['after-end eventList[5].epcList[0]'],
    ],
    [
      'a sampling has changed nothing about an end',
      [...start, sample, end, wrong(sample), lookAgain],
      ['after-end eventList[5].epcList[0]'],
    ],
    [
      'an end has changed nothing about a birth that was taken back',
      [...start, wrong(birth), wrong(end), lookAgain],
      ['not-commissioned eventList[4].epcList[0]'],
    ],
    [
      'an event leaves room for one of an earlier time',
      [...start, wrong(pack), wrong(look), inspecting(frame(3), [item(1)], 'conformant')],
      [],
    ],
  ])('%s', (_what, events, problems) => {
    expect(said(events)).toEqual(problems);
  });
});

describe('what was never told before', () => {
  const stranger = inspecting(frame(3), [item(9)], 'conformant');
  it.each<[string, readonly EpcisEvent[], string[]]>([
    [
      'is wondered at once',
      [stranger, inspecting(frame(4), [item(9)], 'conformant')],
      ['not-commissioned eventList[0].epcList[0]'],
    ],
    ['cannot end', [destroying(frame(3), [item(9)])], ['not-commissioned eventList[0].epcList[0]']],
    [
      'is not born by being added otherwise',
      [{ ...stranger, action: 'ADD' }],
      ['step-contradiction eventList[0].action', 'not-commissioned eventList[0].epcList[0]'],
    ],
    [
      'is not born by being looked at',
      [{ ...stranger, bizStep: 'commissioning', disposition: 'active' }],
      ['step-contradiction eventList[0].action', 'not-commissioned eventList[0].epcList[0]'],
    ],
    ['was in no parent', [...start, unpack], ['not-inside eventList[2].childEPCs[0]']],
  ])('%s, when a document tells everything', (_what, events, problems) => {
    expect(said(events)).toEqual(problems);
  });

  it('may come from elsewhere, when a document tells a part', () => {
    expect(said([stranger], 'a part')).toEqual([]);
    expect(said([unpack], 'a part')).toEqual([]);
    expect(said([pack, unpacking(frame(5), OTHER_PALLET, [item(1)])], 'a part')).toEqual([
      'not-inside eventList[1].childEPCs[0]',
    ]);
    expect(said([unpack, pack], 'a part')).toEqual([
      'time-backwards eventList[1].parentID',
      'time-backwards eventList[1].childEPCs[0]',
    ]);
  });
});
