import { expect, it } from 'vitest';
import { offsetIn } from '#publish/zone-offset.ts';

it.each([
  [undefined, '2026-07-01T12:00:00Z', '+00:00'],
  ['UTC', '2026-07-01T12:00:00Z', '+00:00'],
  ['Europe/Berlin', '2026-07-01T12:00:00Z', '+02:00'],
  ['Europe/Berlin', '2026-10-25T00:59:59Z', '+02:00'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z', '+01:00'],
  ['Asia/Kolkata', '2026-01-01T00:00:00Z', '+05:30'],
  ['America/St_Johns', '2026-01-01T00:00:00Z', '-03:30'],
])('a clock in %s at %s is at %s', (zone, at, offset) => {
  expect(offsetIn(zone)(Date.parse(at))).toBe(offset);
});
