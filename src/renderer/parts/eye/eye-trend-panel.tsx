import { NativeSelect, useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useCallback, useMemo } from 'react';
import type { EyeTrends } from '#contract/eye.ts';
import { TrendChart } from '#renderer/parts/eye/trend-chart.tsx';
import { lineOf, type Series, scaleOf } from '#renderer/parts/eye/trend-view.ts';
import { eyeWords, seriesName, trendLegend } from '#renderer/words/eye.ts';
import { axisValue } from '#renderer/words/parameters.ts';
import './eye-trend-panel.css';

interface EyeTrendPanelProps {
  readonly trends: EyeTrends | undefined;
  readonly chosen: Series;
  readonly onChoose: (series: Series) => void;
  /** The limit in force for the chosen curve. */
  readonly limit: number | undefined;
}

/** One parameter of the last items with its control limits; which one is chosen here or in the table. */
export function EyeTrendPanel({ trends, chosen, onChoose, limit }: EyeTrendPanelProps): ReactNode {
  // The plot takes its colours once: another scheme makes it anew.
  const scheme = useComputedColorScheme('light');
  const trend = trends?.trends.find(({ series }) => series === chosen);
  const line = useMemo(
    () => (trends === undefined || trend === undefined ? undefined : lineOf(trend, trends, limit)),
    [trends, trend, limit],
  );
  const format = useCallback((value: number) => axisValue(chosen, value), [chosen]);
  const { low, high } = scaleOf(chosen);
  return (
    <section className="panel eye-trend-panel" data-testid="eye-trend" data-series={chosen}>
      {trends === undefined || trend === undefined || line === undefined || trend.at.length < 2 ? (
        <>
          <h2>{eyeWords.trend.title}</h2>
          <p className="nothing">{eyeWords.trend.none}</p>
        </>
      ) : (
        <>
          <div className="head">
            <div>
              <h2>{eyeWords.trend.title}</h2>
              <p data-testid="trend-legend">
                {trendLegend(chosen, { control: trend.control, limit, hasForecast: line.forecast !== undefined })}
              </p>
            </div>
            <NativeSelect
              aria-label={eyeWords.trend.series}
              size="lg"
              value={chosen}
              onChange={({ currentTarget }) => {
                const found = trends.trends.find(({ series }) => series === currentTarget.value);
                if (found !== undefined) onChoose(found.series);
              }}
              data={trends.trends.map(({ series }) => ({ value: series, label: seriesName(series) }))}
              data-testid="trend-series"
            />
          </div>
          <TrendChart
            key={`${scheme} ${chosen}`}
            name={seriesName(chosen)}
            line={line}
            low={low}
            high={high}
            format={format}
          />
        </>
      )}
    </section>
  );
}
