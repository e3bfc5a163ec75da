import type { LineFile } from '#contract/line-file.ts';
import type { SignedIn } from '#contract/workstation.ts';

/** A child process that speaks lines: what utilityProcess and child_process have in common. */
export interface Child {
  /** One line to its stdin (or its parent port, under Electron). Lost silently when it has ended. */
  write(line: string): void;
  readonly lines: AsyncIterable<string>;
  /** Its exit code, or -1 when it was ended by a signal. */
  readonly exited: Promise<number>;
  /** Closes its stdin; it ends by itself, and is ended after `Child.grace` of 3 s. */
  end(): void;
}

/** Each host supplies its own way to start a process of the product. */
export type Launch = (entry: 'virtual-line', args: readonly string[]) => Child;

/** Who a token belongs to; undefined for a stranger. Tokens are the host's affair. */
export type Authenticate = (token: string) => SignedIn | undefined;

/** Where the threads' entries lie: sources or bundle. */
export interface Threads {
  readonly writer: URL;
  readonly reader: URL;
  /** Of a line with a camera of its own. */
  readonly capture: URL;
  readonly inspect: URL;
  readonly evidence: URL;
  readonly setUp: URL;
}

/** What a host hands to the workstation. Only a host knows where its bundle, data and resources are. */
export interface HostOptions {
  /** Folder of this line's databases; created if missing, locked while the workstation runs. */
  readonly data: string;
  readonly line: LineFile;
  /** Folder `resources` of the product: orders, lines, geometry. */
  readonly resources: string;
  readonly threads: Threads;
  readonly launch: Launch;
  readonly authenticate: Authenticate;
  /** Arguments for the virtual line: seed, speed, ledger file. */
  readonly virtualLine?: readonly string[];
}
