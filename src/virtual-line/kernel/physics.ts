import type { RemoteEmulator } from '#virtual-line/emulator-process.ts';
import type { Faults } from '#virtual-line/kernel/faults.ts';
import type { Geometry } from '#virtual-line/kernel/geometry.ts';
import { createItem, type Item } from '#virtual-line/kernel/item.ts';
import type { Kernel } from '#virtual-line/kernel/kernel.ts';
import type { Counts, LedgerLine, Leftover } from '#virtual-line/kernel/ledger.ts';
import { PRINT_FAULTS } from '#virtual-line/kernel/print-quality.ts';
import { anotherLot, foreignCode } from '#virtual-line/kernel/print-truth.ts';
import type { Act, Ask, PictureWay, Printed, View } from '#virtual-line/messages.ts';

/** The items on the belt, and what stations do to them. */
export interface Physics {
  setInfeed(open: boolean): void;
  setReaderArmed(armed: boolean): void;
  /** The air jet opens now. */
  blow(): void;
  /** The printer lost its memory: a print that is under way ends blank. */
  spoilPrint(): void;
  /** Takes off every item between the given distances from the infeed, and what passed the exit unconfirmed. */
  remove(cause: string, from?: number, to?: number): void;
  counts(): Counts;
}

export interface PhysicsOptions {
  readonly kernel: Kernel;
  readonly geometry: Geometry;
  readonly seed: number;
  /** Feed no more than this many; undefined: for ever. */
  readonly items?: number;
  readonly printer: RemoteEmulator;
  readonly reader: RemoteEmulator;
  readonly plc: RemoteEmulator;
  readonly faults: Faults;
  readonly leftover: Leftover;
  write(line: LedgerLine): void;
  perform(acts: readonly Act[] | undefined): void;
  /** Whether the machine is aborting: whatever leaves it then, nobody vouches for. */
  isAborting(): boolean;
}

const UNREADABLE = -1;
const WAYS: readonly (readonly [fault: string, way: PictureWay])[] = [
  ['F14-trigger', 'missed'],
  ['F14-incomplete', 'incomplete'],
  ['F14-lost', 'lost'],
  ['F14-size', 'misstated'],
];

type Sensor = Extract<Ask, { readonly ask: 'edge' }>['sensor'];

export function createPhysics(options: PhysicsOptions): Physics {
  const { kernel, geometry, seed, faults, printer, reader, plc, write, perform } = options;
  const { positions: p, divert } = geometry;
  const belt = new Set<Item>();
  const unvouched = new Set<Item>();
  const counts = { fed: 0, inserted: 0, good: 0, rejectBin: 0, removed: 0 };
  let lastNo = options.leftover.lastItem;
  let feedAt = 0;
  let isFeedPlanned = false;
  let isInfeedOpen = false;
  let isReaderArmed = false;
  let lastPrint = '';
  let powerUps = 0;

  const edge = async (sensor: Sensor): Promise<void> => {
    const { acts } = await plc.ask({ ask: 'edge', sensor, now: kernel.now() });
    perform(acts);
  };
  const onBelt = (item: Item, enc: number, what: () => void | Promise<void>): void =>
    kernel.at(enc, () => (item.where === 'belt' ? what() : undefined));

  const planFeed = (): void => {
    const isExhausted = options.items !== undefined && counts.fed + counts.inserted >= options.items;
    if (isFeedPlanned || !isInfeedOpen || isExhausted) return;
    isFeedPlanned = true;
    kernel.at(Math.max(feedAt, kernel.now().enc), feed);
  };
  const feed = (): void => {
    isFeedPlanned = false;
    if (!isInfeedOpen) return;
    const item = createItem(geometry, seed, { no: ++lastNo, enc: kernel.now().enc });
    belt.add(item);
    feedAt = kernel.now().enc + item.pitch;
    faults.fed(item.no);
    const isForeign = faults.happens('F09', item.no);
    enter(item, isForeign);
    if (!isForeign) onBelt(item, item.at.printTrigger, () => print(item));
    onBelt(item, item.at.cameraTrigger, () => {
      write({ ev: 'eye', item: item.no });
      return edge('PE2');
    });
    onBelt(item, item.at.cameraAxis, () => expose(item));
    onBelt(item, item.at.cameraTrigger + geometry.item.length, () => edge('PE2-off'));
    onBelt(item, item.at.divertArming, () => edge('PE3'));
    onBelt(item, item.at.goodExit, () => leave(item));
    planFeed();
  };
  const enter = (item: Item, isForeign: boolean) => {
    if (!isForeign) {
      counts.fed++;
      return write({ ev: 'fed', item: item.no });
    }
    counts.inserted++;
    item.content = foreignCode(lastPrint, seed, item.no);
    write({ ev: 'inserted', item: item.no, content: item.content });
  };
  const print = async (item: Item): Promise<void> => {
    if (faults.happens('F01', item.no)) return;
    // A record that leaves the head with nothing under it is on no item.
    if (faults.happens('F03', item.no)) await printer.ask({ ask: 'print-go', blank: true });
    const blank = faults.happens('F01-nozzle', item.no);
    const { printed } = await printer.ask({ ask: 'print-go', blank });
    if (!printed) return;
    const power = powerUps;
    kernel.at(kernel.now().enc + p.printDelay + p.printLength, () => {
      printer.tell({ tell: 'print-end' });
      if (item.where === 'belt') finishPrint(item, blank || power !== powerUps ? { ...printed, content: '' } : printed);
    });
  };
  const finishPrint = (item: Item, { rec, content }: Printed): void => {
    let truth = content;
    if (truth !== '' && faults.isOn('F08', item.no)) truth = anotherLot(truth);
    if (faults.happens('F02', item.no)) truth = lastPrint;
    if (faults.happens('F02-double', item.no) && lastPrint !== '') {
      item.over = lastPrint;
      item.quality = UNREADABLE;
    }
    spoil(item);
    item.content = truth;
    lastPrint = truth === '' ? lastPrint : truth;
    write({ ev: 'printed', item: item.no, rec, content: truth });
  };
  /** What is wrong with the printer is wrong with this print, too. */
  const spoil = (item: Item): void => {
    for (const [id, fault] of Object.entries(PRINT_FAULTS)) {
      const age = faults.age(id, item.no);
      if (age === undefined) continue;
      item.print = fault.spoil(item.print, age);
      item.quality = Math.min(item.quality, fault.best(age));
    }
  };
  const expose = (item: Item) => {
    const { no, content, quality, print, over } = item;
    const view: View = { item: no, content, quality, print: over === '' ? print : { ...print, overprint: 1 }, over };
    const pulse = !faults.happens('F14', no);
    if (!isReaderArmed || !pulse) return reader.tell({ tell: 'in-view', view, pulse });
    const way = WAYS.find(([fault]) => faults.happens(fault, no))?.[1] ?? 'sent';
    if (way !== 'missed') write({ ev: 'exposed', item: no });
    const extras = faults.happens('F16', no);
    reader.tell({ tell: 'expose', ...view, extras, way });
  };
  const leave = async (item: Item): Promise<void> => {
    item.where = 'good';
    belt.delete(item);
    counts.good++;
    write({ ev: 'good', item: item.no });
    await edge('PE5');
    if (options.isAborting()) unvouched.add(item);
  };
  const fall = (item: Item): void => {
    item.where = 'falling';
    kernel.after(item.fall, async () => {
      item.where = 'bin';
      belt.delete(item);
      counts.rejectBin++;
      write({ ev: 'diverted', item: item.no, cause: divert.element });
      await edge('PE4');
    });
  };
  const take = (item: Item, cause: string): void => {
    belt.delete(item);
    item.where = 'removed';
    counts.removed++;
    write({ ev: 'removed', item: item.no, cause });
  };

  for (const no of options.leftover.onBelt) write({ ev: 'removed', item: no, cause: 'line-cleared-before-start' });

  return {
    setInfeed(open) {
      isInfeedOpen = open;
      planFeed();
    },
    setReaderArmed(armed) {
      isReaderArmed = armed;
    },
    blow() {
      kernel.after(divert.open + divert.dwell / 2, () => {
        const { enc } = kernel.now();
        for (const item of belt) {
          const middle = enc - item.at.divertAxis - geometry.item.length / 2;
          if (item.where === 'belt' && Math.abs(middle) <= divert.window) fall(item);
        }
      });
    },
    spoilPrint() {
      powerUps++;
    },
    remove(cause, from = 0, to = Number.POSITIVE_INFINITY) {
      const { enc } = kernel.now();
      for (const item of [...belt]) {
        const way = p.divertAxis - (item.at.divertAxis - enc);
        if (item.where === 'belt' && way >= from && way <= to) take(item, cause);
      }
      for (const item of unvouched) {
        counts.good--;
        take(item, cause);
      }
      unvouched.clear();
    },
    counts: () => ({ ...counts, inBelt: belt.size }),
  };
}
