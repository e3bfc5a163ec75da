import { describe, expect, it } from 'vitest';
import { FACT } from '#line/fact.ts';
import { accountOf, accountsOf, stateOf } from '#line/ledger.ts';
import {
  alarmsOf,
  codeOf,
  factsOf,
  kindsOf,
  openStory,
  PLC,
  PRINTER,
  producing,
  READER,
  RECORD_BASE,
  raisedBy,
  SETTINGS,
  STOP,
  serial,
  verdictsOf,
} from './example-line.ts';

describe('the printer', () => {
  it('is handed serials in order, each recorded as sent before', () => {
    const story = openStory();
    story.connect();
    const effects = story.release();
    expect(kindsOf(effects)).toEqual(['alarm', 'disarm-printer', 'record', 'arm-printer', 'record', 'print', 'permit']);
    expect(factsOf(effects)).toEqual([
      { kind: FACT.noticed, at: expect.any(Number), run: 7, code: 4, count: 0, epoch: 1, item: -1, ref: -1 },
      { kind: FACT.sent, at: expect.any(Number), run: 7, serial: 0, count: 8, ref: RECORD_BASE },
    ]);
    expect(effects[5]).toEqual({ kind: 'print', first: 0, count: 8, record: RECORD_BASE });
  });

  it('is handed more when it has printed, and only as many as its queue has room for', () => {
    const story = producing();
    const effects = story.printed(4);
    expect(factsOf(effects)).toMatchObject([
      { kind: FACT.printed, serial: 0, count: 5, ref: RECORD_BASE },
      { kind: FACT.sent, serial: 8, count: 5, ref: RECORD_BASE + 8 },
    ]);
    expect(accountOf(story.line.ledger, 'SENT')).toBe(SETTINGS.queueDepth);
  });

  it('is never handed more than the quantity and the reserve need', () => {
    const story = producing({ expected: { quantity: 4 } });
    story.printed(7);
    expect(story.line.ledger.nextToSend).toBe(8);
  });

  it('that reports later than the camera saw the item still gives it its time of printing', () => {
    const story = producing();
    story.good(0);
    const facts = factsOf(story.printed(1)).filter(({ kind }) => kind === FACT.printed);
    expect(facts).toMatchObject([{ serial: 0, count: 2, ref: RECORD_BASE }]);
    expect(accountsOf(story.line.ledger)).toMatchObject({ GOOD: 1, PRINTED: 1 });
  });

  it('that counts what it never got is not believed: nothing of it is taken for printed', () => {
    const story = producing();
    expect(factsOf(story.printed(500))).toEqual([]);
    expect(accountsOf(story.line.ledger)).toMatchObject({ PRINTED: 0, SENT: 8 });
  });

  it('that failed stops the line until its fault is gone and the run goes on', () => {
    const story = producing();
    const fault = { code: '2007', device: PRINTER, detail: 'the head cover is open' };
    const stop = story.tell({ kind: 'device-fault', at: story.now(), fault });
    const gone = story.tell({ kind: 'device-fault-cleared', at: story.now(), device: PRINTER });
    expect(kindsOf(stop)).toEqual(STOP);
    expect(alarmsOf([...stop, ...gone])).toEqual([
      { kind: 'raise', code: 'printer-fault', device: PRINTER, detail: '2007: the head cover is open' },
      { kind: 'clear', code: 'printer-fault', device: PRINTER },
    ]);
    expect(story.line.faulty).toEqual(new Set());
  });

  it('that ran empty is no fault once the line runs out', () => {
    const story = producing();
    story.tell({ kind: 'end-wanted', at: story.now() });
    const fault = { code: '5043', device: PRINTER, detail: 'the buffer is empty' };
    expect(story.tell({ kind: 'device-fault', at: story.now(), fault })).toEqual([]);
  });

  it('that lost its queue has every number voided that nobody saw', () => {
    const story = producing();
    story.good(0);
    const fault = { code: 'reset', device: PRINTER, detail: 'it was switched off' };
    const stop = story.tell({ kind: 'device-fault', at: story.now(), fault });
    const effects = story.release();
    expect(raisedBy(stop)).toEqual(['printer-reset']);
    expect(factsOf(effects)).toMatchObject([
      { kind: FACT.moved, serial: 1, count: 7, code: 105 },
      { kind: FACT.sent, serial: 8, count: 8 },
    ]);
  });

  it('that lost its queue while a person held the line has every number voided as well', () => {
    const story = producing();
    story.good(0);
    story.tell({ kind: 'withdrawn', at: story.now() });
    const fault = { code: 'reset', device: PRINTER, detail: 'it was switched off' };
    const reset = story.tell({ kind: 'device-fault', at: story.now(), fault });
    expect(kindsOf(reset)).toEqual(['alarm', 'disarm-printer']);
    expect(factsOf(story.release())[0]).toMatchObject({ kind: FACT.moved, serial: 1, count: 7, code: 105 });
  });

  it('is emptied before it is armed again, for it may have been away when it was told to forget', () => {
    const story = producing();
    story.good(0);
    story.lose(PRINTER);
    story.back(PRINTER);
    expect(kindsOf(story.release())).toEqual([
      'alarm',
      'record',
      'disarm-printer',
      'arm-printer',
      'record',
      'print',
      'permit',
    ]);
  });
});

describe('a device', () => {
  it.each(SETTINGS.devices)('that is lost stops the line, and is welcomed back: %s', (device) => {
    const story = producing();
    const lost = story.lose(device);
    const back = story.back(device);
    expect(kindsOf(lost)).toEqual(['record', ...STOP]);
    expect(factsOf([...lost, ...back]).map(({ kind, body }) => [kind, body])).toEqual([
      [FACT.deviceLost, JSON.stringify({ device, detail: 'silence' })],
      [FACT.deviceBack, JSON.stringify({ device })],
    ]);
    expect(alarmsOf([...lost, ...back])).toEqual([
      { kind: 'raise', code: 'device-offline', device, detail: 'silence' },
      { kind: 'clear', code: 'device-offline', device },
    ]);
    expect([story.line.mode, [...story.line.offline]]).toEqual(['suspended', []]);
  });

  it('that is lost twice is recorded once', () => {
    const story = producing();
    story.lose(PLC);
    expect(story.lose(PLC)).toEqual([]);
  });

  it('that is lost while it had a fault takes the fault with it: its alarm does not stand for ever', () => {
    const story = producing();
    const fault = { code: '2007', device: PRINTER, detail: 'the head cover is open' };
    story.tell({ kind: 'device-fault', at: story.now(), fault });
    expect(alarmsOf(story.lose(PRINTER))).toContainEqual({ kind: 'clear', code: 'printer-fault', device: PRINTER });
  });

  it('reader: what waits for a picture fails when it is lost, and it counts anew when it is back', () => {
    const story = producing();
    story.good(0);
    story.trigger();
    const lost = story.readerRestarted();
    story.outcome('diverted');
    story.release();
    const next = story.item(story.line.armedFrom);
    expect([verdictsOf(lost), verdictsOf(next)]).toMatchObject([
      [{ seq: 1, pass: false, reason: 2 }],
      [{ seq: 2, pass: true }],
    ]);
  });

  it('reader: an item that stood before the camera while it was away is not taken for the next one', () => {
    const story = producing();
    story.good(0);
    story.lose(READER);
    story.trigger(); // it comes to a stand between trigger and camera, and fails
    story.back(READER);
    story.release();
    const late = story.answer(codeOf(serial(1)));
    const next = story.item(story.line.armedFrom);
    expect([verdictsOf(late), verdictsOf(next)]).toMatchObject([[], [{ seq: 2, pass: true }]]);
    expect(stateOf(story.line.ledger, 1)).not.toBe('GOOD');
  });

  it('camera: back without a count of triggers, its first picture is not taken for an item by guess', () => {
    const story = producing({ settings: { countsPicturesOnly: true } });
    story.good(0);
    story.lose(READER);
    story.trigger(); // it comes to a stand between trigger and camera, and fails
    story.back(READER);
    story.release();
    const late = story.answer(codeOf(serial(1)));
    expect([verdictsOf(late), raisedBy(late)]).toEqual([[], ['tracking-lost']]);
    story.outcome('diverted');
    story.release();
    const next = story.item(story.line.armedFrom);
    expect(verdictsOf(next)).toMatchObject([{ seq: 2, pass: true }]);
  });

  it('reader: it counts anew, and an item may be in front of it that failed: its first picture is not given away by guess', () => {
    const story = producing();
    story.good(0);
    story.trigger();
    story.readerRestarted();
    story.release();
    const late = story.answer(codeOf(serial(1)));
    expect([verdictsOf(late), raisedBy(late)]).toEqual([[], ['tracking-lost']]);
  });

  it('PLC: a new epoch rejects what was on its way and stops the line', () => {
    const story = producing();
    story.item(0);
    const effects = story.newEpoch();
    expect(factsOf(effects)).toMatchObject([
      { kind: FACT.moved, serial: 0, count: 1, code: 204, ref: 15 },
      { kind: FACT.noticed, code: 4, count: 0, epoch: 2, item: -1, ref: -1 },
    ]);
    expect(alarmsOf(effects)).toEqual([
      { kind: 'raise', code: 'plc-restarted', device: PLC, detail: 'passed without a confirmed exit: 1' },
    ]);
    expect(stateOf(story.line.ledger, 0)).toBe('REJECTED');
    expect([story.line.items.size, story.line.plc]).toEqual([0, { epoch: 2, item: -1, event: -1 }]);
  });

  it('PLC: rows that were overwritten at the camera cannot be proved, and stop the line', () => {
    const story = producing();
    story.good(0);
    const effects = story.tell({ kind: 'rows-lost', at: story.now(), device: PLC, ring: 'trigger', count: 3 });
    expect(factsOf(effects)).toMatchObject([{ kind: FACT.noticed, code: 2, count: 3 }]);
    expect([raisedBy(effects), story.line.plc.item]).toEqual([['rows-lost'], 3]);
  });

  it('PLC: rows that were overwritten behind the divert reject as many items, oldest first', () => {
    const story = producing();
    for (const index of [0, 1, 2]) story.item(index);
    const effects = story.tell({ kind: 'rows-lost', at: story.now(), device: PLC, ring: 'outcome', count: 2 });
    expect(factsOf(effects).slice(1)).toMatchObject([
      { kind: FACT.moved, serial: 0, code: 204 },
      { kind: FACT.moved, serial: 1, code: 204 },
    ]);
    expect([0, 1, 2].map((index) => stateOf(story.line.ledger, index))).toEqual(['REJECTED', 'REJECTED', 'PRINTED']);
  });

  it('PLC: an item in the good output whose row was lost does not go by unnoticed: its serial is rejected', () => {
    const story = producing();
    story.item(0);
    story.tell({ kind: 'rows-lost', at: story.now(), device: PLC, ring: 'outcome', count: 1 });
    const effects = story.outcome('good-exit', 0, 2);
    expect([raisedBy(effects), stateOf(story.line.ledger, 0)]).toEqual([['divert-failed'], 'REJECTED']);
  });
});
