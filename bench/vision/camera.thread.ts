import { parentPort, workerData } from 'node:worker_threads';
import { openFrameRing } from '#contract/frame-ring.ts';
import { wallClock } from '#vision/wall-clock.ts';

// A camera that copies pictures into the ring at a steady rate, each in its own time whether or not there is room.

interface CameraOptions {
  readonly ring: SharedArrayBuffer;
  readonly pictures: readonly Uint8Array[];
  readonly width: number;
  readonly height: number;
  readonly perSecond: number;
  readonly count: number;
}

const { ring: shared, pictures, width, height, perSecond, count } = workerData as CameraOptions;
const ring = openFrameRing(shared);
const began = performance.now();
const wall = wallClock();
let trigger = 0;

function shoot(): void {
  trigger += 1;
  const at = wall();
  const slot = ring.claim();
  if (slot === undefined) parentPort?.postMessage({ kind: 'no-free-slot', trigger, at });
  else {
    ring.memory(slot).set(pictures[trigger % pictures.length] ?? new Uint8Array(0));
    ring.publish(slot, { trigger, at, width, height, stride: width });
    parentPort?.postMessage({ kind: 'frame', trigger, slot });
  }
  if (trigger < count) setTimeout(shoot, Math.max(0, began + (trigger * 1000) / perSecond - performance.now()));
}

shoot();
