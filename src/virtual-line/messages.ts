import type { Target } from '#virtual-line/camera/targets.ts';
import type { PrintDefects } from '#virtual-line/print-defects.ts';

/** The devices a kernel stands in front of; a line has a `reader` or a `camera`. Each emulator runs apart from the physics and sees it only by messages. */
export type Role = 'printer' | 'reader' | 'camera' | 'plc';

/** What stands before the reader. */
export interface View {
  readonly item: number;
  readonly content: string;
  /** The grade a perfect reader gives; below 0 nobody can read it. */
  readonly quality: number;
  readonly print: PrintDefects;
  /** The record that was printed over this one; '' where none was. */
  readonly over: string;
}

/** What can be wrong between item and sensor. `frozen`: the sensor gives the same picture again and again. */
export type OpticalFault = 'black' | 'frozen' | 'dirt' | 'defocus';

/**
 * What becomes of a picture: it arrives, in part or not at all, it lies about its size, or none is taken although the
 * trigger was noticed.
 */
export type PictureWay = 'sent' | 'incomplete' | 'lost' | 'misstated' | 'missed';

/** Whether a camera has a counter for its triggers, as most have, or only numbers the pictures it takes. */
export type CameraKind = 'counts-triggers' | 'counts-pictures';

/** Shared by whatever starts inside one virtual line; times of the protocols are wall time, whatever the speed. */
export interface EmulatorSettings {
  readonly seed: number;
  /** 0 = any free port. */
  readonly port: number;
  /** Physics runs faster than the wall: the PLC then holds the deadline open, and the reader decodes at once. */
  readonly lockStep: boolean;
  /** Folder for the PLC's certificate, kept from start to start. */
  readonly state: string;
  /** Nominal belt speed in mm/s, as the printer reports it. */
  readonly beltSpeed: number;
  readonly camera: CameraKind;
  readonly plc: PlcSettings;
}

/** The PLC's own idea of the line, in mm and ms. It may be wrong: nothing keeps it equal to the physics. */
export interface PlcSettings {
  readonly cameraToDeadline: number;
  readonly cameraToArming: number;
  readonly armingToAxis: number;
  readonly cameraToExit: number;
  readonly printToAxis: number;
  readonly itemLength: number;
  readonly pitchMin: number;
  readonly divertLead: number;
  readonly chuteMax: number;
  readonly beltSpeed: number;
  readonly countsPerMm: number;
  readonly registerDepth: number;
}

/** What every message from the physics carries: time in ms, encoder in mm, speed in mm/s. */
export interface Now {
  readonly t: number;
  readonly enc: number;
  readonly v: number;
}

/** What the kernel tells an emulator and waits for. */
export type Ask =
  | { readonly ask: 'start'; readonly settings: EmulatorSettings }
  /** A photo-eye pulse at the print head; `blank`: the nozzle is shut, the record is used up all the same. */
  | { readonly ask: 'print-go'; readonly blank: boolean }
  | { readonly ask: 'edge'; readonly sensor: 'PE2' | 'PE2-off' | 'PE3' | 'PE4' | 'PE5'; readonly now: Now }
  | { readonly ask: 'wake'; readonly id: string; readonly now: Now }
  | { readonly ask: 'stopped'; readonly now: Now }
  | { readonly ask: 'button'; readonly command: number; readonly now: Now }
  | { readonly ask: 'restart'; readonly now: Now };

/** What the kernel tells an emulator without waiting. */
export type Tell =
  | { readonly tell: 'print-end' }
  | { readonly tell: 'cause'; readonly cause: 'cover' | 'ink'; readonly present: boolean }
  /** Power off and on again: back on the net after `seconds` of wall time. */
  | { readonly tell: 'reboot'; readonly seconds: number }
  | ({ readonly tell: 'expose'; readonly extras: boolean; readonly way: PictureWay } & View)
  /** An item that passes a reader which is not armed, or does not notice its trigger: then without a `pulse`. */
  | { readonly tell: 'in-view'; readonly view: View; readonly pulse: boolean }
  | { readonly tell: 'optics'; readonly fault: OpticalFault; readonly active: boolean }
  /** Somebody puts something before the camera in the place of items. */
  | { readonly tell: 'show'; readonly target: Target }
  /** The cable of the camera is bad: some packets get lost. */
  | { readonly tell: 'packet-loss'; readonly active: boolean }
  | { readonly tell: 'frame-lag'; readonly active: boolean }
  | { readonly tell: 'half-open'; readonly active: boolean }
  | { readonly tell: 'rough-network'; readonly active: boolean }
  | { readonly tell: 'heartbeat-frozen'; readonly active: boolean };

/** What an emulator does to the physics. */
export type Act =
  | { readonly act: 'belt'; readonly motion: 'run' | 'slow-stop' | 'fast-stop' }
  | { readonly act: 'infeed'; readonly open: boolean }
  | { readonly act: 'blow' }
  /** Ask me again, at this encoder position or after this much physics time. */
  | { readonly act: 'wake'; readonly id: string; readonly enc?: number; readonly after?: number }
  | { readonly act: 'state'; readonly state: number; readonly epoch: number }
  | { readonly act: 'permit'; readonly granted: boolean }
  | { readonly act: 'armed'; readonly armed: boolean }
  /** What was put before the camera stands there now. */
  | { readonly act: 'shown'; readonly target: Target };

/** The answer to a print-go: what left the head, or undefined when nothing did. */
export interface Printed {
  readonly rec: number;
  readonly content: string;
}

/** What an emulator answers. `acts` in the order they shall happen. */
export interface Reply {
  readonly acts?: readonly Act[];
  readonly printed?: Printed;
  readonly listening?: { readonly port: number; readonly certificate?: string };
  readonly refused?: string;
}

/** An emulator as its own process sees it. */
export interface Emulator {
  answer(ask: Ask): Reply | Promise<Reply>;
  hear(tell: Tell): void;
  close(): Promise<void> | void;
}
