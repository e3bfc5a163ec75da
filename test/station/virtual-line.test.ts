import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Child } from '#station/host.ts';
import { startVirtualLine } from '#station/virtual-line.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linewright-virtual-line-'));
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** A process of cardboard: it says what the test has it say. */
function scripted() {
  const written: string[] = [];
  let say: (line: string) => void = () => undefined;
  let exit: (code: number) => void = () => undefined;
  let started = 0;
  const launch = (): Child => {
    started += 1;
    const said: string[] = [];
    let wake: () => void = () => undefined;
    say = (line) => {
      said.push(line);
      wake();
    };
    async function* lines(): AsyncGenerator<string> {
      for (;;) {
        for (let line = said.shift(); line !== undefined; line = said.shift()) yield line;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    const exited = new Promise<number>((resolve) => {
      exit = resolve;
    });
    return { write: (line) => written.push(line), lines: lines(), exited, end: () => exit(0) };
  };
  const log = { info: () => {}, warn: () => {}, error: () => {}, flush: () => {} };
  const line = startVirtualLine({ launch, folder, args: [], log, ready: () => {}, noted: () => {} });
  return {
    line,
    written,
    say: (note: object) => say(JSON.stringify(note)),
    exit: (code: number) => exit(code),
    starts: () => started,
  };
}

const SHOW = { do: 'show', target: 'board' } as const;

describe('an order to the built-in line that is waited for', () => {
  const asked = (at: ReturnType<typeof scripted>) =>
    at.line.ask(SHOW, (note) => note.note === 'shown' && note.target === 'board');

  it('is done when the line says so, and not when it says something else', async () => {
    const at = scripted();
    const answer = asked(at);
    at.say({ note: 'shown', target: 'dark' });
    at.say({ note: 'shown', target: 'board' });
    expect(await answer).toBe(true);
    expect(at.written.map((line) => JSON.parse(line))).toEqual([SHOW]);
  });

  it('is given up after some seconds of silence', async () => {
    const at = scripted();
    const answer = asked(at);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await answer).toBe(false);
  });

  it('is given up at once when the line ends, which is started again', async () => {
    const at = scripted();
    const answer = asked(at);
    at.exit(1);
    expect(await answer).toBe(false);
    expect(at.line.starts).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([at.starts(), at.line.starts]).toEqual([2, 2]);
  });
});
