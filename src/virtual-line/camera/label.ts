import { parseElementString } from '#gs1/element-string.ts';
import { askBwip, type BwipQuestion } from '#symbol/bwip.ts';
import { bwipNotation } from '#symbol/draw-symbol.ts';
import { textGrid } from '#virtual-line/camera/font.ts';
import type { Grid, Mark, Scene } from '#virtual-line/camera/scene.ts';
import { FLAWLESS, type PrintDefects } from '#virtual-line/print-defects.ts';

export type SymbolKind = 'data-matrix' | 'qr' | 'gs1-128';

/** What a job prints: which symbol, how large its modules are (mm), and whether lines of text stand beside it. */
export interface Label {
  readonly symbol: SymbolKind;
  readonly module: number;
  readonly hasText: boolean;
}

export const CARTON_LABEL: Label = { symbol: 'data-matrix', module: 0.5, hasText: true };

const BAR_HEIGHT = 24;
const QUESTIONS: Readonly<Record<SymbolKind, { readonly gs1: BwipQuestion; readonly plain: BwipQuestion }>> = {
  'data-matrix': {
    gs1: { bcid: 'gs1datamatrix', text: '' },
    plain: { bcid: 'datamatrix', text: '' },
  },
  qr: { gs1: { bcid: 'gs1qrcode', text: '', eclevel: 'M' }, plain: { bcid: 'qrcode', text: '', eclevel: 'M' } },
  'gs1-128': { gs1: { bcid: 'gs1-128', text: '' }, plain: { bcid: 'code128', text: '' } },
};

/** The symbol of an element string, as small as it goes; what is no element string becomes a plain symbol. */
export function symbolOf(content: string, kind: SymbolKind): Grid {
  const parsed = parseElementString(content);
  const question = QUESTIONS[kind];
  const gs1 =
    parsed.kind === 'parsed' ? drawn({ ...question.gs1, text: bwipNotation(parsed.elements), parse: true }) : undefined;
  const grid = gs1 ?? drawn({ ...question.plain, text: content });
  if (!grid) throw new RangeError(`no ${kind} holds ${JSON.stringify(content)}`);
  return grid;
}

function drawn(question: BwipQuestion): Grid | undefined {
  const answer = askBwip(question, BAR_HEIGHT);
  return answer.kind === 'drawn' ? answer.picture : undefined;
}

const SYMBOL_X = -12;
const QUIET = 2.5;
const TEXT_CELL = 0.25;
const LINE_PITCH = 3;
const LINES: readonly (readonly [ai: string, label: string])[] = [
  ['01', 'PC'],
  ['21', 'SN'],
  ['17', 'EXP'],
  ['10', 'LOT'],
];

/** The marks of one print of a label: the symbol, and beside it (under a linear one) its elements in plain text. */
export function marksOf(content: string, label: Label = CARTON_LABEL): readonly Mark[] {
  const grid = symbolOf(content, label.symbol);
  const { module } = label;
  const isLinear = label.symbol === 'gs1-128';
  const wide = grid.width * module;
  const tall = grid.height * module;
  const x = isLinear ? -wide / 2 : SYMBOL_X - wide / 2;
  const symbol: Mark = { kind: 'symbol', grid, x, y: -tall / 2, cell: module };
  if (!label.hasText) return [symbol];
  const texts = textLines(content);
  const first = { x: isLinear ? x : x + wide + QUIET, y: isLinear ? tall / 2 + 1 : -tall / 2 };
  const lines = texts.map((text, line): Mark => {
    return { kind: 'text', grid: textGrid(text), x: first.x, y: first.y + line * LINE_PITCH, cell: TEXT_CELL };
  });
  return [symbol, ...lines];
}

function textLines(content: string): readonly string[] {
  const parsed = parseElementString(content);
  if (parsed.kind === 'malformed') return [content];
  return LINES.flatMap(([ai, label]) => {
    const element = parsed.elements.find((one) => one.ai === ai);
    return element ? [`${label} ${element.value}`] : [];
  });
}

/** The scene of one item; content '' is a carton without print. */
export function itemScene(
  content: string,
  { print = FLAWLESS, seed = 1, label = CARTON_LABEL, over }: ItemPrint = {},
): Scene {
  if (content === '') return { marks: [], print, seed };
  const second = over === undefined || over === '' ? {} : { over: symbolOf(over, label.symbol) };
  return { marks: marksOf(content, label), print, seed, ...second };
}

export interface ItemPrint {
  readonly print?: PrintDefects;
  readonly seed?: number;
  readonly label?: Label;
  /** The record that was printed on the same place. */
  readonly over?: string;
}
