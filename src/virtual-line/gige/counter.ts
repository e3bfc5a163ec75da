import { COUNTER_SOURCE, FEATURE, type Registers } from '#virtual-line/gige/registers.ts';

/** Counter0 of the camera. It counts as long as the camera has power: armed or not, with a client or without. */
export interface Counter {
  /** Something happened that the counter may be set to count. */
  count(source: number): void;
  reset(): void;
  value(): number;
}

/** Its settings and its value are registers. They go with the camera's power, and the count begins at 0 again. */
export function createCounter(registers: Registers): Counter {
  const value = (): number => registers.get(FEATURE.counterValue);
  return {
    count(source) {
      const chosen = registers.get(FEATURE.counterEventSource);
      if (chosen !== COUNTER_SOURCE.off && chosen === source) registers.set(FEATURE.counterValue, value() + 1);
    },
    reset() {
      registers.set(FEATURE.counterValueAtReset, value());
      registers.set(FEATURE.counterValue, 0);
    },
    value,
  };
}
