import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Frame, Page, Request as PageRequest } from '@playwright/test';
import type * as Electron from 'electron/main';
import { browser, fromPage, guardNavigation, originOf, toPage } from './browser.ts';
import { remember } from './calls.ts';
import { BINDING, isolatedWorld, MAIN_WORLD, type Said, WORLD } from './page-scripts.ts';
import { StandInPort } from './port.ts';

type WindowUsed = Pick<
  Electron.BrowserWindow,
  'loadURL' | 'show' | 'focus' | 'isMinimized' | 'restore' | 'isDestroyed' | 'destroy'
>;
type ContentsUsed = Pick<
  Electron.WebContents,
  'setWindowOpenHandler' | 'getURL' | 'isDestroyed' | 'forcefullyCrashRenderer'
>;
type OpenHandler = Parameters<ContentsUsed['setWindowOpenHandler']>[0];

/** How long a page may owe an answer before it counts as hung, and how often it is asked, in milliseconds. */
const HUNG = 15_000;
const ASKED_EVERY = 500;

export const ipcMain = new EventEmitter();
export const windows = new Set<StandInWindow>();
/** Told of each window's contents, as the app is under Electron. */
export const created = new EventEmitter();

export class StandInContents extends EventEmitter implements ContentsUsed {
  page: Page | undefined;
  cdp: CDPSession | undefined;
  #open: OpenHandler = () => ({ action: 'allow' });

  getURL(): string {
    return this.page?.url() ?? '';
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#open = handler;
  }

  isDestroyed(): boolean {
    return this.page === undefined || this.page.isClosed();
  }

  forcefullyCrashRenderer(): void {
    remember('webContents.forcefullyCrashRenderer');
    this.cdp?.send('Page.crash').catch(() => undefined); // nobody is left to answer
  }

  /** Electron learns of a page that hangs by input it does not take; here the page is asked. */
  async watch(page: Page, cdp: CDPSession): Promise<void> {
    let isHung = false;
    const tell = (hung: boolean): void => {
      if (this.page === page && hung !== isHung) this.emit(hung ? 'unresponsive' : 'responsive');
      isHung = hung;
    };
    for (;;) {
      const late = setTimeout(() => tell(true), HUNG);
      const isThere = await cdp.send('Runtime.evaluate', { expression: '0' }).then(
        () => true,
        () => false,
      );
      clearTimeout(late);
      if (!isThere) return;
      tell(false);
      await pause(ASKED_EVERY);
    }
  }

  /** A page opened another one. Chromium has already done it; a refusal closes it again. */
  async popUp(page: Page): Promise<void> {
    const details = {
      url: page.url(),
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: 'default' },
    };
    const { action } = this.#open(details as Electron.HandlerDetails);
    remember('window.open', { url: page.url(), action });
    if (action === 'deny') await page.close();
  }
}

/** A page of a real Chromium behind the face of Electron's window. */
export class StandInWindow extends EventEmitter implements WindowUsed {
  readonly webContents = new StandInContents();
  readonly #preload: string;
  readonly #ports = new Map<number, StandInPort>();
  #loading = false;
  #destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.#preload = checkedPreload(options.webPreferences ?? {});
    windows.add(this);
    remember('BrowserWindow', options.webPreferences);
    created.emit('web-contents-created', this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    const old = this.webContents.page;
    const page = await this.#newPage(old);
    this.#loading = true;
    await page.goto(toPage(url));
    this.#loading = false;
    this.emit('ready-to-show');
    await old?.close().catch(() => undefined); // only now: with its last page Chromium would end
  }

  show = (): void => remember('BrowserWindow.show');
  focus = (): void => remember('BrowserWindow.focus');
  restore = (): void => remember('BrowserWindow.restore');
  isMinimized = (): boolean => false;
  isDestroyed = (): boolean => this.#destroyed;

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this);
    this.#closePorts();
    this.emit('closed');
  }

  async #newPage(old: Page | undefined): Promise<Page> {
    const context = await browser();
    const blank = context.pages().find((page) => page !== old && page.url() === 'about:blank');
    const page = blank ?? (await context.newPage());
    this.webContents.page = page;
    const cdp = await context.newCDPSession(page);
    this.webContents.cdp = cdp;
    await this.#installPreload(cdp, page);
    void this.webContents.watch(page, cdp);
    guardNavigation((request) => frameOf(request) !== page.mainFrame() || this.#mayNavigate(request.url()));
    page.on('popup', (popup) => void this.webContents.popUp(popup));
    page.on('crash', () => {
      this.#closePorts();
      this.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
    });
    page.on('close', () => {
      if (this.webContents.page === page) this.destroy();
    });
    return page;
  }

  async #installPreload(cdp: CDPSession, page: Page): Promise<void> {
    let world = 0;
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === WORLD) world = context.id;
    });
    cdp.on('Runtime.executionContextsCleared', () => this.#closePorts());
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === BINDING) this.#heard(JSON.parse(payload), page, (script) => run(cdp, world, script));
    });
    await cdp.send('Runtime.enable');
    await cdp.send('Page.enable');
    await cdp.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: MAIN_WORLD });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: isolatedWorld(this.#preload), worldName: WORLD });
  }

  #heard(said: Said, page: Page, evaluate: (script: string) => void): void {
    switch (said.kind) {
      case 'failed':
        process.stderr.write(`preload: ${said.message}\n`);
        remember('preload failed', said.message);
        break;
      case 'port':
        this.#ports.get(said.id)?.receive(said.data);
        break;
      case 'ipc': {
        const ports = said.ports.map((id) => {
          const port = new StandInPort((data) => evaluate(`__standInDeliver(${id}, ${JSON.stringify(data)})`));
          this.#ports.set(id, port);
          return port;
        });
        const senderFrame = { origin: originOf(page.url()), url: page.url() };
        remember('ipc', { channel: said.channel, origin: senderFrame.origin });
        ipcMain.emit(said.channel, { ports, senderFrame, sender: this.webContents }, said.message);
      }
    }
  }

  #mayNavigate(url: string): boolean {
    if (this.#loading) return true;
    let prevented = false;
    const target = fromPage(url);
    const event = { preventDefault: () => (prevented = true), url: target, isMainFrame: true };
    this.webContents.emit('will-navigate', event, target);
    remember('will-navigate', { url: target, prevented });
    return !prevented;
  }

  #closePorts(): void {
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }
}

/** A window that is only just being opened has no frame yet. */
function frameOf(request: PageRequest): Frame | undefined {
  try {
    return request.frame();
  } catch {
    return undefined;
  }
}

function run(cdp: CDPSession, contextId: number, expression: string): void {
  cdp.send('Runtime.evaluate', { contextId, expression }).catch(() => undefined); // the page went away in between
}

/** What Electron's sandbox refuses, and what this product must never ask for. */
function checkedPreload(preferences: Electron.WebPreferences): string {
  const { preload, sandbox, contextIsolation, nodeIntegration } = preferences;
  if (preload === undefined) throw new Error('a window without a preload is not modelled');
  if (sandbox !== true || contextIsolation === false || nodeIntegration === true) {
    throw new Error('a window without sandbox and isolation is not modelled');
  }
  if (!preload.endsWith('.cjs')) throw new Error(`a sandboxed preload must be CommonJS, not ${preload}`);
  return preload;
}
