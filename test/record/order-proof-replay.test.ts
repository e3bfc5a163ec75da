import { describe, expect, it } from 'vitest';
import { replayTrace } from './order-proof-replay.ts';

const write = '7 pwrite64(24</data/line.db-wal>, "x", 4096, 0) = 4096';
const sync = '7 fdatasync(24</data/line.db-wal>) = 0';
const pass = '5 write(31<socket:[1]>, "V 1 PASS 0\\n", 11) = 11';

const replay = (...lines: string[]) => replayTrace(lines.join('\n'));

describe('a trace of system calls', () => {
  it('is in order when the log is written, flushed, and then the verdict leaves', () => {
    expect(replay(write, sync, pass, write, sync, pass)).toEqual({ passed: 2, syncs: 2, early: [] });
  });

  it.each([
    ['nothing was written', [pass]],
    ['the log was written and not flushed', [write, pass]],
    ['the log was written again after its flush', [write, sync, write, pass]],
    ['the flush has begun and not ended', [write, '7 fdatasync(24</data/line.db-wal> <unfinished ...>', pass]],
    ['the flush failed', [write, '7 fdatasync(24</data/line.db-wal>) = -1 EIO (Input/output error)', pass]],
    ['only another file was flushed', [write, '7 fdatasync(25</data/line.db>) = 0', pass]],
  ])('shows a verdict that left although %s', (_why, lines) => {
    expect(replay(...lines).early).toHaveLength(1);
  });

  it('shows a second verdict on the strength of one flush', () => {
    expect(replay(write, sync, pass, pass).early).toHaveLength(1);
  });

  it('takes a flush as done when the interrupted call comes back', () => {
    const begun = '7 fdatasync(24</data/line.db-wal> <unfinished ...>';
    expect(replay(write, begun, '7 <... fdatasync resumed>) = 0', pass)).toEqual({ passed: 1, syncs: 1, early: [] });
  });

  it('takes no verdict for the reader’s commands and the messages of the process', () => {
    const other = '5 write(20<pipe:[2]>, "{\\"kind\\":\\"ready\\"}", 16) = 16';
    expect(replay(other, '5 write(30<socket:[3]>, "V 2 FAIL 1\\n", 11) = 11').passed).toBe(0);
  });
});
