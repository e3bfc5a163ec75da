import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EyeView } from '#contract/eye.ts';
import type { Connection } from '#station/connection.ts';
import type { Eye } from '#station/eye/eye.ts';
import { openEyeStreams } from '#station/eye/eye-streams.ts';
import { bell } from '#station/streams.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(eye: Pick<Eye, 'version' | 'draw' | 'trends'> | undefined) {
  const connection: Connection = {
    wire: 'ws',
    user: undefined,
    drawn: 0,
    frame: 0,
    eyeDrawn: 0,
    eyeFrame: 0,
    bell: bell(),
    open: true,
  };
  const streams = openEyeStreams(eye, () => Date.now());
  const sent: EyeView[] = [];
  void (async () => {
    for await (const view of streams.views(connection)) sent.push(view);
  })();
  const draw = (): void => {
    connection.eyeDrawn = connection.eyeFrame;
    connection.bell.poke();
  };
  return { connection, streams, sent, draw };
}

it('a screen gets five views a second at most, and one a second when nothing happens', async () => {
  const eye = { version: 0, draw: () => ({ at: Date.now() }), trends: () => ({ at: 0, trends: [], causes: [] }) };
  const { sent, draw, streams } = watched(eye);
  for (let step = 0; step < 20; step += 1) {
    eye.version += 1;
    await vi.advanceTimersByTimeAsync(50);
    draw();
  }
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.length).toBeLessThanOrEqual(6);
  expect(sent.length).toBeGreaterThanOrEqual(4);
  const before = sent.length;
  await vi.advanceTimersByTimeAsync(2_100);
  draw();
  await vi.advanceTimersByTimeAsync(1);
  expect(sent.length - before).toBeLessThanOrEqual(3);
  streams.close();
});

it('a screen that does not draw is sent no more than two views', async () => {
  const eye = { version: 0, draw: () => ({ at: 0 }), trends: () => ({ at: 0, trends: [], causes: [] }) };
  const { sent, streams } = watched(eye);
  for (let step = 0; step < 30; step += 1) {
    eye.version += 1;
    await vi.advanceTimersByTimeAsync(250);
  }
  expect(sent.map(({ frame }) => frame)).toEqual([1, 2]);
  streams.close();
});

it('a screen is sent signs of life when nothing happens and the wall clock is set back by an hour', async () => {
  const eye = { version: 0, draw: () => ({ at: 0 }), trends: () => ({ at: 0, trends: [], causes: [] }) };
  const { sent, draw, streams } = watched(eye);
  await vi.advanceTimersByTimeAsync(1_500);
  draw();
  const before = sent.length;
  vi.setSystemTime(Date.now() - 3_600_000);
  for (let step = 0; step < 20; step += 1) {
    await vi.advanceTimersByTimeAsync(250);
    draw();
  }
  expect(sent.length - before).toBeGreaterThanOrEqual(3);
  streams.close();
});

it('a page that comes back is sent views again, whatever it left undrawn', async () => {
  const eye = { version: 0, draw: () => ({ at: 0 }), trends: () => ({ at: 0, trends: [], causes: [] }) };
  const { sent, streams, connection } = watched(eye);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(sent).toHaveLength(2);
  const again = streams.views(connection);
  const next = again.next();
  await vi.advanceTimersByTimeAsync(1_500);
  expect(await next).toMatchObject({ value: { frame: 3 } });
  streams.close();
});

it('a line without a camera says so, and its stream ends with the connection', async () => {
  const { sent, connection, streams } = watched(undefined);
  await vi.advanceTimersByTimeAsync(300);
  expect(sent).toMatchObject([{ frame: 1 }, { frame: 2 }].slice(0, sent.length));
  expect(sent[0]).not.toHaveProperty('camera');
  connection.open = false;
  streams.close();
  await vi.advanceTimersByTimeAsync(0);
  const trends = streams.trends(connection);
  expect(await trends.next()).toEqual({ done: true, value: undefined });
});
