// What tests get when they import vitest while Stryker runs them (declared-tests.ts).
import { expect as real } from 'vitest';
import { it as declared, describe as suite } from './declared-tests.ts';

export const describe = suite;
export const it = declared;
export const expect = real;
