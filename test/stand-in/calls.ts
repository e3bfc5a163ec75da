import { appendFileSync } from 'node:fs';

/** One call that the stand-in does not act upon but remembers, or a decision it took from the program's answer. */
export interface Call {
  readonly api: string;
  readonly detail: unknown;
}

/**
 * No silent no-ops: what cannot be acted out is written, one JSON object a line, into the file named by STAND_IN_CALLS,
 * where a test reads it.
 */
export function remember(api: string, detail: unknown = null): void {
  const file = process.env['STAND_IN_CALLS'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ api, detail } satisfies Call)}\n`);
}

/** Fails loudly where the program uses what the stand-in does not have. */
export function notModelled<T extends object>(name: string, modelled: T): T {
  return new Proxy(modelled, {
    get: (target, key) => {
      if (!(key in target) && typeof key === 'string')
        throw new Error(`${name}.${key} is not modelled by the stand-in`);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value; // a proxy has no private members
    },
  });
}
