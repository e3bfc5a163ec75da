import { expect, it } from 'vitest';
import { isSilence, sound } from './expectations.ts';
import { openStage, temporaryFolder } from './stage.ts';
import { finish, goodReaches } from './story.ts';

it('goes on after workstation and PLC were both switched off: another epoch, nothing twice, nothing unproved made good', async () => {
  const data = temporaryFolder();
  const before = await openStage({ speed: 5, data });
  const run = await before.order(60);
  await before.start(run);
  await goodReaches(before, run, 20);
  await before.close();
  const after = await openStage({ speed: 5, data, seed: 4712 });
  expect(after.state(run)).toBe('SUSPENDED');
  expect(after.workstation.desk.floor.alarms.map(({ code }) => code)).toContain('restarted');
  const story = await finish(after, run);
  sound({ ...story, reactions: { ...story.reactions, falseStops: [] } }, 60); // being switched off is no fault of the line
  const stops = story.record.steps.filter(({ to }) => to === 'SUSPENDED').map(({ reason }) => reason);
  expect(stops.filter((reason) => !isSilence(reason))).toEqual(['the workstation was restarted']);
});
