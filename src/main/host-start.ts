import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LineFile } from '#contract/line-file.ts';
import type { Arguments } from '#main/arguments.ts';
import { defaultDataFolder, openFolder, resetTraining } from '#main/data-folder.ts';
import { loadLine, refuseProduction } from '#main/load-line.ts';
import { type Lock, lockFolder } from '#main/lock-file.ts';
import { openSignIn, SUPERVISOR } from '#main/sign-in.ts';
import { StartError } from '#main/start-error.ts';
import type { Launch } from '#station/host.ts';
import { whyRecordRefused } from '#station/record-refusal.ts';
import { startWorkstation, type Workstation } from '#station/workstation.ts';

/** Where a host finds its own parts. Only an entry knows, because shared code may be bundled into another folder. */
export interface Places {
  /** Folder of the built entries: threads and processes stand beside the host. */
  readonly bundle: URL;
  readonly resources: string;
  readonly renderer: string;
}

/** A workstation that runs, with what a host needs to let people in. */
export interface Host {
  readonly workstation: Workstation;
  /** A one-time token for the next page. */
  token(): string;
  /** Ends the workstation in order and frees the data folder. May be called twice. */
  close(): Promise<void>;
}

/** The parts of a built product, as seen from an entry's `import.meta.url`. */
export function placesOf(entry: string): Places {
  return {
    bundle: new URL('.', entry),
    resources: fileURLToPath(new URL('../../resources', entry)),
    renderer: fileURLToPath(new URL('../renderer', entry)),
  };
}

/** The data folder that these arguments mean. */
export function dataFolder(wanted: Arguments): string {
  return wanted.data ?? defaultDataFolder(process.platform, process.env, homedir());
}

/** A line on a data folder that nobody else runs. */
export interface Held {
  readonly line: LineFile;
  readonly data: string;
  readonly lock: Lock;
}

/** Takes the line and its data folder. Throws a StartError that says what stands in the way. */
export function takeLine(wanted: Arguments, places: Places): Held {
  const file = wanted.line ?? join(places.resources, 'lines', 'training.json');
  const line = loadLine(file);
  refuseProduction(file, line);
  const data = join(dataFolder(wanted), line.line);
  openFolder(data);
  const lock = lockFolder(data);
  if (wanted.resetTraining) resetTraining(data);
  return { line, data, lock };
}

/** What a host brings along. */
export interface HostParts {
  readonly places: Places;
  readonly launch: Launch;
  /**
   * Whether every page is the host's own window, known by its origin and signed in as it stands. Otherwise a page needs
   * the token that was printed for it.
   */
  readonly isOwnWindow: boolean;
}

/**
 * Starts the workstation of a line that is held. When it does not start, the line is free again; a record that cannot be
 * opened is a StartError.
 */
export async function startHost(held: Held, virtualLine: readonly string[], parts: HostParts): Promise<Host> {
  const { line, data, lock } = held;
  const { places, launch } = parts;
  const signIn = openSignIn(join(data, 'sessions.json'), Date.now);
  const token = (): string => signIn.issue(SUPERVISOR);
  try {
    const workstation = await startWorkstation({
      data,
      line,
      resources: places.resources,
      threads: {
        writer: new URL('writer.thread.js', places.bundle),
        reader: new URL('reader.thread.js', places.bundle),
        capture: new URL('capture.thread.js', places.bundle),
        inspect: new URL('inspect.thread.js', places.bundle),
        evidence: new URL('evidence.thread.js', places.bundle),
        setUp: new URL('set-up.thread.js', places.bundle),
      },
      launch,
      authenticate: parts.isOwnWindow ? () => signIn.authenticate(token()) : signIn.authenticate,
      virtualLine,
    });
    return { workstation, token, close: closingOnce(workstation, lock) };
  } catch (error) {
    lock.release();
    const why = whyRecordRefused(error);
    throw why === undefined ? error : new StartError(why, { cause: error });
  }
}

/** Closes once, however often it is asked: a second Ctrl-C must not cut the first one short. */
function closingOnce(workstation: Workstation, lock: Lock): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => {
    const closing = closed ?? workstation.close().finally(() => lock.release());
    closed = closing;
    return closing;
  };
}
