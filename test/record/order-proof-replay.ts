/** What a replay of a trace of system calls shows. */
export interface Replay {
  /** PASS verdicts that left. */
  readonly passed: number;
  /** Flushes of the write-ahead log that came to their end. */
  readonly syncs: number;
  /** A PASS that left while the log held what was not flushed, or with no flush since the PASS before it. */
  readonly early: readonly string[];
}

interface Trace {
  passed: number;
  syncs: number;
  /** The log was written to, and no flush that began afterwards has ended. */
  isDirty: boolean;
  /** The log was written and flushed since the last PASS. */
  isFlushed: boolean;
  readonly early: string[];
  /** Threads that are inside a flush of the log. */
  readonly syncing: Set<string>;
}

const LINE = /^(\d+)\s+(.*)$/;
const LOG_WRITE = /^(?:pwrite64|write|writev)\(\d+<[^>]*-wal>/;
const LOG_SYNC = /^(?:fsync|fdatasync)\(\d+<[^>]*-wal>/;
const SYNC_RESUMED = /^<\.\.\. (?:fsync|fdatasync) resumed>/;
const SENT = /^(?:write|writev|sendto|sendmsg)\(/;
const PASS = /V \d+ PASS/g;

/**
 * Replays `strace -f -y` of a station that is given one item after the other, each when the last one's verdict has
 * arrived: then every PASS must find the log flushed, and flushed since the PASS before.
 */
export function replayTrace(text: string): Replay {
  const trace: Trace = { passed: 0, syncs: 0, isDirty: false, isFlushed: false, early: [], syncing: new Set() };
  for (const line of text.split('\n')) {
    const [, thread = '', call = ''] = LINE.exec(line) ?? [];
    if (!takeLog(trace, thread, call) && SENT.test(call)) takeSent(trace, call);
  }
  return { passed: trace.passed, syncs: trace.syncs, early: trace.early };
}

function takeLog(trace: Trace, thread: string, call: string): boolean {
  if (LOG_WRITE.test(call)) {
    trace.isDirty = true;
    return true;
  }
  if (LOG_SYNC.test(call)) {
    if (call.includes('<unfinished')) trace.syncing.add(thread);
    else synced(trace, call);
    return true;
  }
  if (!SYNC_RESUMED.test(call)) return false;
  if (trace.syncing.delete(thread)) synced(trace, call);
  return true;
}

/** Only a flush that succeeded counts. */
function synced(trace: Trace, call: string): void {
  if (!/= 0$/.test(call.trim())) return;
  trace.syncs += 1;
  if (trace.isDirty) trace.isFlushed = true;
  trace.isDirty = false;
}

function takeSent(trace: Trace, call: string): void {
  const count = [...call.matchAll(PASS)].length;
  if (count === 0) return;
  trace.passed += count;
  if (trace.isDirty || !trace.isFlushed || count > 1) trace.early.push(call.slice(0, 120));
  trace.isFlushed = false;
}
