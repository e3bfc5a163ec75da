import { IconAlertTriangle, IconCamera, IconTrendingDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { EyeCause, EyeInspection, EyeTrends } from '#contract/eye.ts';
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
  const often = trends?.causes[0];
  const cause = often?.cause ?? last[0];
  const forecast = trends?.forecast;
  const hints = flagSentences(flags);
  const others = Math.max(0, (trends?.causes.length ?? 0) - 1);
  return (
    <section
      className="panel print-panel"
      data-testid="print"
      data-cause={cause?.kind}
      data-forecast={forecast !== undefined}
      aria-live="polite"
    >
      <h2 className="only-heard">{eyeWords.print.title}</h2>
      {cause === undefined && forecast === undefined && hints.length === 0 && (
        <p className="quiet">{eyeWords.print.quiet}</p>
      )}
      {cause !== undefined && (
        <p className="cause">
          <IconAlertTriangle aria-hidden="true" />
          <span>
            {printCause(cause).what} <strong>{printCause(cause).act}</strong>
            {often !== undefined && (
              <small>
                {' '}
                {eyeWords.print.of(often.items, often.of)}
                {others > 0 && `, ${eyeWords.print.more(others)}`}
              </small>
            )}
          </span>
        </p>
      )}
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
