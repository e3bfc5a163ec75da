import { realAt } from '#vision/grade2d/at.ts';

/** Equations of a least-squares fit, summed up: `size` unknowns, a symmetrical matrix and a right side. */
export interface Normal {
  readonly size: number;
  readonly matrix: Float64Array;
  readonly right: Float64Array;
}

export function emptyNormal(size: number): Normal {
  return { size, matrix: new Float64Array(size * size), right: new Float64Array(size) };
}

/** Adds one equation row · x = value. */
export function addEquation({ size, matrix, right }: Normal, row: Float64Array, value: number, weight: number): void {
  for (let i = 0; i < size; i += 1) {
    const a = realAt(row, i) * weight;
    if (a === 0) continue;
    right[i] = realAt(right, i) + a * value;
    for (let j = 0; j < size; j += 1) matrix[i * size + j] = realAt(matrix, i * size + j) + a * realAt(row, j);
  }
}

/** The solution by elimination with pivots; undefined when the equations do not fix it. The sums are used up. */
export function solveNormal({ size, matrix, right }: Normal): Float64Array | undefined {
  for (let column = 0; column < size; column += 1) {
    if (!bringPivot(matrix, right, { size, column })) return undefined;
    const pivot = realAt(matrix, column * size + column);
    for (let row = column + 1; row < size; row += 1) {
      const factor = realAt(matrix, row * size + column) / pivot;
      if (factor === 0) continue;
      for (let j = column; j < size; j += 1) {
        matrix[row * size + j] = realAt(matrix, row * size + j) - factor * realAt(matrix, column * size + j);
      }
      right[row] = realAt(right, row) - factor * realAt(right, column);
    }
  }
  return substituted(matrix, right, size);
}

/** Smaller than this a pivot is rounding. */
const LEAST_PIVOT = 1e-12;

function bringPivot(
  matrix: Float64Array,
  right: Float64Array,
  { size, column }: { size: number; column: number },
): boolean {
  let best = column;
  for (let row = column + 1; row < size; row += 1) {
    if (Math.abs(realAt(matrix, row * size + column)) > Math.abs(realAt(matrix, best * size + column))) best = row;
  }
  if (!(Math.abs(realAt(matrix, best * size + column)) > LEAST_PIVOT)) return false;
  if (best === column) return true;
  for (let j = 0; j < size; j += 1) {
    const kept = realAt(matrix, column * size + j);
    matrix[column * size + j] = realAt(matrix, best * size + j);
    matrix[best * size + j] = kept;
  }
  const kept = realAt(right, column);
  right[column] = realAt(right, best);
  right[best] = kept;
  return true;
}

function substituted(matrix: Float64Array, right: Float64Array, size: number): Float64Array | undefined {
  const solution = new Float64Array(size);
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = realAt(right, row);
    for (let j = row + 1; j < size; j += 1) sum -= realAt(matrix, row * size + j) * realAt(solution, j);
    solution[row] = sum / realAt(matrix, row * size + row);
  }
  return solution.every(Number.isFinite) ? solution : undefined;
}
