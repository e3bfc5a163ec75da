import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { verifyChain } from '#record/verify.ts';

/** What a record owes after any crash, looked at through its views while nobody has it open. */
export interface Wreck {
  /** Sentences about what does not hold; empty when all does. */
  readonly problems: readonly string[];
  /** Serials that were handed to the printer, and that no camera has seen: the next start must void them. */
  readonly unseen: readonly string[];
  readonly starts: number;
  readonly lastSeq: number;
  /** Whether a run was RUNNING, SUSPENDED or HELD. */
  readonly wasActive: boolean;
}

/** Looks at a record after a crash. A file that is not there yet owes nothing. */
export function inspectWreck(file: string): Wreck {
  if (!existsSync(file)) return { problems: [], unseen: [], starts: 0, lastSeq: 0, wasActive: false };
  return withRecord(file, (db) => {
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'v_start'").get() === undefined)
      return { problems: [], unseen: [], starts: 0, lastSeq: 0, wasActive: false };
    const number = (sql: string): number => Number(db.prepare(sql).pluck().get() ?? 0);
    const words = (sql: string): string[] => db.prepare(sql).pluck().all().map(String);
    const chain = verifyChain(file);
    const allocated = number('SELECT coalesce(sum(count), 0) FROM fact WHERE kind = 3');
    const booked = number('SELECT coalesce(sum(count), 0) FROM v_account');
    const twice = words('SELECT serial FROM v_sent GROUP BY run, serial HAVING count(*) > 1 LIMIT 5');
    const events = words('SELECT event FROM v_outcome GROUP BY run, epoch, event HAVING count(*) > 1 LIMIT 5');
    const judged = words('SELECT item FROM v_verdict GROUP BY run, epoch, item HAVING count(*) > 1 LIMIT 5');
    return {
      problems: [
        ...events.map((event) => `event ${event} of the PLC was recorded twice`),
        ...judged.map((item) => `item ${item} was judged twice`),
        ...(chain.isIntact ? [] : [`the chain is broken: ${JSON.stringify(chain.bad)}`]),
        ...(booked === allocated ? [] : [`${allocated} serials were allocated, but the accounts hold ${booked}`]),
        ...twice.map((serial) => `serial ${serial} was sent to the printer twice`),
      ],
      unseen: unseenIn(db),
      starts: number('SELECT count(*) FROM v_start'),
      lastSeq: number('SELECT coalesce(max(seq), 0) FROM fact'),
      wasActive: number("SELECT count(*) FROM v_run WHERE state IN ('RUNNING', 'SUSPENDED', 'HELD')") > 0,
    };
  });
}

const ACTIVE = "(SELECT run FROM v_run WHERE state IN ('RUNNING', 'SUSPENDED', 'HELD'))";

/** What is SENT, or PRINTED and without a verdict, in the run that was on the line. */
function unseenIn(db: Database.Database): string[] {
  const judged = new Set(
    db.prepare(`SELECT idx FROM v_verdict WHERE idx IS NOT NULL AND run IN ${ACTIVE}`).pluck().all(),
  );
  const under = db.prepare<[], { idx: number; serial: string; state: string }>(
    `SELECT idx, serial, state FROM v_serial WHERE run IN ${ACTIVE} AND state IN ('SENT', 'PRINTED')`,
  );
  return under
    .all()
    .filter(({ idx, state }) => state === 'SENT' || !judged.has(idx))
    .map(({ serial }) => serial);
}

/** What the start after a crash owes: it says what it found, and voids what nobody saw. */
export function inspectRestart(file: string, wreck: Wreck, alarms: readonly string[]): readonly string[] {
  return withRecord(file, (db) => {
    const starts = Number(db.prepare('SELECT count(*) FROM v_start').pluck().get());
    const found = String(db.prepare('SELECT found FROM v_start ORDER BY seq DESC LIMIT 1').pluck().get());
    const fates = new Map(
      db
        .prepare<[], { serial: string; state: string }>('SELECT serial, state FROM v_serial')
        .all()
        .map(({ serial, state }) => [serial, state]),
    );
    const alive = wreck.unseen.filter((serial) => !VOIDED.has(fates.get(serial) ?? ''));
    return [
      ...(starts === wreck.starts + 1 ? [] : [`${wreck.starts} starts became ${starts}`]),
      ...(wreck.lastSeq === 0 || found.includes(`"seq":${wreck.lastSeq}`)
        ? []
        : [`it found ${found}, not ${wreck.lastSeq}`]),
      ...(wreck.wasActive && !alarms.includes('restarted') ? ['no alarm says that it was restarted'] : []),
      ...alive.map((serial) => `serial ${serial} was sent and not seen, and is ${fates.get(serial)} after the restart`),
    ];
  });
}

const VOIDED: ReadonlySet<string> = new Set(['UNKNOWN_FATE', 'INVALID']);

function withRecord<V>(file: string, look: (db: Database.Database) => V): V {
  const db = new Database(file, { readonly: true });
  try {
    return look(db);
  } finally {
    db.close();
  }
}
