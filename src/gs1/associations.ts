import { aiEntry, isLike } from '#gs1/ai-table.ts';
import type { Element } from '#gs1/element-string.ts';

/** Why elements may not stand together, though each of them is sound. */
export interface AssociationFault {
  readonly ai: string;
  /** The place of the element among the elements, from 0. */
  readonly place: number;
  readonly rule: 'duplicate' | 'exclusive' | 'missing' | 'unserialised';
  /** What would have been right, for people. */
  readonly expected: string;
}

/** Length of the keys that a digital signature (AI 8030) wants with their serial part. */
const BARE_KEYS: Readonly<Record<string, number>> = { '253': 13, '255': 13, '8003': 14 };

/**
 * Every association of the dictionary that the elements break: an AI twice with different values, AIs that exclude each
 * other, AIs without those they need, a digital signature of a key without serial. Meant for all elements on one item
 * together: what one symbol lacks another may carry (GS1 General Specifications §4.13).
 */
export function associationFaults(elements: readonly Element[]): AssociationFault[] {
  const carried = [...new Set(elements.map(({ ai }) => ai))];
  return elements.flatMap((element, place) => [
    ...repeats(element, place, elements),
    ...exclusions(element, place, carried),
    ...omissions(element, place, carried),
    ...unsigned(element, place, carried),
  ]);
}

function repeats({ ai, value }: Element, place: number, elements: readonly Element[]): AssociationFault[] {
  const first = elements.find((other) => other.ai === ai);
  if (first === undefined || first.value === value) return [];
  return [{ ai, place, rule: 'duplicate', expected: `(${ai}) with the value it has elsewhere, or once` }];
}

function exclusions({ ai }: Element, place: number, carried: readonly string[]): AssociationFault[] {
  const excludes = aiEntry(ai)?.excludes ?? [];
  const others = carried.filter((other) => other !== ai && excludes.some((pattern) => isLike(other, pattern)));
  return others.map((other) => ({ ai, place, rule: 'exclusive', expected: `no (${other}) beside (${ai})` }));
}

function omissions({ ai }: Element, place: number, carried: readonly string[]): AssociationFault[] {
  const isThere = (pattern: string) => carried.some((other) => isLike(other, pattern));
  const unmet = (aiEntry(ai)?.requires ?? []).filter((options) => !options.some((all) => all.every(isThere)));
  return unmet.map((options) => {
    const wanted = options.map((all) => all.map((one) => `(${one})`).join(' with ')).join(' or ');
    return { ai, place, rule: 'missing', expected: `${wanted} beside (${ai})` };
  });
}

function unsigned({ ai, value }: Element, place: number, carried: readonly string[]): AssociationFault[] {
  const bare = BARE_KEYS[ai];
  if (bare === undefined || value.length > bare || !carried.includes('8030')) return [];
  return [{ ai, place, rule: 'unserialised', expected: `(${ai}) with its serial part beside (8030)` }];
}
