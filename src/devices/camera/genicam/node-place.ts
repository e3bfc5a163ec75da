import {
  allIn,
  FeatureError,
  type GenicamNode,
  numberIn,
  parseNumber,
  textIn,
} from '#devices/camera/genicam/description.ts';
import { formulaValue, type NumberOf } from '#devices/camera/genicam/node-formula.ts';

/** Where a register lies. */
export interface Place {
  readonly address: number;
  readonly length: number;
}

const WORD = 4;

/** The sum of all a node says of its address, and its length. */
export async function placeOf(node: GenicamNode, depth: number, numberOf: NumberOf): Promise<Place> {
  const parts = [
    ...allIn(node, 'Address').map(({ text }) => parseNumber(text) ?? Number.NaN),
    ...(await inTurn(allIn(node, 'pAddress'), ({ text }) => numberOf(text, depth + 1))),
    ...(await inTurn(allIn(node, 'IntSwissKnife'), (inner) =>
      formulaValue(inner, { tag: 'Formula', depth: depth + 1 }, numberOf),
    )),
    ...(await inTurn(allIn(node, 'pIndex'), (index) => indexed(index, depth, numberOf))),
  ];
  const address = parts.reduce((sum, part) => sum + part, 0);
  const length = await lengthOf(node, depth, numberOf);
  if (isPlace(address, length)) return { address, length };
  throw new FeatureError(`${node.attributes.get('Name')} lies at no address`);
}

/** One register of several: so many steps further on. */
async function indexed(index: GenicamNode, depth: number, numberOf: NumberOf): Promise<number> {
  const [offset, reference] = [index.attributes.get('Offset'), index.attributes.get('pOffset')];
  const step = reference === undefined ? parseNumber(offset ?? String(WORD)) : await numberOf(reference, depth + 1);
  return (step ?? Number.NaN) * (await numberOf(index.text, depth + 1));
}

async function lengthOf(node: GenicamNode, depth: number, numberOf: NumberOf): Promise<number> {
  const reference = textIn(node, 'pLength');
  return numberIn(node, 'Length') ?? (reference === undefined ? WORD : numberOf(reference, depth + 1));
}

function isPlace(address: number, length: number): boolean {
  const isIn = address >= 0 && length > 0 && address + length <= 2 ** 32;
  return isIn && Number.isInteger(address) && Number.isInteger(length);
}

/** One after the other: the camera answers one question at a time. */
async function inTurn(
  elements: readonly GenicamNode[],
  value: (element: GenicamNode) => Promise<number>,
): Promise<readonly number[]> {
  const values: number[] = [];
  for (const element of elements) values.push(await value(element));
  return values;
}
