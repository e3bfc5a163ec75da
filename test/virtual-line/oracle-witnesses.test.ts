import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseContent, parseEpc } from '#virtual-line/oracle-content.ts';
import { eventCutter, readEpcis } from '#virtual-line/oracle-epcis.ts';
import { placeOf, readLedger } from '#virtual-line/oracle-ledger.ts';
import { codeOf, commissioning, epcisText, GTIN, LOT } from './oracle-world.ts';

async function fileWith(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'witness'), text);
  return join(folder, 'witness');
}

describe('The content of a printed item', () => {
  it('is read into GTIN, serial, lot and expiry, in any order', () => {
    const code = { gtin: GTIN, serial: 'K1', lot: LOT, expiry: '281122' };
    expect(parseContent(codeOf('K1'))).toEqual(code);
    expect(parseContent(`17281122 01${GTIN}10${LOT}\u001d21K1`.replace(' ', ''))).toEqual(code);
  });

  it.each([
    ['nothing at all', ''],
    ['plain text', 'HELLO'],
    ['a code without a lot', `01${GTIN}21K1\u001d17281122`],
    ['a serial twice', `${codeOf('K1')}\u001d21K2`],
    ['a serial of 21 characters', codeOf('K'.repeat(21))],
    ['letters in the GTIN', codeOf('K1', LOT, '0952012345678X')],
    ['a code cut off in the middle', codeOf('K1').slice(0, 12)],
  ])('is no code if it is %s', (_what, content) => {
    expect(parseContent(content)).toBeUndefined();
  });
});

describe('An identifier in the EPCIS file', () => {
  it.each([
    [`https://id.gs1.org/01/${GTIN}/21/K%2F1`, 'K/1'],
    [`https://example.com/some/01/${GTIN}/10/LOT/21/K1`, 'K1'],
    ['urn:epc:id:sgtin:952012.0345678.K%2F1', 'K/1'],
  ])('%s names an item', (epc, serial) => {
    expect(parseEpc(epc)).toEqual({ gtin: GTIN, serial });
  });

  it.each([
    'https://id.gs1.org/00/095201234567891234',
    `https://id.gs1.org/01/${GTIN}`,
    'urn:epc:id:sgtin:952012.0345.K1',
    '',
  ])('%s names none', (epc) => {
    expect(parseEpc(epc)).toBeUndefined();
  });
});

describe('The EPCIS file', () => {
  it('is cut into the same events however its text arrives', () => {
    const events = [commissioning('A"[{\\'), commissioning('eventList'), { type: 'X', list: [{ a: [] }, '}'] }];
    const text = epcisText(events);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const seen: unknown[] = [];
        const cutter = eventCutter((event) => seen.push(JSON.parse(event)));
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        at.forEach((from, place) => {
          cutter.write(text.slice(from, at[place + 1] ?? text.length));
        });
        expect(seen).toEqual(events);
        expect(JSON.parse(cutter.rest())).toMatchObject({ type: 'EPCISDocument', epcisBody: { eventList: [] } });
      }),
    );
  });

  it('counts several items of one event, and each of them once', async () => {
    const two = {
      ...commissioning('A'),
      epcList: ['A', 'B'].map((serial) => `https://id.gs1.org/01/${GTIN}/21/${serial}`),
    };
    const published = await readEpcis(await fileWith(epcisText([two])));
    expect(published.commissioned).toEqual(
      new Map([
        [`${GTIN} A`, 1],
        [`${GTIN} B`, 1],
      ]),
    );
    expect(published).toMatchObject({ strange: [], events: 1, aggregations: 0 });
  });

  it('that was cut off in the middle is no document', async () => {
    const text = epcisText([commissioning('A'), commissioning('B')]);
    const published = await readEpcis(await fileWith(text.slice(0, text.length - 100)));
    expect(published.strange).toEqual(['The file is not a complete EPCIS document.']);
  });

  it('has nothing to say about items that were destroyed, observed or named badly', async () => {
    const events = [
      { ...commissioning('A'), action: 'DELETE', bizStep: 'destroying' },
      { ...commissioning('B'), bizStep: 'inspecting' },
      { ...commissioning('C'), epcList: ['urn:epc:id:sscc:952012.0123456789'] },
    ];
    expect((await readEpcis(await fileWith(epcisText(events)))).strange).toEqual([
      'Event 1 (ObjectEvent DELETE destroying) has nothing in the record to stand for.',
      'Event 2 adds items but is not a plain commissioning.',
      'Event 3 names urn:epc:id:sscc:952012.0123456789, which identifies no item.',
    ]);
  });
});

describe('The ledger', () => {
  const head = { t: 0, enc: 0, wall: 5 };
  const lines = (...all: readonly object[]): string =>
    all.map((line) => `${JSON.stringify({ ...head, ...line })}\n`).join('');

  it('goes on behind a line that a dying process left unfinished', async () => {
    const text = `${lines({ ev: 'start', seed: 7 }, { ev: 'fed', item: 1 })}{"t":3,"ev":"pri${lines({ ev: 'start', seed: 7 }, { ev: 'removed', item: 1, cause: 'restart' })}`;
    const truth = await readLedger(await fileWith(text));
    expect(truth).toMatchObject({ sections: 2, seeds: [7, 7], tornLines: 1, contradictions: [] });
    expect([...truth.items.values()].map(placeOf)).toEqual(['removed']);
  });

  it('contradicts itself when an item comes from nowhere or enters twice', async () => {
    const text = lines(
      { ev: 'start', seed: 7 },
      { ev: 'good', item: 3 },
      { ev: 'fed', item: 4 },
      { ev: 'fed', item: 4 },
    );
    const truth = await readLedger(await fileWith(text));
    expect(truth.contradictions).toEqual([
      { text: 'Item 3 is spoken of but never entered the belt.', item: 3 },
      { text: 'Item 4 entered the belt twice.', item: 4 },
    ]);
  });

  it('tells over-printing from a blank that was printed afterwards', async () => {
    const text = lines(
      { ev: 'fed', item: 1 },
      { ev: 'printed', item: 1, content: 'A' },
      { ev: 'printed', item: 1, content: 'B' },
      { ev: 'fed', item: 2 },
      { ev: 'printed', item: 2, content: '' },
      { ev: 'printed', item: 2, content: 'C' },
    );
    const { items } = await readLedger(await fileWith(text));
    expect([...items.values()].map((item) => item.contents)).toEqual([['A', 'B'], ['C']]);
  });
});
