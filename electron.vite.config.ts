import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      externalizeDeps: true, // every `dependencies` entry stays an import
      rolldownOptions: {
        // Each thread and each process is an entry: its URL is built by the host beside it.
        input: {
          index: 'src/main/index.ts',
          'browser-host': 'src/main/browser-host.ts',
          'writer.thread': 'src/record/writer.thread.ts',
          'reader.thread': 'src/record/reader.thread.ts',
          'capture.thread': 'src/devices/camera/gige/capture.thread.ts',
          'inspect.thread': 'src/vision/inspect/inspect.thread.ts',
          'evidence.thread': 'src/vision/evidence/evidence.thread.ts',
          'set-up.thread': 'src/vision/calibrate/set-up.thread.ts',
          'virtual-line': 'src/virtual-line/main.ts',
        },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }, // a sandboxed preload cannot load a module
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    html: { cspNonce: '__CSP_NONCE__' }, // replaced by the host, fresh for each page
    build: {
      minify: true,
      chunkSizeWarningLimit: 1_000, // kB; it is read from this machine, not over a network
      rolldownOptions: { input: { index: resolve(import.meta.dirname, 'src/renderer/index.html') } },
    },
  },
});
