import { expect, it } from 'vitest';
import { commandsOnce } from '#station/once.ts';

it('a command that a page repeats after a broken connection is carried out once, and answered twice', async () => {
  const once = commandsOnce();
  let done = 0;
  const carryOut = async (): Promise<number> => {
    done += 1;
    return done;
  };
  expect(await Promise.all([once('command-1', carryOut), once('command-1', carryOut)])).toEqual([1, 1]);
  expect(await once('command-1', carryOut)).toBe(1);
  expect(await once('command-2', carryOut)).toBe(2);
});

it('commands are carried out one after the other, in the order in which they came', async () => {
  const once = commandsOnce();
  const steps: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = once('command-1', async () => {
    steps.push('start 1');
    await promise;
    steps.push('end 1');
  });
  const quick = once('command-2', () => {
    steps.push('2');
  });
  await expect.poll(() => steps).toEqual(['start 1']);
  resolve();
  await Promise.all([slow, quick]);
  expect(steps).toEqual(['start 1', 'end 1', '2']);
});

it('a command that went wrong does not keep the next one waiting, and is not tried again', async () => {
  const once = commandsOnce();
  let tries = 0;
  const wrong = (): Promise<never> => {
    tries += 1;
    return Promise.reject(new Error('we were wrong'));
  };
  await expect(once('command-1', wrong)).rejects.toThrow('we were wrong');
  expect(await once('command-2', () => 'done')).toBe('done');
  await expect(once('command-1', wrong)).rejects.toThrow('we were wrong');
  expect(tries).toBe(1);
});

it('after five hundred others a command is forgotten', async () => {
  const once = commandsOnce();
  let done = 0;
  const carryOut = (): void => {
    done += 1;
  };
  await once('first', carryOut);
  for (let other = 0; other < 500; other += 1) await once(`other-${other}`, () => undefined);
  await once('first', carryOut);
  expect(done).toBe(2);
});
