import { expect, it } from 'vitest';
import type { EpcisEvent } from '#epcis/event-model.ts';
import {
  commissioning,
  decommissioning,
  destroying,
  inspecting,
  packing,
  sampling,
  shipping,
  unpacking,
} from '#epcis/line-events.ts';
import { documentProblems, type Judging } from '#epcis/validator.ts';
import { dissolving, frame, head, item, OTHER_PALLET, PALLET } from './example-events.ts';

const EXPORT: Judging = { purpose: 'export', dissolving };
const STORY: Judging = { ...EXPORT, tells: 'everything' };
const HANDOVER = { sources: [], destinations: [] };
const birth = commissioning(frame(1), [item(1), item(2), item(3)], { lot: 'L1', expiry: '2028-11-22' });
const look = inspecting(frame(3), [item(1)], 'conformant');
const pack = packing(frame(4), PALLET, [item(1), item(2)]);

it.each<[string, Judging, readonly EpcisEvent[], string[]]>([
  [
    'packing what was never commissioned',
    STORY,
    [packing(frame(4), PALLET, [item(9)])],
    [
      'not-commissioned eventList[0].parentID: https://id.gs1.org/00/095212340000000013 was never commissioned.',
      'not-commissioned eventList[0].childEPCs[0]: https://id.gs1.org/01/09521234543213/21/9 was never commissioned.',
    ],
  ],
  [
    'commissioning twice',
    STORY,
    [birth, commissioning(frame(5), [item(2)])],
    [
      'commissioned-twice eventList[1].epcList[0]: https://id.gs1.org/01/09521234543213/21/2 is commissioned a second time.',
    ],
  ],
  [
    'a second life',
    STORY,
    [birth, destroying(frame(4), [item(1)]), commissioning(frame(5), [item(1)])],
    [
      'after-end eventList[2].epcList[0]: https://id.gs1.org/01/09521234543213/21/1 is commissioned again after its end.',
    ],
  ],
  [
    'a look at what was destroyed',
    STORY,
    [birth, destroying(frame(4), [item(1)]), inspecting(frame(5), [item(1)], 'conformant')],
    ['after-end eventList[2].epcList[0]: https://id.gs1.org/01/09521234543213/21/1 is told of after its end.'],
  ],
  [
    'a sample that goes on',
    STORY,
    [birth, sampling(frame(4), [item(1)]), inspecting(frame(5), [item(1)], 'conformant')],
    [
      'sample-continued eventList[2].epcList[0]: https://id.gs1.org/01/09521234543213/21/1 was sampled, and its next event does not end its life.',
      '~sample-not-ended : 1 sampled units never ended their life.',
    ],
  ],
  [
    'packing twice into one pallet',
    EXPORT,
    [birth, pack, packing(frame(5), PALLET, [item(1)])],
    [
      'already-packed eventList[2].childEPCs[0]: https://id.gs1.org/01/09521234543213/21/1 is packed a second time into the same parent.',
    ],
  ],
  [
    'packing into a second pallet',
    EXPORT,
    [birth, pack, packing(frame(5), OTHER_PALLET, [item(1)])],
    [
      'already-packed eventList[2].childEPCs[0]: https://id.gs1.org/01/09521234543213/21/1 is packed while it lies in another parent.',
    ],
  ],
  [
    'pallets in each other',
    EXPORT,
    [packing(frame(4), PALLET, [OTHER_PALLET]), packing(frame(5), OTHER_PALLET, [PALLET])],
    [
      'parent-own-child eventList[1].childEPCs[0]: https://id.gs1.org/00/095212340000000013 would come to lie in itself.',
    ],
  ],
  [
    'taking out what was never inside',
    STORY,
    [birth, unpacking(frame(5), PALLET, [item(1)])],
    [
      'not-commissioned eventList[1].parentID: https://id.gs1.org/00/095212340000000013 was never commissioned.',
      'not-inside eventList[1].childEPCs[0]: https://id.gs1.org/01/09521234543213/21/1 is taken out of a parent it is not in.',
    ],
  ],
  [
    'ending what lies in a pallet',
    EXPORT,
    [birth, pack, decommissioning(frame(5), [item(1)])],
    [
      'ended-inside eventList[2].epcList[0]: https://id.gs1.org/01/09521234543213/21/1 ends while it lies in a container; it must be unpacked first.',
    ],
  ],
  [
    'shipping what lies in a pallet',
    EXPORT,
    [birth, pack, shipping(frame(5), [item(1)], HANDOVER)],
    [
      'shipped-inside eventList[2].epcList[0]: https://id.gs1.org/01/09521234543213/21/1 is shipped while it lies in another container.',
    ],
  ],
  [
    'a look before the birth',
    EXPORT,
    [commissioning(frame(5), [item(1)]), inspecting(frame(3), [item(1)], 'conformant')],
    [
      'time-backwards eventList[1].epcList[0]: https://id.gs1.org/01/09521234543213/21/1 is told of at a time before what was told of it last.',
    ],
  ],
  [
    'two expiries of a lot',
    EXPORT,
    [birth, commissioning(frame(5), [item(9)], { lot: 'L1', expiry: '2029-11-22' })],
    ['lot-differs eventList[1].ilmd: The lot was told of with other data before.'],
  ],
  [
    'an id twice',
    EXPORT,
    [look, look],
    [
      'event-id-repeated eventList[1].eventID: The id urn:uuid:00000000-0000-4000-8000-000000000003 belongs to two events.',
    ],
  ],
])('the story of %s is told in whole sentences', (_what, judging, events, sentences) => {
  const problems = documentProblems({ head, events }, judging);
  expect(
    problems.map(
      ({ rule, path, message, severity }) => `${severity === 'error' ? '' : '~'}${rule} ${path}: ${message}`,
    ),
  ).toEqual(sentences);
});
