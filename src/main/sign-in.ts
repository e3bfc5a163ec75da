import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { SignedIn } from '#contract/workstation.ts';
import { systemCode } from '#main/start-error.ts';
import type { Authenticate } from '#station/host.ts';

/** Twelve hours: a long shift. Afterwards the page must be opened with a new address. */
const LIFETIME = 12 * 60 * 60 * 1000;
/** More pages than any line has; the oldest sign-in makes room. */
const MOST = 50;

type Person = Pick<SignedIn, 'userId' | 'role'>;

/** The built-in account that a training line opens with. */
export const SUPERVISOR: Person = { userId: 'supervisor', role: 'SUP' };

/** A sign-in as it is kept: the key itself is known to the page alone. */
interface Session {
  readonly hash: string;
  readonly person: Person;
  readonly until: number;
}

export interface SignIn {
  /** A token that opens the door once, for this person. */
  issue(person: Person): string;
  /** Exchanges a one-time token, or the session of an earlier sign-in, for a session. */
  readonly authenticate: Authenticate;
}

/**
 * Sign-ins of one data folder. One-time tokens die with the process; sessions are kept, hashed, so that a page comes back
 * after the host was restarted. `now` is the wall clock.
 */
export function openSignIn(file: string, now: () => number): SignIn {
  const tokens = new Map<string, Person>();
  let sessions = readSessions(file).filter((session) => session.until > now());

  function open(person: Person): SignedIn {
    const session = randomBytes(32).toString('base64url');
    sessions = [...sessions, { hash: hashOf(session), person, until: now() + LIFETIME }].slice(-MOST);
    writeSessions(file, sessions);
    return { session, ...person };
  }

  return {
    issue: (person) => {
      const token = randomBytes(32).toString('base64url');
      tokens.set(hashOf(token), person);
      return token;
    },
    authenticate: (token) => {
      const hash = hashOf(token);
      const person = tokens.get(hash);
      if (person !== undefined) {
        const signedIn = open(person);
        tokens.delete(hash); // last: whoever was not let in may try again
        return signedIn;
      }
      const known = sessions.find((session) => session.hash === hash && session.until > now());
      return known && { session: token, ...known.person };
    },
  };
}

/** 256 random bits need no salt and no slow hash: there is nothing to guess. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function readSessions(file: string): Session[] {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(value) ? value.flatMap((entry) => readSession(entry) ?? []) : [];
  } catch {
    return []; // no file yet, or a torn one: everybody signs in again
  }
}

function readSession(entry: unknown): Session | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { hash, userId, until } = { hash: '', userId: '', until: 0, ...entry };
  // Training only: whoever edits this file can become no more than the supervisor everybody already is.
  if (userId !== SUPERVISOR.userId) return undefined;
  return { hash: String(hash), person: SUPERVISOR, until: Number(until) };
}

/** On a full disk a sign-in lasts as long as this process: who is to free it has to come in first. */
function writeSessions(file: string, sessions: readonly Session[]): void {
  const rows = sessions.map(({ hash, person, until }) => ({ hash, ...person, until }));
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify(rows)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}
