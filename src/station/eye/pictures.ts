import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '#contract/answer.ts';
import type { PictureQuery, PictureRow, PictureTicket } from '#contract/eye.ts';
import type { RecordReader } from '#record/reader.ts';
import { failed } from '#station/answers.ts';
import type { Tickets } from '#station/eye/tickets.ts';

export interface PictureParts {
  readonly reader: RecordReader;
  /** Folder of the pictures. */
  readonly folder: string;
  readonly tickets: Tickets;
}

/** Pictures on record, without where their files lie; what is drawn over one comes with its ticket. */
export async function listPictures({ reader }: PictureParts, query: PictureQuery): Promise<PictureRow[]> {
  return (await reader.pictures(query)).map(({ file: _file, drawing: _drawing, ...row }) => row);
}

/** What is on record of one picture, with the bytes of its file. */
interface KeptPicture {
  readonly kept: NonNullable<Awaited<ReturnType<RecordReader['picture']>>>;
  readonly bytes: Buffer;
}

/** A ticket for one picture. */
export async function ticketFor(parts: PictureParts, id: number): Promise<Answer<PictureTicket>> {
  const found = await keptPicture(parts, id);
  if (found.kind !== 'done') return found;
  const { bytes, kept } = found.value;
  const { width, height, sha256, drawing } = kept;
  const url = parts.tickets.issue({ type: 'image/png', bytes });
  return {
    kind: 'done',
    value: { url, width, height, sha256, ...(drawing === undefined ? {} : { drawing }) },
  };
}

/** One picture. A file that is gone or not what was recorded is said to be so, and never used as if it were. */
export async function keptPicture(
  { reader, folder }: Pick<PictureParts, 'reader' | 'folder'>,
  id: number,
): Promise<Answer<KeptPicture>> {
  const kept = await reader.picture(id);
  if (kept === undefined) return failed('no-such-picture', 'There is no picture of this number on record.');
  if (kept.state === 'removed') {
    return failed(
      'picture-removed',
      'This picture was removed by the rules of retention; what it was, and its hash, stay on record.',
    );
  }
  const bytes = await readFile(join(folder, kept.file)).catch(() => undefined);
  if (bytes === undefined) {
    return failed(
      'picture-missing',
      `The file ${kept.file} is not there, although nothing on record has removed it. Tell quality: evidence is missing.`,
    );
  }
  if (hash('sha256', bytes, 'hex') !== kept.sha256) {
    return failed(
      'picture-altered',
      `The file ${kept.file} is not what was recorded: its hash differs. Tell quality; it is not shown as evidence.`,
    );
  }
  return { kind: 'done', value: { kept, bytes } };
}
