import { expect, it } from 'vitest';
import { killOften, type Moment } from './crash/kill-often.ts';
import { temporaryFolder } from './stage.ts';

const FIVE: readonly Moment[] = ['production', 'suspended', 'start', 'export', 'ending'];

it('loses no number and makes none twice when the workstation dies at any moment', { timeout: 600_000 }, async () => {
  const report = await killOften({ data: temporaryFolder(), moments: FIVE, seed: 7, speed: 10, quantity: 150 });
  expect(report.problems).toEqual([]);
  expect(report.good).toBeGreaterThanOrEqual(150);
});
