import type { ReactNode } from 'react';
import type { ProductionRecord } from '#contract/workstation.ts';
import { ItemPictures } from '#renderer/parts/picture/item-pictures.tsx';
import { words } from '#renderer/words/en.ts';
import { dateAndTime, grade, groupsOfFour, readableCode } from '#renderer/words/format.ts';
import { recordedReason } from '#renderer/words/reasons.ts';
import { accountName } from '#renderer/words/states.ts';
import './item-record.css';

/** Accounts that a number still leaves; in all others nothing more happens to the item. */
const ON_ITS_WAY: ReadonlySet<string> = new Set(['ALLOCATED', 'SENT', 'PRINTED']);

interface ItemRecordProps {
  readonly record: ProductionRecord;
}

/** The production record of one item: what it is, what was decided, and when what happened to it. */
export function ItemRecord({ record }: ItemRecordProps): ReactNode {
  const isOpen = ON_ITS_WAY.has(record.state);
  return (
    <article
      className="panel item-record"
      data-testid="item-record"
      data-serial={record.serial}
      data-state={record.state}
    >
      <h2>
        <span className="identifier">{groupsOfFour(record.serial)}</span> · {accountName(record.state)}
      </h2>
      <dl className="facts">
        <Fact name={words.frame.order} value={`${record.order} · ${words.items.run(record.run)}`} />
        <Fact name={words.items.gtin} value={groupsOfFour(record.gtin)} isIdentifier />
        <Fact name={words.frame.lot} value={record.lot} isIdentifier />
        <Fact name={words.frame.expiry} value={record.expiry} />
        <Fact name={words.items.verdict} value={verdictOf(record)} />
        <Fact name={words.items.grade} value={record.grade === null ? words.overview.none : grade(record.grade)} />
        <Fact
          name={words.items.devices}
          value={record.devices.length === 0 ? words.overview.none : record.devices.join(', ')}
        />
      </dl>
      <ol className="history" aria-label={words.items.history}>
        <Moment name={words.items.sent} at={record.sentAt} isOpen={isOpen} />
        <Moment name={words.items.printed} at={record.printedAt} isOpen={isOpen} />
        <Moment name={words.items.read} at={record.readAt} isOpen={isOpen} />
        <Moment name={words.items.judged} at={record.verdictAt} isOpen={isOpen} />
        <Moment
          name={record.outcome === null ? words.items.outcome : words.items.outcomeIs(readableCode(record.outcome))}
          at={record.outcomeAt}
          isOpen={isOpen}
        />
      </ol>
      <ItemPictures key={`${record.run} ${record.serial}`} serial={record.serial} run={record.run} />
    </article>
  );
}

function verdictOf({ verdict, reason }: ProductionRecord): string {
  if (verdict === null) return words.overview.none;
  return reason === null ? verdict : `${verdict}: ${recordedReason(reason)}`;
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  readonly isIdentifier?: boolean;
}

function Fact({ name, value, isIdentifier = false }: FactProps): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={isIdentifier ? 'identifier' : undefined}>{value}</dd>
    </div>
  );
}

interface MomentProps {
  readonly name: string;
  readonly at: number | null;
  /** It may still come. */
  readonly isOpen: boolean;
}

function Moment({ name, at, isOpen }: MomentProps): ReactNode {
  const missing = isOpen ? words.items.notYet : words.items.never;
  return (
    <li data-known={at !== null}>
      <span>{name}</span>
      <time>{at === null ? missing : dateAndTime(at)}</time>
    </li>
  );
}
