import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSignIn, SUPERVISOR } from '#main/sign-in.ts';

let folder: string;
let file: string;
let now = 1_000_000;
const clock = () => now;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sign-in-'));
  file = join(folder, 'sessions.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('lets a one-time token in once', () => {
  const signIn = openSignIn(file, clock);
  const token = signIn.issue(SUPERVISOR);
  expect(signIn.authenticate(token)).toMatchObject({ userId: 'supervisor', role: 'SUP' });
  expect(signIn.authenticate(token)).toBeUndefined();
});

it('lets a page back in with its session, as often as it comes', () => {
  const signIn = openSignIn(file, clock);
  const first = signIn.authenticate(signIn.issue(SUPERVISOR));
  expect(signIn.authenticate(first?.session ?? '')).toEqual(first);
  expect(signIn.authenticate(first?.session ?? '')).toEqual(first);
});

it('lets a page back in after the host was restarted, but no unused token', () => {
  const before = openSignIn(file, clock);
  const first = before.authenticate(before.issue(SUPERVISOR));
  const unused = before.issue(SUPERVISOR);
  const after = openSignIn(file, clock);
  expect(after.authenticate(first?.session ?? '')).toEqual(first);
  expect(after.authenticate(unused)).toBeUndefined();
});

it('lets people in on a disk that takes nothing, and keeps their sign-in until the host ends', () => {
  const signIn = openSignIn(file, clock);
  mkdirSync(`${file}.new`); // nothing can be written where a folder stands
  const first = signIn.authenticate(signIn.issue(SUPERVISOR));
  expect(first).toMatchObject({ userId: 'supervisor' });
  expect(signIn.authenticate(first?.session ?? '')).toEqual(first);
  expect(openSignIn(file, clock).authenticate(first?.session ?? '')).toBeUndefined();
});

it('keeps a sign-in that found no room, as soon as the next finds some', () => {
  const signIn = openSignIn(file, clock);
  mkdirSync(`${file}.new`);
  const first = signIn.authenticate(signIn.issue(SUPERVISOR));
  rmSync(`${file}.new`, { recursive: true });
  signIn.authenticate(signIn.issue(SUPERVISOR));
  expect(openSignIn(file, clock).authenticate(first?.session ?? '')).toEqual(first);
});

it('knows no stranger', () => {
  const signIn = openSignIn(file, clock);
  expect(['', 'x', '__proto__'].map(signIn.authenticate)).toEqual([undefined, undefined, undefined]);
});

it('lets nobody in after twelve hours', () => {
  const signIn = openSignIn(file, clock);
  const first = signIn.authenticate(signIn.issue(SUPERVISOR));
  now += 12 * 60 * 60 * 1000;
  expect(signIn.authenticate(first?.session ?? '')).toBeUndefined();
  expect(openSignIn(file, clock).authenticate(first?.session ?? '')).toBeUndefined();
});

it('never writes down what opens the door', () => {
  const signIn = openSignIn(file, clock);
  const token = signIn.issue(SUPERVISOR);
  const session = signIn.authenticate(token)?.session ?? 'none';
  const written = readFileSync(file, 'utf8');
  expect(written).not.toContain(session);
  expect(written).not.toContain(token);
});

it('starts without sessions when their file is torn, or names somebody unknown', () => {
  const first = openSignIn(file, clock);
  const session = first.authenticate(first.issue(SUPERVISOR))?.session ?? '';
  writeFileSync(file, readFileSync(file, 'utf8').replace('supervisor', 'root'));
  expect(openSignIn(file, clock).authenticate(session)).toBeUndefined();
  writeFileSync(file, '[{');
  expect(openSignIn(file, clock).authenticate(session)).toBeUndefined();
});
