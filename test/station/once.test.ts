import { afterEach, expect, it, vi } from 'vitest';
import { commandsAtOnce, commandsOnce } from '#station/once.ts';

afterEach(() => {
  vi.useRealTimers();
});

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

it('a command whose turn does not come in time is told so then, is never carried out, and keeps nobody waiting', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const once = commandsOnce();
  const steps: string[] = [];
  const { promise, resolve } = Promise.withResolvers<string>();
  const slow = once('command-1', () => promise);
  const late = once(
    'command-2',
    () => `carried out as number ${steps.push('2')}`,
    () => 'too late',
  );
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await late).toBe('too late');
  const next = once('command-3', () => steps.push('3'));
  resolve('slow, and done');
  expect(await slow).toBe('slow, and done');
  await next;
  expect(steps).toEqual(['3']);
  expect(await once('command-2', () => steps.push('again'))).toBe('too late');
});

it('a command is too late, too, where the whole workstation stood still and no timer rang', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const once = commandsOnce();
  const { promise, resolve } = Promise.withResolvers<void>();
  void once('command-1', () => promise);
  const late = once(
    'command-2',
    () => 'carried out',
    () => 'too late',
  );
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 6_000);
  resolve();
  expect(await late).toBe('too late');
  clock.mockRestore();
});

it('a command that waits for none is carried out beside the others, once', async () => {
  const once = commandsAtOnce();
  const { promise, resolve } = Promise.withResolvers<string>();
  const slow = once('command-1', () => promise);
  expect(await once('command-2', () => 'done')).toBe('done');
  expect(await once('command-2', () => 'again')).toBe('done');
  resolve('slow');
  expect(await slow).toBe('slow');
});
