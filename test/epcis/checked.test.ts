import { expect, it } from 'vitest';
import { checked, DocumentRefused } from '#epcis/checked.ts';
import type { Problem } from '#epcis/event-model.ts';
import { inspecting } from '#epcis/line-events.ts';
import type { Validator } from '#epcis/validator.ts';
import { frame, item } from './example-events.ts';

const error: Problem = { rule: 'after-end', path: 'eventList[1]', message: 'It is over.', severity: 'error' };
const warning: Problem = { ...error, severity: 'warning' };
const events = [1, 2, 3].map((n) => inspecting(frame(n), [item(n)], 'conformant'));

async function passed(judge: Partial<Validator>): Promise<number> {
  let count = 0;
  const sound = { head: [], next: () => [], end: () => [] };
  for await (const _event of checked(events, { ...sound, ...judge })) count += 1;
  return count;
}

it('events that break no rule pass, and those that are only wondered about', async () => {
  expect(await passed({})).toBe(3);
  expect(await passed({ head: [warning], next: () => [warning], end: () => [warning] })).toBe(3);
});

it.each<[string, Partial<Validator>]>([
  ['in the head of the document', { head: [warning, error] }],
  ['in an event', { next: (event) => (event === events[1] ? [warning, error] : []) }],
  ['that shows at the end only', { end: () => [warning, error] }],
])('an error %s stops the document, and is handed over whole', async (_where, judge) => {
  const refused = await passed(judge).catch((thrown: unknown) => thrown);
  expect(refused).toBeInstanceOf(DocumentRefused);
  expect(refused).toMatchObject({ name: 'DocumentRefused', message: 'It is over.', problem: error });
});
