import { type ReactNode, useEffect, useRef } from 'react';
import uPlot from 'uplot';

interface SparkLineProps {
  readonly name: string;
  readonly at: readonly number[];
  readonly values: readonly (number | null)[];
  /** The scale reaches at least so far. */
  readonly top: number;
  /** Drawn as a dashed line: the target or the limit. */
  readonly limit?: number;
}

/** The time that is drawn, in seconds, however little of it is known yet. */
const SPAN = 600;

/** One series against time, drawn small by uPlot. The newest value stands beside it as a figure. */
export function SparkLine({ name, at, values, top, limit }: SparkLineProps): ReactNode {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const reach = useRef(top);

  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    const drawn = new uPlot(
      optionsOf(element, () => reach.current),
      [[], [], []],
      element,
    );
    plot.current = drawn;
    const watcher = new ResizeObserver(() => drawn.setSize(sizeOf(element)));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      drawn.destroy();
      plot.current = null;
    };
  }, []);

  useEffect(() => {
    reach.current = top;
    const known = at.map((ms) => ms / 1000);
    const from = (known.at(-1) ?? 0) - SPAN;
    const limits = known.map(() => limit ?? null);
    plot.current?.setData([
      [from, ...known],
      [null, ...values],
      [limit ?? null, ...limits],
    ]); // the limit stands always
  }, [at, values, limit, top]);

  return <div ref={holder} className="spark-line" role="img" aria-label={name} />;
}

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: Math.max(40, element.clientWidth), height: Math.max(16, element.clientHeight) };
}

function optionsOf(element: HTMLElement, top: () => number): uPlot.Options {
  const style = getComputedStyle(element);
  const line = style.getPropertyValue('--text');
  const faint = style.getPropertyValue('--lines');
  return {
    ...sizeOf(element),
    pxAlign: 0,
    padding: [4, 4, 4, 4],
    legend: { show: false },
    cursor: { show: false },
    axes: [{ show: false }, { show: false }],
    scales: {
      x: { range: (_plot, _first, last) => [last - SPAN, last] },
      y: { range: (_plot, _low, high) => [0, Math.max(top(), high) * 1.08] },
    },
    series: [
      {},
      { stroke: line, width: 2, points: { show: false } },
      { stroke: faint, width: 1.5, dash: [6, 5], points: { show: false } },
    ],
    hooks: { drawClear: [(drawn) => drawBaseLine(drawn, faint)] },
  };
}

function drawBaseLine({ ctx, bbox }: uPlot, colour: string): void {
  ctx.save();
  ctx.setLineDash([]);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(bbox.left, bbox.top + bbox.height);
  ctx.lineTo(bbox.left + bbox.width, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}
