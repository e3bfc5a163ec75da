import { type ScriptedPeer, scriptedPeer } from './scripted-peer.ts';

/** What the scripted printer holds; a test changes it at will. */
export interface PrinterState {
  nozzle: number;
  machine: number;
  error: number;
  entries: number;
  started: number;
  finished: number;
  printGos: number;
  text: string;
}

/** A Leibinger printer that answers from a handful of numbers (docs/devices/leibinger-jet.md). */
export async function printerPeer(): Promise<ScriptedPeer & { readonly state: PrinterState }> {
  const state = { nozzle: 4, machine: 4, error: 0, entries: 0, started: 0, finished: 1, printGos: 0, text: '' };
  const acts: Readonly<Record<string, () => void>> = {
    '!NO': () => Object.assign(state, { nozzle: 2 }),
    '!GO': () => Object.assign(state, { machine: 5 }),
    '!ST': () => Object.assign(state, { machine: 4, entries: 0 }),
    '!FF': () => Object.assign(state, { entries: 0 }),
    '!EQ': () => Object.assign(state, { error: 0 }),
  };
  const replies: Readonly<Record<string, () => string>> = {
    '?RS': () => `^0=RS${[state.nozzle, state.machine, state.error, 0, 300].join('\t')}\r`,
    '?SM': () => `^0=SM${[256, state.entries, state.started, 0, state.finished, state.printGos].join('\t')}\r`,
    '?CC': () => `^0=CC${[state.started, 0, state.started].join('\t')}\r`,
    '?ET': () => `^0=ET${state.text}\r`,
  };
  const peer = await scriptedPeer('\r', (command) => {
    const tag = command.slice(2, 5);
    acts[tag]?.();
    if (tag === '=MR') state.entries += 1;
    if (tag === '=ET') state.text = command.slice(5);
    return replies[tag]?.() ?? '';
  });
  return { ...peer, state };
}

/** A DataMan reader that agrees to everything it is told to know (docs/devices/cognex-dataman.md). */
export async function readerPeer(): Promise<ScriptedPeer & { readonly state: { status: number } }> {
  const state = { status: 0 };
  let speaks = false;
  const peer = await scriptedPeer('\r\n', (line) => {
    const [, id, command = ''] = /^\|\|0:(\d+)>(.*)$/.exec(line) ?? [];
    if (command === 'SET COM.DMCC-RESPONSE 1') speaks = true;
    if (!speaks || id === undefined) return '';
    const status = command.startsWith('TRIGGER') ? state.status : 0;
    return `||0:${id}[${status}]${command.startsWith('GET') ? 'DM-1' : ''}\r\n`;
  });
  return { ...peer, state };
}
