import { readFileSync } from 'node:fs';

/** Name of the isolated world in which the preload runs. */
export const WORLD = 'stand-in preload';
/** Name of the binding through which that world speaks to the main process. */
export const BINDING = '__standInSend';

/** What the isolated world says. */
export type Said =
  | { readonly kind: 'ipc'; readonly channel: string; readonly message: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly id: number; readonly data: string }
  | { readonly kind: 'failed'; readonly message: string };

/** Runs in the page's own world, before its scripts: receives frozen copies of what the preload exposes. */
export const MAIN_WORLD = `(() => {
  const freeze = (value) => {
    if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
    return value;
  };
  document.addEventListener('stand-in-expose', (event) => {
    const [key, api] = JSON.parse(event.detail);
    if (key in globalThis) throw new Error('the page already has ' + key);
    Object.defineProperty(globalThis, key, { value: freeze(api), writable: false, configurable: false });
  });
})();`;

/**
 * The built preload with what a sandboxed one has: \`require\` knows Electron alone. Data crosses as JSON and ports carry
 * strings; anything else is refused, not lost.
 */
export function isolatedWorld(preload: string): string {
  return `(() => {
    const say = (said) => ${BINDING}(JSON.stringify(said));
    const ports = new Map();
    let last = 0;
    const adopt = (port) => {
      const id = ++last;
      ports.set(id, port);
      port.onmessage = ({ data }) => {
        if (typeof data !== 'string') return say({ kind: 'failed', message: 'a port carried other than a string' });
        say({ kind: 'port', id, data });
      };
      return id;
    };
    globalThis.__standInDeliver = (id, data) => ports.get(id)?.postMessage(data);
    const only = (name, known) => new Proxy(known, { get: (target, key) => {
      if (key in target || typeof key === 'symbol') return target[key];
      throw new Error(name + '.' + key + ' is not modelled by the stand-in');
    } });
    const refuseFunctions = (_key, value) => {
      if (typeof value === 'function') throw new Error('functions across the bridge are not modelled by the stand-in');
      return value;
    };
    const electron = only('electron', {
      ipcRenderer: only('ipcRenderer', {
        postMessage: (channel, message, transfer = []) => say({ kind: 'ipc', channel, message, ports: transfer.map(adopt) }),
      }),
      contextBridge: only('contextBridge', {
        exposeInMainWorld: (key, api) => document.dispatchEvent(
          new CustomEvent('stand-in-expose', { detail: JSON.stringify([key, api], refuseFunctions) })),
      }),
    });
    const require = (name) => {
      if (name === 'electron') return electron;
      throw new Error('module not found: ' + name);
    };
    const module = { exports: {} };
    try {
      (function (require, module, exports) {
${readFileSync(preload, 'utf8')}
      })(require, module, module.exports);
    } catch (error) {
      say({ kind: 'failed', message: String(error) });
    }
  })();`;
}
