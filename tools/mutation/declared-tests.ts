import { registerHooks } from 'node:module';

/** A test as it was declared, ready to be run in this process as often as wanted. */
export interface DeclaredTest {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly run: () => unknown;
}

/** Thrown by a test that skips itself. */
export class Skipped extends Error {}

type Body = (...values: readonly unknown[]) => unknown;
/** Options, a time to wait among them, may stand in front of the body; Stryker has its own. */
type Rest = readonly (Body | object)[];
type Rows = readonly unknown[];

const context = {
  skip: (isSkipped = true, reason = '') => {
    if (isSkipped) throw new Skipped(reason);
  },
};

const declared: DeclaredTest[] = [];
const ids = new Set<string>();
let suites: readonly string[] = [];
let file = '';

/** Loads test files and gives what they declare; nothing is run yet. */
export async function declaredIn(files: readonly string[]): Promise<readonly DeclaredTest[]> {
  for (const next of files) {
    file = next;
    await import(next);
  }
  return declared;
}

/** Whoever imports vitest from now on gets `describe` and `it` from here, and the real `expect`. */
export function standInForVitest(): void {
  const url = new URL('./vitest.ts', import.meta.url).href;
  registerHooks({
    resolve: (specifier, parent, next) =>
      specifier === 'vitest' && parent.parentURL !== url ? { url, shortCircuit: true } : next(specifier, parent),
  });
}

export const describe = Object.assign((title: string, ...rest: Rest) => declareSuite(title, bodyOf(rest)), {
  each:
    (rows: Rows) =>
    (title: string, ...rest: Rest) => {
      for (const row of rows) declareSuite(titled(title, row), () => bodyOf(rest)(...spread(row)));
    },
});

/** `each` spreads a row over the arguments, `for` hands it over whole, with the context behind it. */
export const it = Object.assign((title: string, ...rest: Rest) => declareTest(title, () => bodyOf(rest)(context)), {
  each:
    (rows: Rows) =>
    (title: string, ...rest: Rest) => {
      for (const row of rows) declareTest(titled(title, row), () => bodyOf(rest)(...spread(row)));
    },
  for:
    (rows: Rows) =>
    (title: string, ...rest: Rest) => {
      for (const row of rows) declareTest(titled(title, row), () => bodyOf(rest)(row, context));
    },
});

function bodyOf(rest: Rest): Body {
  const body = rest.find((one): one is Body => typeof one === 'function');
  if (body === undefined) throw new TypeError('a test without a body');
  return body;
}

function declareSuite(title: string, body: Body): void {
  suites = [...suites, title];
  body();
  suites = suites.slice(0, -1);
}

function declareTest(title: string, run: () => unknown): void {
  const name = [...suites, title].join(' > ');
  let id = `${file}#${name}`;
  while (ids.has(id)) id += '+';
  ids.add(id);
  declared.push({ id, name, file, run });
}

function spread(row: unknown): readonly unknown[] {
  return Array.isArray(row) ? row : [row];
}

function titled(title: string, row: unknown): string {
  const shown = JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  return `${title} ${shown.slice(0, 60)}`;
}
