import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reasonOf, StartError, systemCode } from '#main/start-error.ts';

/** Who holds a data folder. `born` tells a process from a later one that was given the same pid. */
interface Holder {
  readonly pid: number;
  readonly born: string;
  readonly address: string;
}

/** A held data folder. */
export interface Lock {
  /** Tells a second start where to find the first. */
  announce(address: string): void;
  release(): void;
}

/**
 * Takes the data folder, or throws a StartError that names who has it. One database has one writer: two workstations on
 * one folder would print the same serials.
 */
export function lockFolder(folder: string): Lock {
  const file = join(folder, 'workstation.lock');
  const me: Holder = { pid: process.pid, born: bornAt(process.pid) ?? '', address: '' };
  const draft = `${file}.${process.pid}`;
  try {
    writeHolder(draft, me);
    take(file, draft);
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    announce: (address) => {
      writeHolder(draft, { ...me, address });
      renameSync(draft, file);
    },
    release: () => {
      if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
    },
  };
}

function writeHolder(draft: string, holder: Holder): void {
  try {
    writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  } catch (error) {
    throw new StartError(
      `The data folder ${dirname(draft)} takes no file: ${reasonOf(error)}. Free some space there, or give another folder with --data DIR.`,
      { cause: error },
    );
  }
}

/** A hard link either appears whole or not at all, so that two starts at one moment cannot both win. */
function take(file: string, draft: string): void {
  if (tryLink(draft, file)) return;
  const holder = readHolder(file);
  if (holder !== undefined && isAlive(holder)) throw taken(holder);
  // Left behind by a process that died. Moved aside first: only one of several starters gets hold of it.
  const aside = `${draft}.old`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
  const moved = readHolder(aside);
  if (moved !== undefined && isAlive(moved)) {
    renameSync(aside, file);
    throw taken(moved);
  }
  rmSync(aside, { force: true });
  if (!tryLink(draft, file)) throw taken(readHolder(file));
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function taken(holder: Holder | undefined): StartError {
  const who = holder === undefined ? 'Another process' : `Process ${holder.pid}`;
  const where = holder === undefined || holder.address === '' ? '' : ` It is open at ${holder.address}.`;
  return new StartError(
    `${who} already runs this line on this data folder.${where} Use that one, end it first, or give another folder with --data DIR.`,
  );
}

function readHolder(file: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { pid, born, address } = { pid: 0, born: '', address: '', ...value };
    return { pid: Number(pid), born: String(born), address: String(address) };
  } catch {
    return undefined; // gone, or torn by a power cut: nobody can be named, so nobody holds it
  }
}

function isAlive(holder: Holder): boolean {
  if (!Number.isInteger(holder.pid) || holder.pid <= 0) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (systemCode(error) !== 'EPERM') return false; // EPERM: it lives, under another user
  }
  const born = bornAt(holder.pid);
  return born === undefined || holder.born === '' || born === holder.born;
}

/** When the kernel started a process, in its own ticks and with the boot it belongs to; undefined where it does not say. */
function bornAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // proc(5): the name in parentheses may hold blanks; starttime is field 22, the twentieth after it.
    return `${boot}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`;
  } catch {
    return undefined;
  }
}
