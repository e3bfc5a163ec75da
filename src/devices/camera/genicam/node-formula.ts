import { allIn, FeatureError, type GenicamNode, parseNumber, textIn } from '#devices/camera/genicam/description.ts';
import { calculate, namesIn } from '#devices/camera/genicam/formula.ts';

/** The value of a node by its name; `depth` counts the references on the way there. */
export type NumberOf = (name: string, depth: number) => Promise<number>;

/** Which formula of a node, and the one name in it that is no node. */
export interface FormulaUse {
  readonly tag: 'Formula' | 'FormulaTo' | 'FormulaFrom';
  readonly depth: number;
  readonly known?: readonly ['TO' | 'FROM', number];
}

const FORMULA_LIMIT = 4_096;

/** Calculates a formula of a node over its variables, constants and expressions. */
export async function formulaValue(node: GenicamNode, use: FormulaUse, numberOf: NumberOf): Promise<number> {
  const text = withExpressions(node, textIn(node, use.tag) ?? '');
  const values = new Map<string, number>(use.known === undefined ? [] : [use.known]);
  for (const { attributes, text: body } of allIn(node, 'Constant')) {
    values.set(attributes.get('Name') ?? '', parseNumber(body) ?? 0);
  }
  const wanted = new Set(namesIn(text));
  for (const { attributes, text: reference } of allIn(node, 'pVariable')) {
    const name = attributes.get('Name') ?? '';
    if (wanted.has(name)) values.set(name, await numberOf(reference.replace(/\.Value$/, ''), use.depth + 1));
  }
  return calculate(text, (name) => {
    const value = values.get(name);
    if (value === undefined) throw new FeatureError(`a formula uses ${name}, which is not defined`);
    return value;
  });
}

function withExpressions(node: GenicamNode, formula: string): string {
  let text = formula;
  for (const { attributes, text: body } of allIn(node, 'Expression')) {
    text = replaceName(text, attributes.get('Name') ?? '', body);
    if (text.length > FORMULA_LIMIT) throw new FeatureError('a formula of the camera is too long');
  }
  return text;
}

/** A name stands for a part of a formula: put in as a whole, wherever it stands alone. */
function replaceName(formula: string, name: string, by: string): string {
  if (!/^[A-Za-z_][\w.]*$/.test(name)) return formula;
  return formula.replace(new RegExp(`(?<![\\w.])${name.replaceAll('.', '\\.')}(?![\\w.])`, 'g'), () => `(${by})`);
}
