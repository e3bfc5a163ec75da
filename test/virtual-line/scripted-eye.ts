import { openClient, pixelsOf } from './gige-stranger.ts';
import { readByZxing } from './strange-eyes.ts';
import type { Endpoint } from './stranger.ts';

const HEARTBEAT = 500;

/** Whoever looks at the pictures of the line's camera, by the numbers under which they come. */
export interface ScriptedEye {
  close(): Promise<void>;
}

/** Arms the camera for the line's trigger and tells what each whole picture shows: '' where nothing is read. */
export async function openEye(
  { port }: Endpoint,
  seen: (block: number, content: string) => void,
): Promise<ScriptedEye> {
  const client = await openClient(port);
  await client.open(9000);
  await client.write(0xa000, 640);
  await client.write(0xa004, 480);
  await client.write(0xa030, 1);
  await client.write(0xa018, 1);
  const heartbeat = setInterval(() => void client.read(0x0a00).catch(() => undefined), HEARTBEAT);
  let isClosed = false;
  const work = (async () => {
    let last = 0;
    while (!isClosed) {
      const trailer = client.packets.find(({ block, format }) => block > last && format === 2);
      if (trailer) {
        last = trailer.block;
        const parts = client.packets.filter(({ block }) => block === last);
        seen(last, (await readByZxing(pixelsOf(parts))) ?? '');
        const later = client.packets.filter(({ block }) => block > last);
        client.packets.splice(0, client.packets.length, ...later);
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
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
