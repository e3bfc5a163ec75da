import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { RPCHandler } from '@orpc/server/message-port';
import { app, type BrowserWindow, dialog, ipcMain, Menu } from 'electron';
import { declareScheme, ORIGIN, serveBundle } from '#main/app-protocol.ts';
import { type Arguments, parseArguments } from '#main/arguments.ts';
import { dataFolder, type Host, placesOf, startHost, takeLine } from '#main/host-start.ts';
import type { Redeem } from '#main/redeem.ts';
import { EXIT_CANNOT_START, reasonOf, StartError } from '#main/start-error.ts';
import { utilityLaunch } from '#main/utility-launch.ts';
import { confine, denyPermissions, openWindow } from '#main/window.ts';

/** The workstation in its own window. All but the window and the wire is the browser host's, too. */
async function run(wanted: Arguments): Promise<void> {
  const places = placesOf(import.meta.url);
  await app.whenReady();
  denyPermissions();
  Menu.setApplicationMenu(null);
  let redeem: Redeem = () => undefined;
  serveBundle(places.renderer, (ticket) => redeem(ticket));
  const held = takeLine(wanted, places);
  held.lock.announce('its own window');
  const host = await startHost(held, wanted.virtualLine, {
    places,
    launch: utilityLaunch(places.bundle),
    isOwnWindow: true,
  });
  redeem = host.workstation.tickets.redeem;
  closeBeforeQuit(host);
  answerPages(host);
  const preload = fileURLToPath(new URL('../preload/index.cjs', import.meta.url));
  const window = await openWindow(preload);
  app.on('second-instance', () => bringForward(window));
  process.stdout.write(`READY ${ORIGIN}/\n`);
}

/** Gives each page that asks a wire of its own; a page that is gone takes its connection with it. */
function answerPages(host: Host): void {
  const { workstation } = host;
  const rpc = new RPCHandler(workstation.router);
  ipcMain.on('rpc:connect', (event) => {
    const [port] = event.ports;
    if (port === undefined || event.senderFrame?.origin !== ORIGIN) return;
    const connection = workstation.connect('port');
    port.once('close', () => workstation.disconnect(connection));
    rpc.upgrade(port, { context: { connection } });
    port.start();
  });
}

/** Holds the end back until what happened is on disk and the virtual line has stopped. */
function closeBeforeQuit(host: Host): void {
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void host.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}

function bringForward(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** Says why in the terminal and in a box: whoever pressed an icon has no terminal, and there will be no window. */
async function giveUp(error: unknown): Promise<void> {
  const isExpected = error instanceof StartError;
  process.stderr.write(`${isExpected ? error.message : inspect(error)}\n`);
  await app.whenReady(); // before, no box is shown on Linux
  dialog.showErrorBox('Linewright cannot start', reasonOf(error));
  app.exit(isExpected ? EXIT_CANNOT_START : 1);
}

try {
  const wanted = parseArguments(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd());
  // Chromium's profile belongs to the data: two data folders are two workstations, one is one.
  app.setPath('userData', join(dataFolder(wanted), 'window'));
  if (app.requestSingleInstanceLock()) {
    app.enableSandbox();
    app.commandLine.appendSwitch('lang', 'en-US'); // under LANG=C.UTF-8 Chromium reports en-US@posix, which Intl refuses
    declareScheme();
    app.on('web-contents-created', (_event, contents) => confine(contents));
    app.on('window-all-closed', () => app.quit());
    run(wanted).catch(giveUp);
  } else {
    process.stderr.write('Linewright already runs here: its window was brought forward.\n');
    app.exit(EXIT_CANNOT_START);
  }
} catch (error) {
  void giveUp(error);
}
