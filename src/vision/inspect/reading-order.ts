import type { CodeFound } from '#contract/inspection.ts';

interface Placed {
  readonly code: CodeFound;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Codes as one reads a page: row after row from the top, each from the left. A row is what overlaps half in height. */
export function inReadingOrder(codes: readonly CodeFound[]): readonly CodeFound[] {
  if (codes.length < 2) return codes;
  const placed = codes.map(placeOf).sort((a, b) => a.y - b.y);
  const rows: Placed[][] = [];
  for (const each of placed) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row !== undefined && first !== undefined && each.y - first.y < Math.max(first.height, each.height) / 2) {
      row.push(each);
    } else rows.push([each]);
  }
  return rows.flatMap((row) => row.sort((a, b) => a.x - b.x).map(({ code }) => code));
}

function placeOf(code: CodeFound): Placed {
  const ys = code.corners.map(([, y]) => y);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  return { code, x: Math.min(...code.corners.map(([x]) => x)), y: (top + bottom) / 2, height: bottom - top };
}
