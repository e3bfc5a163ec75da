import fc from 'fast-check';

/** `LINEWRIGHT_SEED=random npx vitest …` hunts for new cases; a number repeats one hunt. */
const seed = process.env['LINEWRIGHT_SEED'] ?? '4711';

fc.configureGlobal(seed === 'random' ? {} : { seed: Number(seed) });
