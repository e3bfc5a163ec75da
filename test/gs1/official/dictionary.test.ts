import { expect, it } from 'vitest';
import { AI_TABLE, type AiEntry } from '#gs1/ai-table.ts';
import { absent, read } from './standards.ts';

it('the table of AIs says all that the GS1 Barcode Syntax Dictionary says', ({ skip }) => {
  skip(absent !== undefined, absent);
  const official = dictionary(read('gs1-syntax/gs1-syntax-dictionary-2026-01-27.txt'));
  expect(AI_TABLE.map(asDictionary)).toEqual(official);
});

it('the table of AIs has the size that was counted by hand', () => {
  expect({
    all: AI_TABLE.length,
    predefined: AI_TABLE.filter((entry) => entry.predefined).length,
    attributes: AI_TABLE.filter((entry) => entry.isAttribute).length,
    requiring: AI_TABLE.filter((entry) => entry.requires.length > 0).length,
    excluding: AI_TABLE.filter((entry) => entry.excludes.length > 0).length,
    keys: AI_TABLE.filter((entry) => entry.qualifiers !== undefined).length,
    linters: new Set(AI_TABLE.flatMap((entry) => entry.parts.flatMap((part) => part.linters))).size,
  }).toEqual({ all: 541, predefined: 337, attributes: 525, requiring: 502, excluding: 393, keys: 16, linters: 34 });
});

/** One line per AI, ranges expanded, blanks evened out. */
function dictionary(text: string): string[] {
  return text.split('\n').flatMap((row) => {
    const [, ais = '', flags = '', rest = '', title = ''] =
      /^(\d+(?:-\d+)?)\s+([^A-Za-z0-9[\s]*)\s*(.*?)\s*(?:#\s*(.*))?$/.exec(row) ?? [];
    const [first = '', last = first] = ais.split('-');
    if (first === '') return [];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_none, place) =>
      line(String(Number(first) + place).padStart(first.length, '0'), flags, rest.split(/\s+/), title),
    );
  });
}

/** Writes an entry back in the dictionary's words. */
function asDictionary(entry: AiEntry): string {
  const flags = `${entry.predefined ? '*' : ''}${entry.isAttribute ? '?' : ''}`;
  const parts = entry.parts.map((part) => {
    const form = `${part.set}${part.min === part.max ? '' : '..'}${part.max}`;
    return [part.isOptional ? `[${form}]` : form, ...part.linters].join(',');
  });
  const requires = entry.requires.map((options) => `req=${options.map((all) => all.join('+')).join(',')}`);
  const excludes = entry.excludes.length > 0 ? [`ex=${entry.excludes.join(',')}`] : [];
  return line(entry.ai, flags, [...parts, ...requires, ...excludes, ...keyOf(entry)], entry.title);
}

function keyOf({ qualifiers }: AiEntry): string[] {
  if (qualifiers === undefined) return [];
  const sequences = qualifiers.map((sequence) => sequence.join(',')).join('|');
  return [sequences === '' ? 'dlpkey' : `dlpkey=${sequences}`];
}

/** The dictionary writes relations in no fixed order: they are sorted. */
function line(ai: string, flags: string, words: readonly string[], title: string): string {
  const isRelation = (word: string) => /^(?:req=|ex=|dlpkey)/.test(word);
  const parts = words.filter((word) => !isRelation(word));
  return [ai, flags, ...parts, ...words.filter(isRelation).sort(), '#', title].join(' ').trim();
}
