import { type CameraClient, openClient, pixelsOf, type StreamPacket } from './gige-stranger.ts';
import { readByZxing } from './strange-eyes.ts';
import type { Endpoint } from './stranger.ts';

const HEARTBEAT = 500;
const LOOK_EACH = 2;
/** A gap is asked for when nothing came for so long, and given up after so long. */
const GAP = 40;
const PATIENCE = 1000;
const PACKET = 9000;
const SIZE = { width: 640, height: 480 };
const TRAILER = Math.ceil((SIZE.width * SIZE.height) / (PACKET - 36)) + 1;

/** Whoever looks at the pictures of the line's camera, by the numbers under which they come. */
export interface ScriptedEye {
  close(): Promise<void>;
}

/** Arms the camera for the line's trigger and tells what each picture shows: '' where nothing is read. */
export async function openEye(
  { port }: Endpoint,
  seen: (block: number, content: string) => void,
): Promise<ScriptedEye> {
  // The first picture takes a decoder much longer than the line has time.
  for (let n = 0; n < 3; n++) await readByZxing({ ...SIZE, pixels: new Uint8Array(SIZE.width * SIZE.height) });
  const client = await openClient(port);
  await client.open(PACKET);
  await client.write(0xa000, SIZE.width);
  await client.write(0xa004, SIZE.height);
  await client.write(0xa030, 1);
  await client.write(0xa018, 1);
  const heartbeat = setInterval(() => void client.read(0x0a00).catch(() => undefined), HEARTBEAT);
  let isClosed = false;
  const work = (async () => {
    let block = 0;
    while (!isClosed) {
      const parts = await nextPicture(client, block, () => isClosed);
      if (!parts) continue;
      block = parts[0]?.block ?? block;
      seen(block, parts.length > TRAILER ? ((await readByZxing(pixelsOf(parts))) ?? '') : '');
      const later = client.packets.filter((packet) => packet.block > block);
      client.packets.splice(0, client.packets.length, ...later);
    }
  })();
  return {
    async close() {
      if (isClosed) return;
      isClosed = true;
      clearInterval(heartbeat);
      await work;
      await client.write(0xa01c, 1).catch(() => undefined);
      client.close();
    },
  };
}

/** The packets of the oldest picture after `last`, each once: all of them, or what there is when patience ends. */
async function nextPicture(
  client: CameraClient,
  last: number,
  isClosed: () => boolean,
): Promise<readonly StreamPacket[] | undefined> {
  let count = 0;
  let grownAt = performance.now();
  let askedAt = grownAt;
  while (!isClosed()) {
    // What was asked for twice comes late, when its picture has long been looked at.
    const block = Math.min(...client.packets.map((packet) => packet.block).filter((one) => one > last));
    const parts = new Map(
      client.packets
        .filter((packet) => packet.block === block && packet.format !== 0)
        .map((packet) => [packet.id, packet]),
    );
    const now = performance.now();
    if (parts.size > count || parts.size === 0) grownAt = now;
    count = parts.size;
    if (count > TRAILER || (count > 0 && now - grownAt > PATIENCE)) return [...parts.values()];
    if (count > 0 && now - Math.max(grownAt, askedAt) > GAP) {
      askedAt = now;
      askAgain(
        client,
        block,
        [...Array(TRAILER + 1).keys()].filter((id) => !parts.has(id)),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EACH));
  }
  return undefined;
}

function askAgain(client: CameraClient, block: number, ids: readonly number[]): void {
  for (const id of ids) {
    const bytes = Buffer.alloc(20);
    bytes.set([0x42, 0, 0, 0x40, 0, 12, 0x7f, 0xff]);
    bytes.writeUInt16BE(block, 10);
    bytes.writeUInt32BE(id, 12);
    bytes.writeUInt32BE(id, 16);
    client.raw(bytes);
  }
}
