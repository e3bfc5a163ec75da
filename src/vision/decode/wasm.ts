import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  prepareZXingModule,
  ZXING_WASM_SHA256,
  type ZXingReaderOptions,
  type ZXingReadResult,
} from 'zxing-wasm/reader';

declare const compiled: unique symbol;

/** The decoder, compiled once and handed to each thread: a `WebAssembly.Module`. */
export interface CompiledDecoder {
  readonly [compiled]: 'WebAssembly.Module';
}

/** What of the decoder's module is used. Its types call it internal: the version is pinned, and a contract test watches it. */
export interface DecoderModule {
  /** Read anew each time: memory that grew is another array. */
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  readBarcodesFromPixmap(pointer: number, width: number, height: number, options: RawOptions): RawResults;
}

export type RawOptions = ZXingReaderOptions;
export type RawResult = ZXingReadResult;

interface RawResults {
  size(): number;
  get(place: number): RawResult | undefined;
  delete(): void;
}

interface Wasm {
  compile(bytes: Uint8Array): Promise<CompiledDecoder>;
  instantiate(decoder: CompiledDecoder, imports: unknown): Promise<unknown>;
}

/** Node has it; the compiler's library for it is the browser's. */
const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: Wasm };

/** The decoder is not the file that this version was tested with. */
export class DecoderError extends Error {
  override readonly name = 'DecoderError';
}

/**
 * Compiles the decoder from the installed file, which must be the one its package names: nothing is downloaded, ever.
 * Throws a DecoderError when the file is another.
 */
export async function compileDecoder(): Promise<CompiledDecoder> {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const bytes = await readFile(file);
  checkDecoder(bytes);
  return wasm.compile(bytes);
}

/** Throws unless these are the bytes that the package was published with. */
export function checkDecoder(bytes: Uint8Array): void {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === ZXING_WASM_SHA256) return;
  throw new DecoderError(`zxing_reader.wasm has SHA-256 ${found}, expected ${ZXING_WASM_SHA256}`);
}

/** An instance of its own: 22 MB of memory. Without the override the library would ask a server for the file. */
export function startDecoder(decoder: CompiledDecoder): Promise<DecoderModule> {
  return new Promise((resolve, reject) => {
    const overrides = {
      instantiateWasm(imports: unknown, done: (instance: unknown, module: CompiledDecoder) => void): object {
        wasm.instantiate(decoder, imports).then((instance) => done(instance, decoder), reject);
        return {};
      },
    };
    // The package's types leave out what Emscripten puts into every module.
    const started = prepareZXingModule({ overrides, fireImmediately: true });
    started.then((module) => resolve(module as typeof module & DecoderModule), reject);
  });
}
