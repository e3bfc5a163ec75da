import type { DeviceEntry } from '#contract/line-file.ts';
import type { DeviceLog } from '#devices/log.ts';
import type { DeviceLink } from '#devices/supervisor.ts';
import type { DeviceSignal, PlcDirective, PrinterDirective, ReaderDirective } from '#line/signal.ts';

export type PrinterLink = DeviceLink<PrinterDirective> & { readonly kind: 'printer' };
export type ReaderLink = DeviceLink<ReaderDirective> & { readonly kind: 'reader' };
export type PlcLink = DeviceLink<PlcDirective> & { readonly kind: 'plc' };

/** A device of any kind; `kind` says what it can be told. */
export type OpenedDevice = PrinterLink | ReaderLink | PlcLink;

/** The shape of `openDevice`, for whoever wants to be handed another one. */
export type OpenDevice = (entry: DeviceEntry, report: (signal: DeviceSignal) => void, log: DeviceLog) => OpenedDevice;
