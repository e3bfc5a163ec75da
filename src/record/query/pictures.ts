import { drawingIn } from '#contract/drawn.ts';
import type { EyeDrawing, PictureQuery, PictureRow } from '#contract/eye.ts';
import type { InspectedBody } from '#contract/inspected.ts';
import { PARAMETERS } from '#contract/inspection.ts';
import type { ReadableDb } from '#record/database.ts';

/** A picture with where its file lies, relative to the folder of the pictures, and with what is drawn over it. */
export interface KeptPicture extends PictureRow {
  readonly file: string;
  readonly drawing?: EyeDrawing;
}

const MOST_ROWS = 50;

/** A row of view v_picture, as far as it is asked for. */
interface ViewRow {
  readonly id: number;
  readonly at: number;
  readonly run: number;
  readonly order: string | null;
  readonly epoch: number;
  readonly item: number;
  readonly serial: string | null;
  readonly kept: PictureRow['kept'];
  readonly removedAt: number | null;
  readonly verdict: PictureRow['verdict'];
  readonly reason: string | null;
  readonly overall: number | null;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly file: string;
  /** Of the inspection, as JSON. */
  readonly body: string | null;
}

/** Which pictures: ids, by an index each. A query repeats the condition of its partial index. */
// CROSS JOIN is SQLite's way to say in which order tables are walked: facts last, by their index.
const IDS = {
  one: 'SELECT seq FROM fact WHERE kind >= 26 AND kind = 27 AND seq = ?',
  serial: `SELECT f.seq FROM (SELECT DISTINCT run FROM allocation WHERE seq IS NOT NULL) a
            CROSS JOIN serial s ON s.run = a.run AND s.serial = ?
            CROSS JOIN fact f ON f.kind = 27 AND f.serial IS NOT NULL AND f.run = s.run AND f.serial = s.idx`,
  serialInRun: `SELECT f.seq FROM serial s
            CROSS JOIN fact f ON f.kind = 27 AND f.serial IS NOT NULL AND f.run = s.run AND f.serial = s.idx
           WHERE s.serial = ? AND s.run = ?`,
  item: 'SELECT seq FROM fact WHERE kind >= 26 AND kind = 27 AND run = ? AND epoch = ? AND item = ?',
  newestFails: `SELECT seq FROM fact WHERE kind >= 26 AND kind = 27 AND code = 1 AND seq < ?`,
  newestFailsOfRun: `SELECT seq FROM fact WHERE kind >= 26 AND kind = 27 AND code = 1 AND seq < ? AND run = ?`,
} as const;

/** The statement that looks up pictures; exported for the test that has SQLite explain it. */
export function pictureSql(ids: keyof typeof IDS): string {
  return `SELECT p.id, p.at, p.run, p.epoch, p.item, p.serial, p.kept, p.removed_at AS removedAt, p.verdict, p.reason,
                 p.pcg AS overall, p.width, p.height, p.bytes, p.sha256, p.file,
                 (SELECT i.body FROM fact i
                   WHERE i.kind >= 26 AND i.kind = 26 AND i.run = p.run AND i.epoch = p.epoch AND i.item = p.item LIMIT 1) AS body,
                 (SELECT o.body ->> '$.order' FROM fact o WHERE o.kind < 20 AND o.kind = 2 AND o.run = p.run LIMIT 1) AS "order"
            FROM v_picture p WHERE p.id IN (${IDS[ids]} ORDER BY 1 DESC LIMIT ${MOST_ROWS}) ORDER BY p.id DESC`;
}

/** Kept pictures, the newest first. */
export function pictures(db: ReadableDb, query: PictureQuery): readonly KeptPicture[] {
  const [ids, ...values] = idsOf(query);
  return db
    .prepare<(string | number)[], ViewRow>(pictureSql(ids))
    .all(...values)
    .map(toPicture);
}

export function picture(db: ReadableDb, id: number): KeptPicture | undefined {
  const row = db.prepare<[number], ViewRow>(pictureSql('one')).get(id);
  return row && toPicture(row);
}

function idsOf(query: PictureQuery): readonly [keyof typeof IDS, ...(string | number)[]] {
  switch (query.by) {
    case 'serial':
      return query.run === undefined ? ['serial', query.serial] : ['serialInRun', query.serial, query.run];
    case 'item':
      return ['item', query.run, query.epoch, query.item];
    case 'newest-fails': {
      const before = query.before ?? Number.MAX_SAFE_INTEGER;
      return query.run === undefined ? ['newestFails', before] : ['newestFailsOfRun', before, query.run];
    }
  }
}

function toPicture({ serial, reason, overall, order, removedAt, body, ...row }: ViewRow): KeptPicture {
  const { grades, below, causes, drawn }: Partial<InspectedBody> = JSON.parse(body ?? '{}');
  const drawing = drawingIn(drawn);
  return {
    ...row,
    order: order ?? '',
    ...(serial === null ? {} : { serial }),
    ...(reason === null ? {} : { reason }),
    ...(overall === null ? {} : { overall }),
    ...(grades === undefined ? {} : { parameters: parametersOf(grades, below) }),
    ...(causes === undefined ? {} : { causes: causes.map((cause) => ({ ...cause })) }),
    ...(drawing === undefined ? {} : { drawing }),
    state: removedAt === null ? 'kept' : 'removed',
  };
}

function parametersOf(
  grades: NonNullable<InspectedBody['grades']>,
  below: InspectedBody['below'] = {},
): NonNullable<PictureRow['parameters']> {
  return PARAMETERS.flatMap((parameter, at) => {
    const tenths = grades[at];
    if (typeof tenths !== 'number') return [];
    const limit = below[parameter];
    return [{ parameter, grade: tenths / 10, ...(limit === undefined ? {} : { limit: limit / 10 }) }];
  });
}
