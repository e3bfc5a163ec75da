import { IconAlertTriangle, IconCamera, IconTrendingDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { EyeCause, EyeInspection, EyeTrends } from '#contract/eye.ts';
import { type PrintFault, printFault } from '#renderer/parts/eye/print-cause.ts';
import { isReached } from '#renderer/parts/eye/trend-view.ts';
import { printCause } from '#renderer/words/causes.ts';
import { eyeWords, forecastSentence } from '#renderer/words/eye.ts';
import { flagSentences } from '#renderer/words/parameters.ts';
import './print-panel.css';

interface PrintPanelProps {
  readonly trends: EyeTrends | undefined;
  /** Causes of the last item, where the last items together name none. */
  readonly last: readonly EyeCause[];
  readonly flags: EyeInspection['flags'];
}

/** What is probably wrong with the print and what to do, and when it will be too bad; quiet while nothing is. */
export function PrintPanel({ trends, last, flags }: PrintPanelProps): ReactNode {
  const fault = printFault(trends?.causes ?? [], last);
  const forecast = trends === undefined || isReached(trends) ? undefined : trends.forecast;
  const hints = flagSentences(flags);
  const isBad = fault?.isProbable === true;
  return (
    <section
      className="panel print-panel"
      data-testid="print"
      data-cause={isBad ? fault.cause.kind : undefined}
      data-forecast={forecast !== undefined}
      aria-live="polite"
    >
      <h2 className="only-heard">{eyeWords.print.title}</h2>
      {isBad && <Cause {...fault} others={otherCauses(trends, fault)} />}
      {!isBad && forecast === undefined && hints.length === 0 && <Quiet fault={fault} />}
      {forecast !== undefined && (
        <p className="forecast" data-testid="forecast">
          <IconTrendingDown aria-hidden="true" />
          {forecastSentence(forecast)}
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

function Quiet({ fault }: { readonly fault: PrintFault | undefined }): ReactNode {
  return (
    <p className="quiet">
      <span>
        {eyeWords.print.quiet}
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
