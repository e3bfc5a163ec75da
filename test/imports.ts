import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';
import { IMPORT_TABLE, PURE } from './import-table.ts';

/** One source file: its path below src, with slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** A file as a list of what it imports; specifiers of type-only imports included, for they are knowledge, too. */
export interface Module {
  readonly path: string;
  readonly folder: string;
  readonly imports: readonly string[];
}

const SPECIFIER =
  /(?:^|[\n;])\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\s*\(\s*['"`]([^'"`]+)['"`]|\brequire\s*\(\s*['"]([^'"]+)['"]/g;

export function readSources(root: string): Source[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(root, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }))
    .sort((a, b) => a.path.localeCompare(b.path));
}

export function parse({ path, text }: Source): Module {
  const found = [...withoutComments(text).matchAll(SPECIFIER)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  return { path, folder: path.split('/')[0] ?? '', imports: found };
}

/** What the table forbids, in words: empty when a file keeps to it. */
export function violations(source: Source): string[] {
  const module = parse(source);
  const wrong = module.imports.flatMap((specifier) => {
    const why = whyForbidden(module, specifier);
    return why === undefined ? [] : [`${module.path} imports ${specifier}: ${why}`];
  });
  const isRandom = PURE.includes(module.folder) && /\bMath\s*\.\s*random\b/.test(withoutComments(source.text));
  return isRandom
    ? [...wrong, `${module.path} uses Math.random: a pure folder takes randomness as an argument`]
    : wrong;
}

function whyForbidden({ path, folder }: Module, specifier: string): string | undefined {
  const row = IMPORT_TABLE[folder];
  if (row === undefined) return `the folder ${folder} is not in the table`;
  if (specifier.startsWith('#')) return whyNotOurs(folder, row.folders, specifier);
  if (specifier.startsWith('.')) return isStyle(specifier) ? undefined : 'own modules are written #folder/file.ts';
  if (isBuiltin(specifier)) return row.node ? whyNotBuiltin(specifier) : `${folder} runs without Node`;
  if (specifier.startsWith('node-opcua-server') && !path.startsWith('virtual-line/'))
    return 'servers block for seconds';
  const isAllowed = row.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  return isAllowed ? undefined : `${folder} may not use this package`;
}

function whyNotOurs(folder: string, allowed: readonly string[], specifier: string): string | undefined {
  const to = specifier.slice(1).split('/')[0] ?? '';
  if (to !== folder && !allowed.includes(to)) return `${folder} may not know ${to}`;
  return /\.(ts|tsx|css|json|svg|png|woff2)$/.test(specifier) ? undefined : 'the file name is written with its ending';
}

function whyNotBuiltin(specifier: string): string | undefined {
  return specifier.startsWith('node:') ? undefined : 'built-in modules are written node:…';
}

/** A component's own style stands beside it; the renderer's bundler resolves it. */
function isStyle(specifier: string): boolean {
  return /^\.\/[^/]+\.(css|svg)$/.test(specifier);
}

/** Every module that an entry reaches over own imports, the entry included. */
export function reachable(entry: string, sources: readonly Source[]): Module[] {
  const modules = new Map(sources.map((source) => [source.path, parse(source)]));
  const seen = new Map<string, Module>();
  const ahead = [entry];
  for (let path = ahead.pop(); path !== undefined; path = ahead.pop()) {
    const module = modules.get(path);
    if (module === undefined || seen.has(path)) continue;
    seen.set(path, module);
    ahead.push(
      ...module.imports.filter((specifier) => specifier.startsWith('#')).map((specifier) => specifier.slice(1)),
    );
  }
  return [...seen.values()];
}

/** Good enough for import statements: blanks out block comments and lines that begin as comments. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');
}
