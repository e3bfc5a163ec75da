import { IconAlertTriangle, IconCamera, IconTrendingDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { EyeInspection, EyeTrends } from '#contract/eye.ts';
import { type PrintFault, printFault } from '#renderer/parts/eye/print-cause.ts';
import { printCause } from '#renderer/words/causes.ts';
import { belowSentence, eyeWords, forecastSentence } from '#renderer/words/eye.ts';
import { flagSentences } from '#renderer/words/parameters.ts';
import './print-panel.css';

interface PrintPanelProps {
  readonly trends: EyeTrends | undefined;
  /** Of the last item; undefined before the first. */
  readonly last: Pick<EyeInspection, 'codes' | 'causes' | 'flags'> | undefined;
}

/** What is probably wrong with the print and what to do, and since when or from when on it is too bad; quiet while nothing is. */
export function PrintPanel({ trends, last }: PrintPanelProps): ReactNode {
  const fault = printFault(trends?.causes ?? [], last?.causes ?? []);
  const ahead = aheadOf(trends);
  const hints = flagSentences(last?.flags ?? []);
  const isBad = fault?.isProbable === true;
  return (
    <section
      className="panel print-panel"
      data-testid="print"
      data-cause={isBad ? fault.cause.kind : undefined}
      data-ahead={ahead?.kind}
      aria-live="polite"
    >
      <h2 className="only-heard">{eyeWords.print.title}</h2>
      {isBad && <Cause {...fault} others={otherCauses(trends, fault)} />}
      {!isBad && ahead === undefined && hints.length === 0 && (
        <Quiet fault={fault} isUnread={last?.codes.length === 0} />
      )}
      {ahead !== undefined && (
        <p data-testid={ahead.kind}>
          <IconTrendingDown aria-hidden="true" />
          {ahead.sentence}
        </p>
      )}
      {hints.map((hint) => (
        <p key={hint} className="hint">
          <IconCamera aria-hidden="true" />
          {hint}
        </p>
      ))}
    </section>
  );
}

/** That the print is too bad already, or when it will be. */
function aheadOf(
  trends: EyeTrends | undefined,
): { readonly kind: 'below' | 'forecast'; readonly sentence: string } | undefined {
  if (trends?.below !== undefined) return { kind: 'below', sentence: belowSentence(trends.below) };
  return trends?.forecast === undefined ? undefined : { kind: 'forecast', sentence: forecastSentence(trends.forecast) };
}

function Cause({ cause, counted, others }: PrintFault & { readonly others: number }): ReactNode {
  return (
    <p className="cause">
      <IconAlertTriangle aria-hidden="true" />
      <span>
        {printCause(cause).what} <strong>{printCause(cause).act}</strong>
        {counted !== undefined && (
          <small>
            {' '}
            {eyeWords.print.of(counted.items, counted.of)}
            {others > 0 && `, ${eyeWords.print.more(others)}`}
          </small>
        )}
      </span>
    </p>
  );
}

function Quiet({ fault, isUnread }: { readonly fault: PrintFault | undefined; readonly isUnread: boolean }): ReactNode {
  return (
    <p className="quiet">
      <span>
        {isUnread ? eyeWords.print.unread : eyeWords.print.quiet}
        {fault?.counted !== undefined && (
          <small>
            {' '}
            {eyeWords.print.seldom(
              printCause(fault.cause).what,
              eyeWords.print.of(fault.counted.items, fault.counted.of),
            )}
          </small>
        )}
      </span>
    </p>
  );
}

function otherCauses(trends: EyeTrends | undefined, { counted }: PrintFault): number {
  return (trends?.causes.length ?? 0) - (counted === undefined ? 0 : 1);
}
