import { epcisReport, epcisText, isEventList } from '#cli/inspect/epcis.ts';
import { type Context, type Finding, type Part, type Report, reportOf, unusable } from '#cli/inspect/report.ts';
import { LineFile } from '#contract/line-file.ts';
import { OrderFile } from '#contract/order-file.ts';
import { isNestedDeeper } from '#epcis/json-depth.ts';
import { importOrder } from '#order/import-order.ts';

/** Deeper than any document, and shallower than what recursion bears. */
const DEEPEST = 200;

/** A JSON text: an EPCIS document, one event or a list of them, an order file, a line file. */
export function inspectJson(input: string, given: string, context: Context): Report | string {
  if (!/^\s*[[{]/.test(given)) return 'it does not begin with { or [';
  if (isNestedDeeper(given, DEEPEST)) return `its brackets are nested more than ${DEEPEST} deep`;
  const parsed = parse(given);
  return parsed.kind === 'broken'
    ? brokenJson(input, given, parsed.message)
    : inspectValue(input, given, parsed.value, context);
}

type Parsed =
  | { readonly kind: 'parsed'; readonly value: unknown }
  | { readonly kind: 'broken'; readonly message: string };

function parse(given: string): Parsed {
  try {
    return { kind: 'parsed', value: JSON.parse(given) };
  } catch (error) {
    return { kind: 'broken', message: error instanceof Error ? error.message : String(error) };
  }
}

function inspectValue(input: string, given: string, value: unknown, context: Context): Report {
  const list: unknown = Array.isArray(value) ? value : [value];
  if (isEventList(list)) {
    return epcisReport(input, epcisText(list, context), list.length === 1 ? 'event' : 'events', context);
  }
  if (!isRecord(value)) return foreign(input, 'a list');
  const isEpcis = value['type'] === 'EPCISDocument' || value['type'] === 'EPCISQueryDocument';
  if (isEpcis) return epcisReport(input, given, 'document', context);
  if ('order' in value && 'product' in value) return orderReport(input, value, context);
  if ('line' in value && 'devices' in value) return lineReport(input, value);
  return foreign(input, Object.keys(value).slice(0, 6).join(', ') || 'nothing');
}

function foreign(input: string, held: string): Report {
  return unusable(input, 'json', 'JSON, but neither EPCIS nor a file of Linewright', [
    `It holds: ${held}`,
    'Tried: EPCIS document (type EPCISDocument or EPCISQueryDocument), EPCIS event, order file, line file.',
  ]);
}

/** A JSON text of some length that does not parse is still JSON to people; `{abc` may be anything. */
function brokenJson(input: string, given: string, message: string): Report | string {
  const at = /position (\d+)/.exec(message)?.[1];
  const sentence = `it is no JSON: ${message.slice(0, 160)}`;
  if (!/^\s*[[{]\s*["{[]/.test(given)) return sentence;
  const path = at === undefined ? 'its end' : placeOf(given, Number(at));
  const problem: Finding = { severity: 'error', rule: 'not-json', path, message: sentence };
  return { ...reportOf(input, { kind: 'json', what: 'Broken JSON', problems: [problem] }), verdict: 'unusable' };
}

/** Line and column, as editors count them. */
function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** Judges an order as the workstation will when it is imported, but for what only its records know. */
function orderReport(input: string, value: unknown, context: Context): Report {
  const kind = 'order';
  const shape = OrderFile.safeParse(value);
  if (!shape.success) {
    return reportOf(input, { kind, what: 'Order file, malformed', problems: shapeFindings(shape.error.issues) });
  }
  const imported = importOrder(shape.data, context.today, new Set());
  const problems: Finding[] =
    imported.kind === 'order'
      ? []
      : imported.problems.map(({ field, message }) => ({ severity: 'error', rule: 'order', path: field, message }));
  const { order, product, lot, expiry, quantity, overagePercent, market } = shape.data;
  const serials = imported.kind === 'order' ? `: ${imported.order.allocate} serials` : '';
  const parts: Part[] = [
    { name: 'order', title: 'ORDER', value: order, meaning: '' },
    { name: 'product', title: 'PRODUCT', value: product.name, meaning: `lowest grade ${product.minGrade}` },
    { name: '01', title: 'GTIN', value: product.gtin, meaning: `company prefix of ${product.gcpLength} digits` },
    { name: '10', title: 'BATCH/LOT', value: lot, meaning: '' },
    { name: '17', title: 'USE BY or EXPIRY', value: expiry, meaning: expiryMeaning(imported) },
    { name: 'quantity', title: 'QUANTITY', value: String(quantity), meaning: `+ ${overagePercent} %${serials}` },
    { name: 'market', title: 'MARKET', value: market, meaning: '' },
  ];
  const notes = ['Whether the order was imported before, only the workstation knows.'];
  return reportOf(input, { kind, what: `Order file: ${order}`, parts, problems, notes });
}

function expiryMeaning(imported: ReturnType<typeof importOrder>): string {
  return imported.kind === 'order' ? `${imported.order.expiry}, on the label ${imported.order.expiryYymmdd}` : '';
}

function lineReport(input: string, value: unknown): Report {
  const shape = LineFile.safeParse(value);
  if (!shape.success) {
    return reportOf(input, { kind: 'line', what: 'Line file, malformed', problems: shapeFindings(shape.error.issues) });
  }
  const { line, mode, devices, geometry } = shape.data;
  const parts = devices.map(({ id, kind, driver, station }) => ({
    name: id,
    title: kind,
    value: driver,
    meaning: `at ${station}`,
  }));
  const figures = [
    { name: 'mode', value: mode },
    { name: 'rate', value: `${geometry.ratePerMinute} items per minute` },
  ];
  return reportOf(input, { kind: 'line', what: `Line file: ${line}`, parts, figures });
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function shapeFindings(issues: readonly Issue[]): Finding[] {
  return issues.map(({ path, message }) => ({
    severity: 'error',
    rule: 'file-form',
    path: path.map(String).join('.') || '(the whole file)',
    message,
  }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
