import { type ReactNode, useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { clock, clockWithSeconds } from '#renderer/words/format.ts';
import './trend-chart.css';

/** One parameter over time, with what it is measured against. All values in the parameter's own unit. */
export interface TrendLine {
  readonly at: readonly number[];
  readonly values: readonly (number | null)[];
  /** What the process usually does: mean and three standard deviations either side. */
  readonly control?: { readonly low: number; readonly mean: number; readonly high: number } | undefined;
  /** Below it (above it for some parameters) an item fails. */
  readonly limit?: number | undefined;
  /** Where the trend meets the limit, if it goes on like this. */
  readonly forecast?: { readonly at: number; readonly value: number } | undefined;
}

interface TrendChartProps {
  readonly name: string;
  readonly line: TrendLine;
  /** The scale reaches at least so far either way. */
  readonly low: number;
  readonly high: number;
  /** A value as it stands at the axis. */
  readonly format: (value: number) => string;
}

/** A control chart drawn by uPlot: the values, the band of what is usual, the limit, and where it will be met. */
export function TrendChart({ name, line, low, high, format }: TrendChartProps): ReactNode {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const scale = useRef({ low, high, format });
  // The plot takes its font once: a window of another size makes it anew.
  const [font, setFont] = useState('');

  // biome-ignore lint/correctness/useExhaustiveDependencies: another font is the reason to make the plot anew
  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    const drawn = new uPlot(
      optionsOf(element, () => scale.current),
      [[], [], [], [], [], []],
      element,
    );
    plot.current = drawn;
    const watcher = new ResizeObserver(() => {
      setFont(getComputedStyle(element).fontSize);
      drawn.setSize(sizeOf(element));
    });
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      drawn.destroy();
      plot.current = null;
    };
  }, [font]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a plot that was made anew has no data yet
  useEffect(() => {
    scale.current = { low, high, format };
    plot.current?.setData(columnsOf(line));
  }, [line, low, high, format, font]);

  return <div ref={holder} className="trend-chart" role="img" aria-label={name} />;
}

type Column = (number | null)[];

/** Columns of the plot: time, values, control low and high, limit, forecast. A forecast adds one moment at the end. */
function columnsOf({
  at,
  values,
  control,
  limit,
  forecast,
}: TrendLine): [number[], Column, Column, Column, Column, Column] {
  const ahead = forecast === undefined ? [] : [forecast];
  const times = [...at, ...ahead.map((point) => point.at)].map((ms) => ms / 1000);
  const constant = (value: number | undefined): Column => times.map(() => value ?? null);
  const newest = values.findLastIndex((value) => value !== null);
  const going: Column = times.map((_, index) => (index === newest ? (values[newest] ?? null) : null));
  if (forecast !== undefined) going[times.length - 1] = forecast.value;
  return [
    times,
    [...values, ...ahead.map(() => null)],
    constant(control?.low),
    constant(control?.high),
    constant(limit),
    going,
  ];
}

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: Math.max(80, element.clientWidth), height: Math.max(48, element.clientHeight) };
}

type Scale = () => { readonly low: number; readonly high: number; readonly format: (value: number) => string };

function optionsOf(element: HTMLElement, scale: Scale): uPlot.Options {
  const style = getComputedStyle(element);
  const [text, muted, lines, track] = ['--text', '--muted', '--lines', '--track'].map((name) =>
    style.getPropertyValue(name),
  );
  const size = Number.parseFloat(style.fontSize);
  const axis: uPlot.Axis = {
    stroke: muted ?? '',
    font: `${style.fontSize} ${style.fontFamily}`,
    grid: { stroke: track ?? '', width: 1 },
    ticks: { show: false },
  };
  const plain = { points: { show: false } };
  const dashed = { ...plain, stroke: lines ?? '', width: 1.5, dash: [3, 4] };
  return {
    ...sizeOf(element),
    pxAlign: 0,
    padding: [8, 2.8 * size, 0, 4],
    legend: { show: false },
    cursor: { show: false },
    axes: [
      {
        ...axis,
        size: 2 * size,
        gap: 4,
        space: 8 * size,
        incrs: STEPS,
        values: (_plot, times) => times.map((time) => clockOf(time, times)),
      },
      {
        ...axis,
        size: 3.6 * size,
        gap: 6,
        space: 2.4 * size,
        incrs: VALUE_STEPS,
        values: (_plot, values) => values.map((value) => scale().format(value)),
      },
    ],
    scales: { y: { range: (_plot, low, high) => reach(scale(), low, high) } },
    series: [
      {},
      { ...plain, stroke: text ?? '', width: 2, spanGaps: false },
      dashed,
      dashed,
      { ...plain, stroke: text ?? '', width: 2, dash: [10, 5] },
      { ...plain, stroke: text ?? '', width: 2, dash: [2, 5], spanGaps: true },
    ],
    bands: [{ series: [3, 2], fill: `color-mix(in srgb, ${lines ?? ''} 16%, transparent)` }],
  };
}

/** An empty plot has no lowest and no highest. */
function reach(want: { readonly low: number; readonly high: number }, low: number, high: number): [number, number] {
  const bottom = Math.min(want.low, low ?? want.low);
  const top = Math.max(want.high, high ?? want.high);
  const room = (top - bottom) * 0.06;
  return [bottom - (bottom === 0 ? 0 : room), top + room];
}

const MINUTE = 60;
/** Of grades, shares and modules: whole grades, tens and fives of a percent. */
const VALUE_STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 4];
/** Marks of time stand whole seconds apart, so that no two of them read alike. */
const STEPS = [1, 2, 5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE];

/** The time of day; with seconds where the marks stand less than a minute apart. */
function clockOf(time: number, times: readonly number[]): string {
  const isDense = times.length > 1 && (times[1] ?? 0) - (times[0] ?? 0) < MINUTE;
  return isDense ? clockWithSeconds(time * 1000) : clock(time * 1000);
}
