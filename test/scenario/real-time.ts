import { type Planned, type Story, tell } from './story.ts';

/** As fast as a real line: here time limits count (virtual-line.md §2). */
export const REAL = { items: 12, speed: 1 } as const;

/** Silence for 1 s is a loss (devices.md); the rest is for a machine that does other things as well. */
export const NOTICED = 6_000;
export const BACK = 10_000;

export const run = (...faults: Planned[]): Promise<Story> => tell({ ...REAL, faults });

/** How long after the fault began the run stood, and after its end the device was back: in ms. */
export function timing({ faults, record, reactions }: Story, device: string) {
  const [fault] = faults;
  const alarm = record.alarms.find(({ code, device: about }) => code === 'device-offline' && about === device);
  if (fault === undefined || alarm === undefined) throw new Error(`No fault, or no alarm about ${device}.`);
  return { noticed: reactions.reactions[0]?.sinceFault, back: (alarm.clearedAt ?? Number.NaN) - fault.until };
}
