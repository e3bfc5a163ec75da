import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import type * as Electron from 'electron/main';
import { closeBrowser, handle } from './browser.ts';
import { notModelled, remember } from './calls.ts';
import { utilityProcess as utility } from './utility-process.ts';
import { created, ipcMain as pages, StandInWindow, windows } from './window.ts';

type AppUsed = Pick<
  Electron.App,
  'whenReady' | 'quit' | 'exit' | 'getPath' | 'setPath' | 'requestSingleInstanceLock' | 'enableSandbox' | 'isPackaged'
>;

/** The life cycle of Electron's app, as far as the product uses it. */
class StandInApp extends EventEmitter implements AppUsed {
  readonly isPackaged = false;
  readonly commandLine = {
    appendSwitch: (name: string, value?: string): void => remember('app.commandLine.appendSwitch', { name, value }),
  } satisfies Pick<Electron.CommandLine, 'appendSwitch'>;
  readonly #paths = new Map<string, string>();
  #isEnding = false;
  /** Before, Electron shows no box on Linux. */
  isReady = false;

  constructor() {
    super();
    // Electron itself turns these into an orderly end.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.quit());
    created.on('web-contents-created', (contents) => this.emit('web-contents-created', {}, contents));
  }

  whenReady(): Promise<void> {
    return new Promise((resolve) =>
      setImmediate(() => {
        this.isReady = true;
        resolve();
      }),
    );
  }

  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    return this.#paths.get(name) ?? tmpdir();
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
    remember('app.setPath', name);
  }

  requestSingleInstanceLock(): boolean {
    remember('app.requestSingleInstanceLock');
    return process.env['STAND_IN_RUNS_ALREADY'] === undefined;
  }

  enableSandbox(): void {
    remember('app.enableSandbox');
  }

  quit(): void {
    let isPrevented = false;
    this.emit('before-quit', { preventDefault: () => (isPrevented = true) });
    if (isPrevented) return;
    this.exit(0);
  }

  exit(code = 0): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    for (const window of windows) window.destroy();
    this.emit('quit', {}, code);
    void closeBrowser().finally(() => process.exit(code));
  }
}

const standInApp = new StandInApp();

/** Electron's window tells the app when the last one is gone. */
class Window extends StandInWindow {
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super(options);
    this.once('closed', () => {
      if (windows.size === 0) standInApp.emit('window-all-closed');
    });
  }
}

type SessionUsed = Pick<
  Electron.Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>;

/** No page of the stand-in can ask for a permission; so each handler is asked once, and its answer remembered. */
const defaultSession: SessionUsed = {
  setPermissionRequestHandler: (handler) => {
    const contents = {} as Electron.WebContents;
    const details = {} as Electron.PermissionRequest;
    handler?.(contents, 'media', (isGranted) => remember('permission request', { isGranted }), details);
  },
  setPermissionCheckHandler: (handler) => {
    const details = {} as Electron.PermissionCheckHandlerHandlerDetails;
    remember('permission check', { isGranted: handler?.(null, 'media', 'app://bundle', details) });
  },
  setDevicePermissionHandler: (handler) => {
    const details = {} as Electron.DevicePermissionHandlerHandlerDetails;
    remember('device permission', { isGranted: handler?.(details) });
  },
};

type ProtocolUsed = Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

const standInProtocol: ProtocolUsed = {
  registerSchemesAsPrivileged: (schemes) => remember('protocol.registerSchemesAsPrivileged', schemes),
  handle: (scheme, handler) => handle(scheme, (request) => handler(request as Parameters<typeof handler>[0])),
};

const standInMenu: Pick<typeof Electron.Menu, 'setApplicationMenu'> = {
  setApplicationMenu: (menu) => remember('Menu.setApplicationMenu', menu),
};

/** Nobody is there to press OK: the box is remembered, and answered. */
const standInDialog: Pick<Electron.Dialog, 'showErrorBox'> = {
  showErrorBox: (title, content) => remember('dialog.showErrorBox', { title, content, isReady: standInApp.isReady }),
};

export const app = notModelled('app', standInApp);
export const BrowserWindow = Window;
export const ipcMain = pages;
export const dialog = notModelled('dialog', standInDialog);
export const Menu = notModelled('Menu', standInMenu);
export const protocol = notModelled('protocol', standInProtocol);
export const session = notModelled('session', {
  defaultSession: notModelled('session.defaultSession', defaultSession),
});
export const utilityProcess = utility;

/** A misspelt export does not compile: Electron has it or it does not. */
type Misspelt = Exclude<keyof typeof import('./electron.ts'), keyof typeof Electron>;
const nothingMisspelt: [Misspelt] extends [never] ? true : Misspelt = true;
void nothingMisspelt;
