/** The serialization station's variables (docs/devices/line-plc.md): node id `s=Station.<Name>` in this namespace. */
export const STATION_NAMESPACE = 'urn:linewright:station';

/** Read in every cycle, in this order. */
export const CYCLE_NAMES = ['HbPlc', 'LineState', 'Encoder', 'Permits', 'Trig', 'Out', 'Epoch'] as const;

/** Read once per contact. */
export const CONTACT_NAMES = ['RingDepth', 'HbPc', 'Verdict', ...CYCLE_NAMES] as const;

/** One reading of everything the PLC publishes. */
export interface StationImage {
  readonly hbPlc: number;
  readonly lineState: number;
  readonly encoder: number;
  readonly permits: number;
  readonly trig: ArrayLike<number>;
  readonly out: ArrayLike<number>;
  readonly epoch: number;
}

/** What the PLC holds of ours when it is first met. */
export interface Contact {
  readonly ringDepth: number;
  readonly hbPc: number;
  readonly verdict: ArrayLike<number>;
  readonly image: StationImage;
}

/** What goes to the PLC in one write. Absent: left as it is. */
export interface StationUpdate {
  readonly hbPc?: number;
  readonly cmd?: number;
  readonly linePermit?: number;
  readonly verdict?: Uint16Array;
  readonly limits?: readonly [number, number, number, number];
}

/** The PLC's variables, whatever carries them. Both reject when the connection is of no use any more. */
export interface StationPort {
  read(): Promise<StationImage>;
  write(update: StationUpdate): Promise<void>;
  /** Settles when the connection is gone. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}
