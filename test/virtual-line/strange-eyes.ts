import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import type { Rendered } from '#virtual-line/camera/render.ts';
import { png } from './png.ts';

// Readers that share nothing with the renderer: what they make of a picture is what a picture is worth.

type Image = Pick<Rendered, 'pixels' | 'width' | 'height'>;

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
let isPrepared = false;

/** Text of the first code, with GS where the separator was; undefined: nothing is read. */
export async function readByZxing(
  image: Image,
  formats: ReaderOptions['formats'] = ['DataMatrix'],
): Promise<string | undefined> {
  if (!isPrepared) {
    await prepareZXingModule({
      overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer },
      fireImmediately: true,
    });
  }
  isPrepared = true;
  const [first] = await readBarcodes(new Uint8Array(png(image)), {
    formats,
    maxNumberOfSymbols: 1,
    tryInvert: false,
    tryDownscale: false,
    textMode: 'Plain',
  });
  return first && Buffer.from(first.bytes).toString('latin1');
}

function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** Debian's readers, by package. */
export const HAS_DMTX = isInstalled('dmtxread');
export const HAS_ZXING_TOOLS = isInstalled('ZXingReader');

function withFile<T>(image: Image, use: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'strange-eyes-'));
  const file = join(folder, 'picture.png');
  writeFileSync(file, png(image));
  try {
    return use(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What `dmtxread -G29` reads; undefined: nothing. */
export function readByDmtx(image: Image): string | undefined {
  return withFile(image, (file) => {
    const { stdout } = spawnSync('dmtxread', ['-G29', '-N1', '-m1500', file], { encoding: 'latin1' });
    // The leading FNC1 is shown as a separator, too.
    if (stdout === '') return undefined;
    return stdout.startsWith('\u001d') ? stdout.slice(1) : stdout;
  });
}

/** What Debian's ZXingReader reads; undefined: nothing. */
export function readByZxingTool(image: Image): string | undefined {
  return withFile(image, (file) => {
    const text = execFileSync('ZXingReader', [file], { encoding: 'latin1' });
    const [, bytes] = /^Bytes:\s+([0-9A-F ]+)$/m.exec(text) ?? [];
    return bytes === undefined ? undefined : Buffer.from(bytes.replaceAll(' ', ''), 'hex').toString('latin1');
  });
}
