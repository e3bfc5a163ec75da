/** A formula that cannot be read or calculated. */
export class FormulaError extends Error {}

/** The value of a name in a formula. */
export type Variables = (name: string) => number;

const LENGTH_LIMIT = 4_096;
const DEPTH_LIMIT = 96;
const TOKEN =
  /\s*(?:(0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_][\w.]*)|(\*\*|<<|>>|<=|>=|<>|!=|==|&&|\|\||[-+*/%&|^~!<>=?:(),]))/y;

type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name' | 'sign'; readonly text: string };

type Operator = (left: number, right: number) => number;

/** Weakest first; those of one row bind from the left (GenICam standard 2.8.10, as in C; `=` compares). */
const OPERATORS: readonly Readonly<Record<string, Operator>>[] = [
  { '||': (a, b) => truth(a !== 0 || b !== 0) },
  { '&&': (a, b) => truth(a !== 0 && b !== 0) },
  { '|': bits((a, b) => a | b) },
  { '^': bits((a, b) => a ^ b) },
  { '&': bits((a, b) => a & b) },
  {
    '=': (a, b) => truth(a === b),
    '==': (a, b) => truth(a === b),
    '<>': (a, b) => truth(a !== b),
    '!=': (a, b) => truth(a !== b),
  },
  {
    '<': (a, b) => truth(a < b),
    '>': (a, b) => truth(a > b),
    '<=': (a, b) => truth(a <= b),
    '>=': (a, b) => truth(a >= b),
  },
  { '<<': bits((a, b) => a << shift(b)), '>>': bits((a, b) => a >> shift(b)) },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => a / b, '%': (a, b) => a % b },
];

const FUNCTIONS: ReadonlyMap<string, (value: number, other: number) => number> = new Map(
  Object.entries({
    ABS: Math.abs,
    SGN: Math.sign,
    NEG: (value: number) => -value,
    TRUNC: Math.trunc,
    FLOOR: Math.floor,
    CEIL: Math.ceil,
    ROUND: (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits,
    SQRT: Math.sqrt,
    EXP: Math.exp,
    LN: Math.log,
    LG: Math.log10,
    SIN: Math.sin,
    COS: Math.cos,
    TAN: Math.tan,
    ASIN: Math.asin,
    ACOS: Math.acos,
    ATAN: Math.atan,
  }),
);
const CONSTANTS: ReadonlyMap<string, number> = new Map(Object.entries({ PI: Math.PI, E: Math.E }));

/** Calculates a GenICam formula. Throws a FormulaError when it is none, or when its value is no number. */
export function calculate(formula: string, variables: Variables): number {
  const value = reader(tokens(formula), variables).whole();
  if (Number.isFinite(value)) return value;
  throw new FormulaError(`"${formula.slice(0, 80)}" has no value`);
}

/** The names a formula uses that are not its own: each once. */
export function namesIn(formula: string): readonly string[] {
  const names = tokens(formula).flatMap((token) => (token.kind === 'name' ? [token.text] : []));
  return [...new Set(names)].filter((name) => !FUNCTIONS.has(name) && !CONSTANTS.has(name));
}

function tokens(formula: string): readonly Token[] {
  if (formula.length > LENGTH_LIMIT) throw new FormulaError('the formula is too long');
  const found: Token[] = [];
  const text = formula.trimEnd();
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw new FormulaError(`"${formula.slice(0, 80)}" is not a formula`);
    const [, number, name, sign] = match;
    if (number !== undefined) found.push({ kind: 'number', value: Number(number) });
    else if (name !== undefined) found.push({ kind: 'name', text: name });
    else found.push({ kind: 'sign', text: sign ?? '' });
    at = TOKEN.lastIndex;
  }
  return found;
}

/** Reads and calculates in one go, by descent. Both branches of `?:` are calculated; a division by zero in one is harmless. */
function reader(all: readonly Token[], variables: Variables) {
  let at = 0;
  let depth = 0;

  function takes(text: string): boolean {
    const token = all[at];
    if (token?.kind !== 'sign' || token.text !== text) return false;
    at += 1;
    return true;
  }

  function expect(text: string): void {
    if (!takes(text)) throw new FormulaError(`a formula lacks "${text}"`);
  }

  function deeper(): void {
    depth += 1;
    if (depth > DEPTH_LIMIT) throw new FormulaError('the formula is nested too deeply');
  }

  function choice(): number {
    deeper();
    const condition = binary(0);
    let value = condition;
    if (takes('?')) {
      const yes = choice();
      expect(':');
      const no = choice();
      value = condition === 0 ? no : yes;
    }
    depth -= 1;
    return value;
  }

  function binary(level: number): number {
    const row = OPERATORS[level];
    if (row === undefined) return power();
    let left = binary(level + 1);
    for (;;) {
      const token = all[at];
      const operator = token?.kind === 'sign' ? row[token.text] : undefined;
      if (operator === undefined) return left;
      at += 1;
      left = operator(left, binary(level + 1));
    }
  }

  /** Binds from the right, and weaker than a sign before it. */
  function power(): number {
    const base = unary();
    if (!takes('**')) return base;
    deeper();
    const value = base ** power();
    depth -= 1;
    return value;
  }

  function unary(): number {
    deeper();
    let value: number;
    if (takes('-')) value = -unary();
    else if (takes('!')) value = truth(unary() === 0);
    else if (takes('~')) value = -Math.trunc(unary()) - 1;
    else value = takes('+') ? unary() : primary();
    depth -= 1;
    return value;
  }

  function primary(): number {
    const token = all[at];
    at += 1;
    if (token?.kind === 'number') return token.value;
    if (token?.kind === 'name') return named(token.text);
    at -= 1;
    expect('(');
    const value = choice();
    expect(')');
    return value;
  }

  function named(name: string): number {
    const call = FUNCTIONS.get(name);
    if (call === undefined || !takes('(')) return CONSTANTS.get(name) ?? variables(name);
    const value = choice();
    const other = takes(',') ? choice() : 0;
    expect(')');
    return call(value, other);
  }

  return {
    whole(): number {
      const value = choice();
      if (at !== all.length) throw new FormulaError('a formula goes on behind its end');
      return value;
    },
  };
}

function truth(is: boolean): number {
  return is ? 1 : 0;
}

/** Registers have up to 64 bits; the operators of the language have 32. */
function bits(act: (left: bigint, right: bigint) => bigint): Operator {
  return (left, right) => {
    if (!Number.isFinite(left) || !Number.isFinite(right)) return Number.NaN;
    return Number(act(BigInt(Math.trunc(left)), BigInt(Math.trunc(right))));
  };
}

/** A shift by more than a register has bits is nobody's intention. */
function shift(by: bigint): bigint {
  return by < 0n || by > 64n ? 64n : by;
}
