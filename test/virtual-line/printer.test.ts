import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Emulator } from '#virtual-line/messages.ts';
import { createPrinter } from '#virtual-line/printer/emulator.ts';
import { createJetParser } from '#virtual-line/printer/frames.ts';
import { SETTINGS } from './emulator-settings.ts';
import { openRaw, type RawLine, until } from './stranger.ts';

let printer: Emulator;
let port: number;
let raw: RawLine;

beforeEach(async () => {
  printer = createPrinter();
  const reply = await printer.answer({ ask: 'start', settings: SETTINGS });
  port = reply.listening?.port ?? 0;
  raw = await openRaw({ host: '127.0.0.1', port });
});

afterEach(async () => {
  raw.socket.destroy();
  await printer.close();
});

async function query(name: string): Promise<readonly string[]> {
  raw.text = '';
  raw.send(`^0?${name}\r`);
  await until(`an answer to ${name}`, () => raw.text.endsWith('\r'));
  return raw.text.slice(5, -1).split('\t');
}

const rs = async (): Promise<Readonly<Record<string, number>>> => {
  const [nozzle, machine, error, cover, speed] = (await query('RS')).map(Number);
  return { nozzle: nozzle ?? 0, machine: machine ?? 0, error: error ?? 0, cover: cover ?? 0, speed: speed ?? 0 };
};
const sm = async (): Promise<readonly number[]> => (await query('SM')).map(Number);

/** Job, static text, nozzle and GO: as a workstation does. */
async function arm(): Promise<void> {
  raw.send('^0=JL\\\\FFSDISK\\\\JOBS\\\\LINEWRIGHT-DM\r^0=ET0109520123456788172811221012345678\r^0!NO\r');
  await until('nozzle open', async () => (await rs())['nozzle'] === 2);
  raw.send('^0!GO\r');
  expect((await rs())['machine']).toBe(5);
}

const printGo = (blank = false) => printer.answer({ ask: 'print-go', blank });

describe('the emulated printer', () => {
  it('answers its status: nozzle closed, ready for action, no error, cover closed', async () => {
    expect(await rs()).toEqual({ nozzle: 4, machine: 4, error: 0, cover: 0, speed: 1000 });
    expect(await sm()).toEqual([256, 0, 0, 0, 1, 0]);
    expect(await query('CC')).toEqual(['0', '0', '0']);
  });

  it('opens the nozzle over a while and ignores GO before', async () => {
    raw.send('^0!GO\r^0!NO\r^0!GO\r');
    expect(await rs()).toMatchObject({ nozzle: 1, machine: 4 });
    await arm();
  });

  it('prints one record for each print-go, as the job composes it', async () => {
    await arm();
    raw.send('^0=MR7\t7K3MQ2WXN4TD\r^0=MR8\tAAAAAAAAAAAA\r');
    expect((await sm())[1]).toBe(2);
    expect(await printGo()).toEqual({
      printed: { rec: 7, content: '0109520123456788217K3MQ2WXN4TD\u001d172811221012345678' },
    });
    expect(await rs()).toMatchObject({ machine: 6 });
    expect(await sm()).toEqual([256, 1, 7, 0, 0, 1]);
    printer.hear({ tell: 'print-end' });
    expect(await sm()).toEqual([256, 1, 7, 0, 1, 1]);
    expect(await rs()).toMatchObject({ machine: 5 });
  });

  it('uses a record up when its nozzle is shut for a print', async () => {
    await arm();
    raw.send('^0=MR1\tA\r');
    await sm();
    expect(await printGo(true)).toEqual({ printed: { rec: 1, content: '' } });
    expect((await sm())[2]).toBe(1);
  });

  it.each([
    ['1019 for a repeated number', '^0=MR1\tA\r^0=MR1\tA\r', 1019, 1],
    ['1019 for a skipped number', '^0=MR1\tA\r^0=MR3\tA\r', 1019, 1],
    ['1018 for a missing number', '^0=MR\tA\r', 1018, 0],
    ['1018 for an unreadable number', '^0=MRx1\tA\r', 1018, 0],
    ['1015 for a 257th record', Array.from({ length: 257 }, (_, n) => `^0=MR${n + 1}\tA\r`).join(''), 1015, 256],
  ])('raises %s and keeps its FIFO', async (_says, bytes, error, entries) => {
    raw.send(bytes);
    expect(await rs()).toMatchObject({ error });
    expect((await sm())[1]).toBe(entries);
    raw.send('^0!EQ\r');
    expect(await rs()).toMatchObject({ error: 0 });
  });

  it('takes any first number after a flush or a stop', async () => {
    raw.send('^0=MR1\tA\r^0!FF\r^0=MR900\tB\r^0!ST\r^0=MR5\tC\r');
    expect((await sm())[1]).toBe(1);
    expect(await rs()).toMatchObject({ error: 0 });
  });

  it('stops with 5043 when its FIFO is empty at a print-go, and comes back by EQ, record, GO', async () => {
    await arm();
    expect(await printGo()).toEqual({});
    expect(await rs()).toMatchObject({ machine: 4, error: 5043 });
    raw.send('^0!EQ\r^0=MR1\tA\r^0!GO\r');
    expect(await rs()).toMatchObject({ machine: 5, error: 0 });
  });

  it('prints and consumes nothing while it is not started, but counts the pulse', async () => {
    raw.send('^0=MR1\tA\r');
    await sm();
    expect(await printGo()).toEqual({});
    expect(await sm()).toEqual([256, 1, 0, 0, 1, 1]);
  });

  it.each([
    ['cover', 2007],
    ['ink', 3001],
  ] as const)('stops for its %s with %i until somebody sees to it at the machine', async (cause, error) => {
    await arm();
    printer.hear({ tell: 'cause', cause, present: true });
    expect(await rs()).toMatchObject({ machine: 4, error, cover: cause === 'cover' ? 1 : 0 });
    raw.send('^0!EQ\r');
    expect(await rs()).toMatchObject({ error });
    printer.hear({ tell: 'cause', cause, present: false });
    raw.send('^0!EQ\r^0!GO\r');
    expect(await rs()).toMatchObject({ machine: 5, error: 0 });
  });

  it('reads back its static text, with escapes', async () => {
    raw.send('^0=ETa\\^b\\\\c\r');
    expect(await query('ET')).toEqual(['a\\^b\\\\c']);
  });

  it('forgets everything when it is restarted: connections reset, refused, then a fresh machine', async () => {
    await arm();
    raw.send('^0=MR7\tA\r');
    await sm();
    await printGo();
    printer.hear({ tell: 'reboot', seconds: 0.1 });
    await until('the connection is reset', () => raw.isClosed);
    await until('it takes connections again', async () => {
      const again = await openRaw({ host: '127.0.0.1', port }).catch(() => undefined);
      again?.send('^0?SM\r');
      await until('an answer or a reset', () => again?.isClosed !== false || again.text.endsWith('\r'));
      raw = again ?? raw;
      return again?.isClosed === false;
    });
    expect(await sm()).toEqual([256, 0, 0, 0, 1, 0]);
  });

  it('keeps silent but connected when half-open, and resets afterwards', async () => {
    await rs();
    printer.hear({ tell: 'half-open', active: true });
    raw.text = '';
    raw.send('^0?RS\r');
    const other = await openRaw({ host: '127.0.0.1', port });
    other.send('^0?RS\r');
    printer.hear({ tell: 'half-open', active: false });
    await until('both are reset', () => raw.isClosed && other.isClosed);
    expect(raw.text + other.text).toBe('');
  });

  it('answers the same over a rough network, only later and in pieces', async () => {
    printer.hear({ tell: 'rough-network', active: true });
    expect(await rs()).toEqual({ nozzle: 4, machine: 4, error: 0, cover: 0, speed: 1000 });
  });

  it('closes the connection on a frame over 4096 bytes', async () => {
    raw.send(`^0=ET${'x'.repeat(5000)}`);
    await until('closed', () => raw.isClosed);
  });
});

describe('the frames of the printer', () => {
  const text = fc.stringMatching(/^[A-Za-z0-9^\\ ]{0,20}$/);
  const frame = fc.record({
    kind: fc.constantFrom('?', '=', '!'),
    name: fc.stringMatching(/^[A-Z]{2}$/),
    parameters: fc.array(
      text.filter((t) => t !== ''),
      { maxLength: 3 },
    ),
  });
  const encode = ({ kind, name, parameters }: { kind: string; name: string; parameters: string[] }): string =>
    `^0${kind}${name}${parameters.map((p) => p.replace(/[\\^]/g, '\\$&')).join('\t')}\r`;

  it('are the same however the bytes arrive, with noise and LF between', () => {
    fc.assert(
      fc.property(fc.array(frame), fc.array(fc.nat(20)), (frames, cuts) => {
        const bytes = Buffer.from(frames.map((f) => `noise\n${encode(f)}\n`).join(''), 'latin1');
        const parser = createJetParser();
        const got = [];
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = 1 + (cuts[i % Math.max(1, cuts.length)] ?? 0);
          got.push(...(parser.feed(bytes.subarray(at, at + size)) ?? []));
          at += size;
        }
        expect(got).toEqual(frames);
      }),
    );
  });
});
