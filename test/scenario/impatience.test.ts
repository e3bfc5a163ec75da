import { expect, it } from 'vitest';
import { sound } from './expectations.ts';
import { done } from './order-text.ts';
import { openStage } from './stage.ts';
import { finish } from './story.ts';

it('two people who start the same order start it once', async () => {
  const stage = await openStage({ speed: 10 });
  const run = await stage.order(20);
  const answers = await Promise.all([stage.clicker.start(run), stage.clicker.start(run)]);
  const starts = answers.filter(({ kind }) => kind === 'done').length;
  expect(starts).toBeLessThanOrEqual(1);
  if (starts === 0) await stage.start(run);
  const story = await finish(stage, run);
  sound(story, 20);
  expect(story.oracle.record.allocated).toBe(220);
});

it('an order of one item is made', async () => {
  const stage = await openStage({ speed: 10 });
  const run = await stage.order(1, { overagePercent: 1000 });
  await stage.start(run);
  const story = await finish(stage, run);
  sound(story, 1);
});

it('a run that is held before the first item goes on, and a second resume changes nothing', async () => {
  const stage = await openStage({ speed: 10 });
  const run = await stage.order(20);
  await stage.start(run);
  done(await stage.clicker.hold(run, 'too soon'));
  const answers = await Promise.all([stage.clicker.resume(run), stage.clicker.resume(run)]);
  expect(answers.map(({ kind }) => kind).sort()).toEqual(['done', 'refused']);
  sound(await finish(stage, run), 20);
});

it('a run that is ended before the first item, and closed, leaves the line free for the next', async () => {
  const stage = await openStage({ speed: 10 });
  const run = await stage.order(20);
  await stage.start(run);
  done(await stage.clicker.end(run, 'the wrong order'));
  await stage.until(() => stage.state(run) === 'ENDING', 'the run to end');
  done(await stage.clicker.close(run, 'nothing was made'));
  const next = await stage.order(20, { order: 'SCENARIO-2' });
  await stage.start(next);
  sound(await finish(stage, next), 20);
});
