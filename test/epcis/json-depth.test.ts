import { expect, it } from 'vitest';
import { isNestedDeeper } from '#epcis/json-depth.ts';

it.each([
  ['no brackets', '1', 0],
  ['a list', '[1]', 1],
  ['an object', '{"a":1}', 1],
  ['a list in an object in a list', '[{"a":[1]}]', 3],
  ['lists beside each other', '[[1],[2],[3]]', 2],
  ['objects beside each other', '[{},{},{}]', 2],
  ['brackets in a text', '["[[[{{{",1]', 1],
  ['closing brackets in a text', '["]]]",[1]]', 2],
  ['a quote in a text', String.raw`["\"[[[",[1]]`, 2],
  ['a backslash at the end of a text', String.raw`["\\",[[1]]]`, 3],
  ['an escape in a text', String.raw`["\n[[[",[1]]`, 2],
  ['a text that never ends', '["[[[[', 1],
  ['an escape that never ends', '["\\', 1],
  ['lists that never end', '[[[', 3],
  ['more ends than beginnings', ']]][', 0],
])('%s: brackets lie as deep in each other as they look', (_what, text, depth) => {
  expect(isNestedDeeper(text, depth)).toBe(false);
  if (depth > 0) expect(isNestedDeeper(text, depth - 1)).toBe(true);
});
