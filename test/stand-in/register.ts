import { registerHooks } from 'node:module';

// `node --import ./test/stand-in/register.ts out/main/index.js` runs the built main process under plain Node: whoever
// asks for Electron gets the stand-in.
const standIn = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'electron' || specifier === 'electron/main' ? standIn : specifier, context),
});

// Code that asks whether it runs under Electron must get the answer it would get there.
Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: '45.4.1-stand-in' } });
