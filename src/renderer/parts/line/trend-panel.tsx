import { useComputedColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Trend } from '#contract/snapshot.ts';
import { SparkLine } from '#renderer/parts/line/spark-line.tsx';
import { words } from '#renderer/words/en.ts';
import { figure } from '#renderer/words/format.ts';
import './trend-panel.css';

interface TrendPanelProps {
  readonly trend: Trend | undefined;
  readonly idealPerMinute: number;
  readonly minGrade: number;
}

/** The last ten minutes of rate, rejects and grade under one another, each with its newest value. */
export function TrendPanel({ trend, idealPerMinute, minGrade }: TrendPanelProps): ReactNode {
  // The plot takes its colours once: another scheme makes it anew.
  const scheme = useComputedColorScheme('light');
  return (
    <section key={scheme} className="panel trend-panel" aria-label={words.overview.trend} data-testid="trend">
      <h2>{words.overview.trend}</h2>
      <p className="trend-time" aria-hidden="true">
        <span>{words.overview.trendFrom}</span>
        <span>{words.overview.trendTo}</span>
      </p>
      {trend === undefined || trend.at.length < 2 ? (
        <p className="nothing">{words.overview.noTrend}</p>
      ) : (
        <>
          <Row
            name={words.overview.trendRate}
            at={trend.at}
            values={trend.ratePerMinute}
            top={idealPerMinute}
            limit={idealPerMinute}
            scale={words.overview.trendIdeal(figure(idealPerMinute))}
            digits={0}
          />
          <Row
            name={words.overview.trendRejects}
            at={trend.at}
            values={trend.rejectsPercent}
            top={2}
            scale={words.overview.trendPeak(peakOf(trend.rejectsPercent))}
            digits={1}
          />
          <Row
            name={words.overview.trendGrade}
            at={trend.at}
            values={trend.grade}
            top={4}
            limit={minGrade}
            scale={words.overview.trendLimit(minGrade.toFixed(1))}
            digits={1}
          />
        </>
      )}
    </section>
  );
}

function peakOf(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? words.overview.none : Math.max(...known).toFixed(1);
}

interface RowProps {
  readonly name: string;
  readonly at: readonly number[];
  readonly values: readonly (number | null)[];
  readonly top: number;
  readonly limit?: number;
  /** What the height of the line is measured against: the dashed line, or the highest value. */
  readonly scale: string;
  readonly digits: number;
}

function Row({ name, at, values, top, limit, scale, digits }: RowProps): ReactNode {
  const newest = values.at(-1) ?? null;
  const shown = newest === null ? words.overview.none : digits === 0 ? figure(newest) : newest.toFixed(digits);
  return (
    <div className="trend-row">
      <p>
        {name} <strong className="live-value">{shown}</strong>
        <small>{scale}</small>
      </p>
      <SparkLine name={name} at={at} values={values} top={top} {...(limit === undefined ? {} : { limit })} />
    </div>
  );
}
