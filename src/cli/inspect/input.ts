import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { beginsWithControl } from '#cli/inspect/separators.ts';

/** One thing to inspect, or why a source could not be read. */
export type Input =
  | { readonly kind: 'text'; readonly text: string; readonly name?: string; readonly notes: readonly string[] }
  | { readonly kind: 'database'; readonly name: string }
  | { readonly kind: 'unreadable'; readonly name: string; readonly why: string };

/** A document of this size takes about a gigabyte while it is judged. */
const MOST_BYTES = 128 * 1024 * 1024;

/** More lines than a person reads are a file of another kind. */
export const MOST_LINES = 1000;

/** What an argument means: the file of that name if there is one, otherwise the text itself. */
export function argumentInputs(argument: string): Input[] {
  return isFile(argument) ? fileInputs(argument) : [{ kind: 'text', text: argument, notes: [] }];
}

/** Everything in a file: one document, or one input per line. */
export function fileInputs(name: string): Input[] {
  if (!existsSync(name)) return [{ kind: 'unreadable', name, why: 'There is no such file.' }];
  try {
    return sizedInputs(name);
  } catch (error) {
    return [{ kind: 'unreadable', name, why: error instanceof Error ? error.message : String(error) }];
  }
}

/** Opens once, so that what was measured is what is read. */
function sizedInputs(name: string): Input[] {
  const handle = openSync(name, 'r');
  try {
    const stat = fstatSync(handle);
    if (stat.isDirectory()) return [{ kind: 'unreadable', name, why: 'This is a folder. Name a file in it.' }];
    const head = Buffer.alloc(16);
    const length = readSync(handle, head, 0, head.length, 0);
    if (isDatabase(head.subarray(0, length))) return [{ kind: 'database', name }];
    if (stat.size > MOST_BYTES) return [{ kind: 'unreadable', name, why: tooBig(stat.size) }];
    return byteInputs(readFileSync(handle), name);
  } finally {
    closeSync(handle);
  }
}

/** Everything in bytes that came through a pipe or out of a file. Without a name they are shown as they are. */
export function byteInputs(bytes: Uint8Array, name?: string): Input[] {
  const called = name ?? 'the input';
  if (isDatabase(bytes)) return [{ kind: 'database', name: called }];
  if (bytes.length > MOST_BYTES) return [{ kind: 'unreadable', name: called, why: tooBig(bytes.length) }];
  const { text, notes } = decode(bytes);
  if (isDocument(text)) return [{ kind: 'text', text, notes, ...(name === undefined ? {} : { name }) }];
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  if (lines.length === 0) return [{ kind: 'text', text: '', notes, ...(name === undefined ? {} : { name }) }];
  const shown = lines.slice(0, MOST_LINES).map((line): Input => ({ kind: 'text', text: line, notes }));
  const left = lines.length - shown.length;
  if (left === 0) return shown;
  const why = `It has ${lines.length} lines; only the first ${MOST_LINES} were looked at.`;
  return [...shown, { kind: 'unreadable', name: called, why }];
}

/** One document over many lines, rather than a code per line. A file of one JSON event per line is the latter. */
function isDocument(text: string): boolean {
  const start = text.trimStart();
  if (beginsWithControl(start) || start.startsWith('[)>')) return false;
  if (!/^[[{]/.test(start)) return start.startsWith('<');
  const [first = ''] = start.split('\n', 1);
  return !(isJson(first) && start.length > first.length + 1);
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false; // the only way JSON has to say so
  }
}

function decode(bytes: Uint8Array): { readonly text: string; readonly notes: readonly string[] } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), notes: ['Read as UTF-16.'] };
  if (first === 0xfe && second === 0xff)
    return { text: new TextDecoder('utf-16be').decode(bytes), notes: ['Read as UTF-16.'] };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] };
  } catch {
    return {
      text: Buffer.from(bytes).toString('latin1'),
      notes: ['The bytes are no UTF-8; each is read as one character.'],
    };
  }
}

function isDatabase(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 16)).toString('latin1') === 'SQLite format 3\0';
}

function isFile(name: string): boolean {
  try {
    return name !== '' && !name.includes('\0') && statSync(name).isFile();
  } catch {
    return false; // not there, or not to be seen
  }
}

function tooBig(size: number): string {
  const megabytes = Math.ceil(size / 1024 / 1024);
  return `It has ${megabytes} MB; up to ${MOST_BYTES / 1024 / 1024} MB can be inspected. Take a part of it.`;
}
