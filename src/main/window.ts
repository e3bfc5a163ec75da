import { app, BrowserWindow, session, type WebContents } from 'electron';
import { ORIGIN } from '#main/app-protocol.ts';

/** How long a renderer that died twice in a row is left alone, in milliseconds. */
const PAUSE = 2_000;
/** How long a renderer that does not answer may take to come to itself, after Electron has waited for it. */
const PATIENCE = 5_000;
const PAGE = `${ORIGIN}/`;

/** Denies by default whatever a page can ask for (Electron's own default is to allow). */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
}

/** Holds for every page there will ever be: it stays where it is, opens nothing and embeds nothing. */
export function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (event.url.split('#')[0] !== PAGE) event.preventDefault(); // its own page may be loaded again
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Opens the one window. */
export async function openWindow(preload: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1920,
    height: 1080,
    minWidth: 1024,
    minHeight: 720,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#e6e6e6',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  reloadWhenGone(window);
  replaceWhenHung(window);
  await window.loadURL(PAGE);
  return window;
}

/** The renderer owns no truth: it can die, and the line runs on while a new one draws the newest snapshot. */
function reloadWhenGone(window: BrowserWindow): void {
  let last = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    const now = performance.now();
    const pause = now - last < 10_000 ? PAUSE : 0;
    last = now;
    setTimeout(() => void (window.isDestroyed() || window.loadURL(PAGE)), pause);
  });
}

/**
 * A page that hangs shows an old state as if it were the present one, and takes no command. Nobody is asked: all that can be
 * lost with it is what somebody was just typing.
 */
function replaceWhenHung({ webContents }: BrowserWindow): void {
  let patience: NodeJS.Timeout | undefined;
  const forget = (): void => clearTimeout(patience);
  webContents.on('unresponsive', () => {
    forget();
    patience = setTimeout(() => webContents.isDestroyed() || webContents.forcefullyCrashRenderer(), PATIENCE);
  });
  webContents.on('responsive', forget);
  webContents.on('render-process-gone', forget);
}
