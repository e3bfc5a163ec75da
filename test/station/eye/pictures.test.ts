import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { KeptPicture } from '#record/query/pictures.ts';
import type { RecordReader } from '#record/reader.ts';
import { listPictures, type PictureParts, ticketFor } from '#station/eye/pictures.ts';
import { openTickets } from '#station/eye/tickets.ts';

const BYTES = Buffer.from('a picture');
const KEPT: KeptPicture = {
  id: 7,
  at: 1,
  run: 1,
  order: 'PO-1',
  epoch: 1,
  item: 3,
  kept: 'fail',
  state: 'kept',
  verdict: 'FAIL',
  reason: 'no-read',
  width: 640,
  height: 480,
  bytes: BYTES.length,
  sha256: createHash('sha256').update(BYTES).digest('hex'),
  file: '000001/1-3-fail.png',
};

function parts(kept: KeptPicture | undefined): PictureParts & { readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, '000001'));
  const file = join(folder, KEPT.file);
  writeFileSync(file, BYTES);
  const reader = {
    picture: async () => kept,
    pictures: async () => (kept === undefined ? [] : [kept]),
  } as unknown as RecordReader;
  let last = 0;
  const tickets = openTickets(
    () => `t${++last}`,
    () => 0,
  );
  return { reader, folder, tickets, file };
}

describe('a picture on record', () => {
  it('is had once by a ticket, as it was recorded', async () => {
    const shelf = parts(KEPT);
    const answer = await ticketFor(shelf, 7);
    expect(answer).toEqual({
      kind: 'done',
      value: { url: '/picture/t1', width: 640, height: 480, sha256: KEPT.sha256 },
    });
    expect(shelf.tickets.redeem('t1')).toEqual({ type: 'image/png', bytes: BYTES });
    expect(shelf.tickets.redeem('t1')).toBeUndefined();
  });

  it('comes with what is drawn over it; the list of pictures does not', async () => {
    const drawing = { window: { x: 0, y: 0, width: 640, height: 480 }, codes: [], checks: [] };
    const shelf = parts({ ...KEPT, drawing });
    expect(await ticketFor(shelf, 7)).toEqual({
      kind: 'done',
      value: { url: '/picture/t1', width: 640, height: 480, sha256: KEPT.sha256, drawing },
    });
    const { file: _file, ...row } = KEPT;
    expect(await listPictures(shelf, { by: 'newest-fails' })).toEqual([row]);
  });

  it('is said to be altered when a byte of its file is another, and is not handed out', async () => {
    const shelf = parts(KEPT);
    writeFileSync(shelf.file, 'A picture');
    const answer = await ticketFor(shelf, 7);
    expect(answer).toMatchObject({ kind: 'failed', failure: { code: 'picture-altered' } });
    expect(shelf.tickets.redeem('t1')).toBeUndefined();
  });

  it('is said to be missing when its file is gone, and removed when retention took it', async () => {
    const shelf = parts(KEPT);
    rmSync(shelf.file);
    expect(await ticketFor(shelf, 7)).toMatchObject({ kind: 'failed', failure: { code: 'picture-missing' } });
    const removed = await ticketFor(parts({ ...KEPT, state: 'removed' }), 7);
    expect(removed).toEqual({
      kind: 'failed',
      failure: {
        code: 'picture-removed',
        message: 'This picture was removed by the rules of retention; what it was, and its hash, stay on record.',
      },
    });
    expect(await ticketFor(parts(undefined), 7)).toMatchObject({ failure: { code: 'no-such-picture' } });
  });

  it('is listed without where its file lies', async () => {
    const { file: _file, ...row } = KEPT;
    expect(await listPictures(parts(KEPT), { by: 'newest-fails' })).toEqual([row]);
  });
});

it('a ticket is worth nothing after a minute, nor when sixteen others were given', () => {
  let now = 0;
  let last = 0;
  const tickets = openTickets(
    () => `t${++last}`,
    () => now,
  );
  const picture = { type: 'image/png', bytes: BYTES };
  for (let count = 0; count < 17; count += 1) tickets.issue(picture);
  expect(tickets.redeem('t1')).toBeUndefined();
  expect(tickets.redeem('t2')).toBe(picture);
  now = 60_001;
  expect(tickets.redeem('t3')).toBeUndefined();
});
