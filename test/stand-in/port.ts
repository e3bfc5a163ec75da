import { EventEmitter } from 'node:events';
import type * as Electron from 'electron/main';

type PortUsed = Pick<Electron.MessagePortMain, 'postMessage' | 'start' | 'close'>;

/** The main process's end of a port that a page transferred. Silent until started, like Electron's. */
export class StandInPort extends EventEmitter implements PortUsed {
  readonly #deliver: (data: string) => void;
  #waiting: string[] | undefined = [];
  #isOpen = true;

  constructor(deliver: (data: string) => void) {
    super();
    this.#deliver = deliver;
  }

  postMessage(message: unknown): void {
    if (typeof message !== 'string') throw new Error('a port that carries other than strings is not modelled');
    if (this.#isOpen) this.#deliver(message);
  }

  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const data of waiting) this.emit('message', { data, ports: [] });
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.emit('close');
  }

  /** The page's end said something. */
  receive(data: string): void {
    if (this.#waiting) this.#waiting.push(data);
    else this.emit('message', { data, ports: [] });
  }
}
