import { AttributeIds, DataType, StatusCodes, Variant } from 'node-opcua-client';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeOf, openSession, type ScriptedWorkstation, startWorkstation } from './scripted-workstation.ts';
import { type LedgerEntry, type StartedLine, startLine, startLineIn, until } from './stranger.ts';

const PATIENCE = 240_000;
const opened: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function start(...args: readonly string[]): Promise<StartedLine> {
  const line = await startLine(...args);
  opened.push({ close: line.end });
  return line;
}

async function work(
  line: StartedLine,
  options: Parameters<typeof startWorkstation>[1] = {},
): Promise<ScriptedWorkstation> {
  const workstation = await startWorkstation(line, options);
  opened.push(workstation);
  return workstation;
}

const ENDS = ['good', 'diverted', 'removed'];
const ended = (line: StartedLine): number => line.ledger().filter(({ ev }) => ENDS.includes(ev)).length;
const of = (ledger: readonly LedgerEntry[], ev: string): readonly LedgerEntry[] => ledger.filter((l) => l.ev === ev);
const fateOf = (ledger: readonly LedgerEntry[], item: number): readonly string[] =>
  ledger.filter((l) => l.item === item && l.ev !== 'fault').map(({ ev }) => ev);
const printOf = (ledger: readonly LedgerEntry[], item: number): string | undefined =>
  ledger.find((l) => l.item === item && l.ev === 'printed')?.content;

const HOLDING = 10;

/** Whether the PLC held the machine by itself: on a machine that is starved it may not have heard of us for a second. */
const wasHeld = (ledger: readonly LedgerEntry[]): boolean => of(ledger, 'plc').some(({ state }) => state === HOLDING);

/** What a line did that was heard all the time; it is told once more where it was not. */
async function undisturbed(tell: () => Promise<readonly LedgerEntry[]>): Promise<readonly LedgerEntry[]> {
  for (let tries = 1; ; tries += 1) {
    const ledger = await tell();
    if (!wasHeld(ledger) || tries === 5) return ledger;
  }
}

async function runItems(
  count: number,
  ...args: readonly string[]
): Promise<{ line: StartedLine; ws: ScriptedWorkstation }> {
  const line = await start('--items', String(count), ...args);
  const ws = await work(line);
  ws.permit(true);
  await until(`${count} items ended`, () => ended(line) === count, PATIENCE);
  await until('their results are out', () => ws.outs.filter(({ result }) => result < 5).length === count);
  return { line, ws };
}

describe('the virtual line', () => {
  it(
    'replays the same seed in lock-step to the same ledger, but for the wall clock',
    async () => {
      const run = async () => {
        const { line, ws } = await runItems(80, '--speed', '20', '--seed', '7');
        await ws.close();
        expect(await line.end()).toBe(0);
        return line.ledger();
      };
      const told = async () =>
        (await undisturbed(run)).map(({ wall: _wall, epoch: _epoch, ...rest }): Omit<LedgerEntry, 'wall'> => rest);
      const first = await told();
      expect(await told()).toEqual(first);
      expect(first.at(-1)).toMatchObject({ ev: 'end', fed: 80, inBelt: 0 });
    },
    PATIENCE,
  );

  it(
    'does to each item what its faults say',
    async () => {
      const line = await start('--items', '70', '--speed', '10', '--seed', '7');
      const ws = await work(line);
      const faults: readonly (readonly [string, number])[] = [
        ['F01', 10],
        ['F01-nozzle', 20],
        ['F02', 30],
        ['F09', 40],
        ['F16', 50],
        ['F03', 66],
      ];
      for (const [fault, item] of faults) line.order({ do: 'inject', fault, item });
      line.order({ do: 'inject', fault: 'F08', item: 60, seconds: 0.9 });
      line.order({ do: 'inject', fault: 'F99' });
      line.order({ do: 'inject', fault: 'F12' });
      ws.permit(true);
      await until('all items ended', () => ended(line) === 70, PATIENCE);
      const ledger = line.ledger();

      expect(fateOf(ledger, 10)).toEqual(['fed', 'eye', 'exposed', 'diverted']);
      expect(fateOf(ledger, 20)).toEqual(['fed', 'printed', 'eye', 'exposed', 'diverted']);
      expect(printOf(ledger, 20)).toBe('');
      expect(printOf(ledger, 30)).toBe(printOf(ledger, 29));
      expect(fateOf(ledger, 40)).toEqual(['inserted', 'eye', 'exposed', 'good']);
      expect(of(ledger, 'inserted')[0]?.content).toMatch(/^0109521234543213.*100815$/);
      expect(printOf(ledger, 59)?.slice(-4)).toBe('LOT1');
      expect(printOf(ledger, 60)?.slice(-4)).toBe('LOT2');
      expect(of(ledger, 'printed').at(-1)?.content?.slice(-4)).toBe('LOT1');
      // Records are used up one by one: the missed item and the foreign one used none, one was printed on nothing.
      const records = of(ledger, 'printed').map(({ rec }) => rec);
      expect(records).toEqual(Array.from({ length: 69 }, (_, n) => n + 1).filter((rec) => rec !== 64));
      expect(line.notes.filter(({ note }) => note === 'refused').map(({ message }) => message)).toEqual([
        expect.stringMatching(/^There is no fault F99/),
        'F12-printer needs real time: start the line with a speed of at most 1.',
      ]);
      expect(of(ledger, 'fault').map(({ fault, active }) => `${fault} ${active}`)).toEqual(
        expect.arrayContaining(faults.flatMap(([fault]) => [`${fault} true`, `${fault} false`])),
      );
    },
    PATIENCE,
  );

  it(
    'holds on an open head cover, and goes on when somebody closed it',
    async () => {
      const line = await start('--items', '60', '--speed', '10');
      const ws = await work(line);
      line.order({ do: 'inject', fault: 'F10', item: 20 });
      ws.permit(true);
      await until('the machine is held', () => ws.state() === 11, PATIENCE);
      line.order({ do: 'clear', fault: 'F10' });
      await until('all items ended', () => ended(line) === 60, PATIENCE);
      const ledger = line.ledger();
      expect(of(ledger, 'operator').map(({ action }) => action)).toEqual(
        expect.arrayContaining(['Reset', 'Start', 'close-cover', 'Unhold']),
      );
      expect(printOf(ledger, 20)).toBeUndefined();
      expect(fateOf(ledger, 20)).toEqual(['fed', 'eye', 'exposed', 'diverted']);
      expect(fateOf(ledger, 60)).toEqual(['fed', 'printed', 'eye', 'exposed', 'good']);
    },
    PATIENCE,
  );

  it(
    'purges after Hold: each item that was in the zone is in the reject bin, each Seq has one end',
    async () => {
      const line = await start('--items', '60', '--speed', '10');
      const ws = await work(line);
      ws.permit(true);
      await until('twenty items ended', () => ended(line) >= 20, PATIENCE);
      ws.command(4);
      await until('all items ended', () => ended(line) === 60, PATIENCE);
      await until('60 results', () => ws.outs.filter(({ result }) => result < 5).length === 60);
      const ledger = line.ledger();
      const bin = of(ledger, 'diverted').length;
      expect(bin).toBeGreaterThanOrEqual(4);
      const seqs = ws.outs.filter(({ result }) => result <= 4).map(({ seq }) => seq);
      expect(new Set(seqs).size).toBe(60);
      expect(ws.outs.filter(({ result }) => result === 2).length).toBe(bin);
    },
    PATIENCE,
  );

  it(
    'runs empty on Complete and is complete; a new permit starts it again',
    async () => {
      const line = await start('--speed', '10');
      const ws = await work(line);
      ws.permit(true);
      await until('ten items ended', () => ended(line) >= 10, PATIENCE);
      ws.permit(false);
      ws.command(10);
      await until('Complete', () => ws.state() === 17, PATIENCE);
      const ledger = line.ledger();
      expect(of(ledger, 'fed').length + of(ledger, 'inserted').length).toBe(ended(line));
      ws.permit(true);
      await until('it produces again', () => ws.state() === 6, PATIENCE);
    },
    PATIENCE,
  );

  it(
    'takes what an ended process left on the belt as removed, and goes on counting items',
    async () => {
      const line = await start('--speed', '10');
      const ws = await work(line);
      ws.permit(true);
      await until('ten items ended', () => ended(line) >= 10, PATIENCE);
      process.kill(line.pid, 'SIGKILL');
      await line.end();
      const left = line.ledger();
      const next = await startLineIn(line.folder, '--speed', '10', '--items', '1');
      opened.push({ close: next.end });
      const onBelt = of(left, 'fed').length - ended({ ...line, ledger: () => left });
      const section = next.ledger().slice(left.length);
      expect(section[0]).toMatchObject({ ev: 'start' });
      expect(of(section, 'removed').length).toBe(onBelt);
      const again = await work(next);
      again.permit(true);
      await until('one more item', () => of(next.ledger(), 'fed').length === of(left, 'fed').length + 1, PATIENCE);
      expect(of(next.ledger(), 'fed').at(-1)?.item).toBe(of(left, 'fed').length + 1);
    },
    PATIENCE,
  );
});

describe('the virtual line with a camera', () => {
  it(
    'shows in each picture what is printed, with the faults that were ordered',
    async () => {
      const line = await start('--items', '40', '--speed', '5', '--seed', '7', '--reader', 'gige');
      const seen = new Map<number, string>();
      const ws = await work(line, {
        hasCamera: true,
        judge: (content, _grade, trigger) => {
          seen.set(trigger, content);
          return content !== '';
        },
      });
      line.order({ do: 'inject', fault: 'F01', item: 5 });
      line.order({ do: 'inject', fault: 'F02-double', item: 10 });
      // Half a second after it was fed an item is printed, and the next is not.
      line.order({ do: 'inject', fault: 'F07-position', item: 15, seconds: 0.5 });
      line.order({ do: 'inject', fault: 'F07-nozzle', item: 20, seconds: 0.5 });
      line.order({ do: 'inject', fault: 'F09', item: 30 });
      ws.permit(true);
      await until('all items ended', () => ended(line) === 40, PATIENCE);
      const ledger = line.ledger();
      expect(of(ledger, 'exposed').map(({ item }) => item)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
      const truth = (item: number): string | undefined =>
        printOf(ledger, item) ?? of(ledger, 'inserted').find((one) => one.item === item)?.content;
      const unread = Array.from({ length: 40 }, (_, i) => i + 1).filter((item) => seen.get(item) === '');
      expect(unread).toEqual([5, 10, 20]);
      for (const [item, content] of seen) if (content !== '') expect(content).toBe(truth(item));
      for (const item of unread) expect(fateOf(ledger, item).at(-1)).toBe('diverted');
      expect(fateOf(ledger, 15).at(-1)).toBe('good');
    },
    PATIENCE,
  );

  it(
    'leaves out the number of a picture that is lost, and the picture of a trigger that is missed or never comes',
    async () => {
      const line = await start('--items', '16', '--speed', '5', '--seed', '7', '--reader', 'gige');
      const blocks: number[] = [];
      const ws = await work(line, {
        hasCamera: true,
        judge: (_content, _grade, trigger) => {
          blocks.push(trigger);
          return true;
        },
      });
      line.order({ do: 'inject', fault: 'F14-lost', item: 4 });
      line.order({ do: 'inject', fault: 'F14', item: 10 });
      line.order({ do: 'inject', fault: 'F14-trigger', item: 13 });
      ws.permit(true);
      await until('all items ended', () => ended(line) === 16, PATIENCE);
      expect(blocks).toEqual([1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
      expect(fateOf(line.ledger(), 4)).toEqual(['fed', 'printed', 'eye', 'exposed', 'diverted']);
      const unpictured = [...Array(16).keys()]
        .map((n) => n + 1)
        .filter((n) => !fateOf(line.ledger(), n).includes('exposed'));
      expect(unpictured).toEqual([10, 13]);
    },
    PATIENCE,
  );

  it('replays the same seed in lock-step to the same ledger, as with a reader', { timeout: PATIENCE }, async () => {
    const run = async () => {
      const line = await start('--items', '30', '--speed', '10', '--seed', '11', '--reader', 'gige');
      const ws = await work(line, { hasCamera: true });
      ws.permit(true);
      await until('30 items ended', () => ended(line) === 30, PATIENCE);
      await ws.close();
      expect(await line.end()).toBe(0);
      return line.ledger();
    };
    const told = async () =>
      (await undisturbed(run))
        .filter(({ ev }) => ev !== 'plc' && ev !== 'operator')
        .map(({ wall: _wall, ...rest }): Omit<LedgerEntry, 'wall'> => rest);
    expect(await told()).toEqual(await told());
  });

  it('is refused with a reader nobody knows', async () => {
    await expect(startLine('--reader', 'laser')).rejects.toThrow('ended with 2');
  });
});

describe('the virtual PLC on its wire', () => {
  it(
    'shows the tags of the page, signed and encrypted, and nothing less',
    async () => {
      const line = await start('--operator', 'none');
      const { client, session } = await openSession(line);
      opened.push({ close: () => client.disconnect() }, { close: () => session.close() });
      const read = async (nodeId: string) => (await session.read({ nodeId, attributeId: AttributeIds.Value })).value;
      const spaces = (await read('ns=0;i=2255')).value as string[];
      const ns = spaces.indexOf('urn:linewright:station');
      const tag = (name: string) => read(nodeOf(ns, name));
      const types = await Promise.all(
        ['HbPlc', 'LineState', 'Encoder', 'Permits', 'Trig', 'Out', 'RingDepth', 'Verdict', 'Limits'].map(
          async (name) => {
            const { dataType, value } = await tag(name);
            return [name, DataType[dataType], typeof value === 'number' ? 1 : value.length];
          },
        ),
      );
      expect(types).toEqual([
        ['HbPlc', 'UInt16', 1],
        ['LineState', 'UInt16', 1],
        ['Encoder', 'UInt32', 1],
        ['Permits', 'UInt16', 1],
        ['Trig', 'UInt16', 129],
        ['Out', 'UInt16', 129],
        ['RingDepth', 'UInt16', 1],
        ['Verdict', 'UInt16', 129],
        ['Limits', 'UInt16', 4],
      ]);
      expect([(await tag('RingDepth')).value, (await tag('Trig')).value[0], (await tag('Out')).value[0]]).toEqual([
        32, 65_535, 65_535,
      ]);
      expect([(await tag('LineState')).value, (await tag('Permits')).value]).toEqual([2, 0b011111]);
      const beat = (await tag('HbPlc')).value;
      await until('the heartbeat moves', async () => (await tag('HbPlc')).value !== beat);
      const write = (name: string, value: Variant) =>
        session.write({ nodeId: nodeOf(ns, name), attributeId: AttributeIds.Value, value: { value } });
      const word = (value: number) => new Variant({ dataType: DataType.UInt16, value });
      expect(await write('Cmd', word(2))).toEqual(StatusCodes.Good);
      expect([(await tag('Cmd')).value, (await tag('LineState')).value]).toEqual([0, 2]);
      expect(await write('LineState', word(6))).not.toEqual(StatusCodes.Good);
      expect(
        (await client.getEndpoints()).map(({ securityMode, securityPolicyUri }) => [securityMode, securityPolicyUri]),
      ).toEqual([[3, 'http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256']]);
    },
    PATIENCE,
  );

  it(
    'restarts with a new epoch: an empty ring, a belt that stops, and strangers diverted without rows',
    async () => {
      const line = await start('--items', '14', '--speed', '1');
      const ws = await work(line);
      line.order({ do: 'inject', fault: 'F20-restart', item: 8 });
      ws.permit(true);
      await until(
        'the fault',
        () => line.notes.some(({ fault, active }) => fault === 'F20-restart' && active === true),
        PATIENCE,
      );
      await ws.close();
      const epochs = () => [...new Set(of(line.ledger(), 'plc').map(({ epoch }) => epoch))];
      await until('the PLC is up again', () => epochs().length === 2, PATIENCE);
      const again = await work(line);
      again.permit(true);
      await until('all items ended', () => ended(line) === 14, PATIENCE);
      const ledger = line.ledger();
      expect(epochs()).toEqual([expect.any(Number), again.epoch()]);
      expect(of(ledger, 'diverted').length).toBeGreaterThan(2);
      expect(again.outs.filter(({ result }) => result < 5).length).toBeLessThan(14);
    },
    PATIENCE,
  );

  it(
    'stops its heartbeat, or its answers, as long as the fault says',
    async () => {
      const line = await start('--operator', 'none');
      const ws = await work(line);
      const read = async () =>
        (await ws.session.read({ nodeId: nodeOf(ws.ns, 'HbPlc'), attributeId: AttributeIds.Value })).value.value;
      line.order({ do: 'inject', fault: 'F20', seconds: 3 });
      await until('the fault', () => line.notes.length > 0);
      const frozen = await read();
      const begun = performance.now();
      await until('a second', async () => {
        const beat = await read();
        if (line.notes.length === 1) expect(beat).toBe(frozen);
        return performance.now() - begun > 1000;
      });
      await until('the fault is over', () => line.notes.length > 1);
      await until('it beats again', async () => (await read()) - frozen > 1);
      const { reader } = ws;
      if (!reader) throw new Error('the line has a reader');
      reader.text = '';
      line.order({ do: 'inject', fault: 'F12-reader', seconds: 0.5 });
      await until('half-open', () => line.notes.length > 2);
      reader.send('||>GET DEVICE.NAME\r\n');
      await until('reset', () => reader.isClosed);
      expect(reader.text).toBe('');
    },
    PATIENCE,
  );
});
