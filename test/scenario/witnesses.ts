import { readFile } from 'node:fs/promises';
import Database from 'better-sqlite3';

/** An item as the kernel's ledger tells its life (docs/virtual-line-ledger.md). */
export interface PhysicalItem {
  readonly item: number;
  readonly contents: readonly string[];
  readonly place: 'belt' | 'good' | 'diverted' | 'removed';
  readonly exposed: boolean;
}

/** The lives of all items of a ledger. */
export async function physicalItems(ledgerFile: string): Promise<ReadonlyMap<number, PhysicalItem>> {
  const items = new Map<number, PhysicalItem>();
  for (const line of (await readFile(ledgerFile, 'utf8')).split('\n').filter((text) => text !== '')) {
    const { ev, item, content }: { ev: string; item?: number; content?: string } = JSON.parse(line);
    if (item === undefined || ev === 'fault') continue;
    const before = items.get(item) ?? { item, contents: [], place: 'belt' as const, exposed: false };
    items.set(item, { ...before, ...afterwards(before, ev, content) });
  }
  return items;
}

function afterwards(before: PhysicalItem, ev: string, content: string | undefined): Partial<PhysicalItem> {
  if (ev === 'good' || ev === 'diverted' || ev === 'removed') return { place: ev };
  if (ev === 'exposed') return { exposed: true };
  if (content === undefined || content === '') return {};
  return { contents: [...before.contents, content] };
}

/** The serial (AI 21) in an element string, up to its separator. */
export function serialIn(content: string | undefined): string {
  return content?.split('\u001d')[0]?.slice('01'.length + 14 + '21'.length) ?? '';
}

export interface RecordedAlarm {
  readonly code: string;
  readonly device: string | null;
  readonly at: number;
  readonly clearedAt: number | null;
}

/** What the record says about a run, through its documented views. */
export interface RecordView {
  /** Final account of each serial that was ever sent. */
  readonly fates: ReadonlyMap<string, string>;
  readonly verdicts: readonly { readonly serial: string | null; readonly reason: string | null; readonly at: number }[];
  readonly alarms: readonly RecordedAlarm[];
  /** Numbers that were UNKNOWN_FATE at some time. */
  readonly unknownFate: readonly string[];
  /** Numbers handed to the printer while the run was SUSPENDED or HELD. */
  readonly sentWhileStanding: number;
  /** Readings and rows that were counted and ignored. */
  readonly notices: number;
  readonly steps: readonly {
    readonly seq: number;
    readonly to: string;
    readonly user: string;
    readonly reason: string;
    readonly at: number;
  }[];
}

/** Reads the views of docs/record-schema.md, as a stranger would. */
export function recordOf(databaseFile: string, run: number): RecordView {
  const db = new Database(databaseFile, { readonly: true });
  try {
    const rows = <Row>(sql: string): Row[] => db.prepare<[number], Row>(sql).all(run);
    // Views are joined here, not in SQL: each is a computation over the whole journal.
    const serials = rows<{ idx: number; serial: string; state: string }>(
      'SELECT idx, serial, state FROM v_serial WHERE run = ? ORDER BY idx',
    );
    const steps = rows<RecordView['steps'][number]>(
      'SELECT seq, to_state AS "to", user_id AS user, coalesce(reason, \'\') AS reason, at FROM v_run_step WHERE run = ? ORDER BY seq',
    );
    const sent = rows<{ seq: number; idx: number }>('SELECT seq, idx FROM v_sent WHERE run = ?');
    const wasSent = new Set(sent.map(({ idx }) => idx));
    const voided = rows<{ first: number; count: number | null }>(TO_UNKNOWN_FATE);
    return {
      fates: new Map(serials.filter(({ idx }) => wasSent.has(idx)).map(({ serial, state }) => [serial, state])),
      verdicts: rows('SELECT serial, reason, at FROM v_verdict WHERE run = ? ORDER BY seq'),
      alarms: rows(
        'SELECT code, device, raised_at AS at, cleared_at AS clearedAt FROM v_alarm WHERE ? > 0 ORDER BY seq',
      ),
      steps,
      unknownFate: voided.flatMap(({ first, count }) =>
        serials.slice(first, first + (count ?? 1)).map((one) => one.serial),
      ),
      sentWhileStanding: sent.filter(({ seq }) => stands(steps.findLast((step) => step.seq < seq)?.to)).length,
      notices: rows<{ count: number }>(
        'SELECT coalesce(sum(count), 0) AS count FROM fact WHERE run = ? AND kind = 25',
      ).reduce((sum, { count }) => sum + count, 0),
    };
  } finally {
    db.close();
  }
}

/** No view tells of intermediate accounts: the journal's rows of kind 24 to account 5 do (src/line/fact.ts). */
const TO_UNKNOWN_FATE = 'SELECT serial AS first, count FROM fact WHERE run = ? AND kind = 24 AND code % 100 = 5';

const stands = (state: string | undefined): boolean => state === 'SUSPENDED' || state === 'HELD';
