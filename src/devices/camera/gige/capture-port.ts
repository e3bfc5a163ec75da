import type { CameraIdentity } from '#devices/camera/gige/control/discovery.ts';
import type { CountMemory } from '#devices/camera/gige/count-keeper.ts';
import type { CameraSetting } from '#devices/camera/gige/settings.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import type { Fault, ReaderDirective } from '#line/signal.ts';

/** What crosses between the driver and its capture thread: plain data, one message each. */

/** `workerData` of the thread. One thread holds one contact with one camera. */
export interface CaptureOptions {
  readonly device: string;
  readonly host: string;
  readonly port: number;
  readonly setting: CameraSetting;
  /** Made by `createFrameRing`. */
  readonly ring: SharedArrayBuffer;
  /** undefined: the largest that a test packet brings through. */
  readonly packetSize: number | undefined;
  /** What is remembered of the camera's count of triggers. */
  readonly counted: CountMemory | undefined;
  /** The count of triggers contradicted itself before: pictures are counted. */
  readonly isCountUseless: boolean;
}

export type ToCapture =
  | { readonly kind: 'tell'; readonly id: number; readonly what: ReaderDirective['kind'] | 'trigger' | 'picture' }
  | { readonly kind: 'close' };

export type FromCapture =
  | { readonly kind: 'opened'; readonly camera: CameraFacts }
  /** It did not come to a session, and why. */
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'told'; readonly id: number; readonly fault: Fault | undefined }
  | { readonly kind: 'frame'; readonly notice: FrameNotice; readonly counted: CountMemory | undefined }
  /** The count of triggers contradicts itself, and will do so again. */
  | { readonly kind: 'count-useless' }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'log'; readonly event: string; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly kind: 'ended'; readonly reason: string };

/** What the log says of a camera once it is met. */
export interface CameraFacts {
  readonly identity: CameraIdentity;
  readonly pixelFormat: string;
  readonly packetSize: number;
  readonly resends: boolean;
  /** Bytes that the operating system granted for the pictures' socket. */
  readonly receiveBuffer: number;
  readonly heartbeat: number;
  /** What the numbers of its pictures count; and, for pictures, why not triggers. */
  readonly counts: 'triggers' | 'pictures';
  readonly whyPictures?: string;
}
