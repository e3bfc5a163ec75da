import { accountOf, openAccounts } from '#line/ledger.ts';
import type { Instant } from '#line/time.ts';
import type { Conditions } from '#order/guards.ts';
import { type Floor, onTheLine, type RunEntry } from '#station/floor.ts';

/** Gathers what the guards ask about, for one run, now. */
export function conditionsOf(floor: Floor, entry: RunEntry | undefined, now: Instant, reason?: string): Conditions {
  const other = onTheLine(floor);
  const { line } = floor;
  const isOnLine = entry !== undefined && line.ledger.run === entry.run.run;
  return {
    otherRun: other === undefined || other === entry ? undefined : other.run.order.order,
    offline: [...floor.devices.values()].filter((tile) => tile.link !== 'online').map((tile) => tile.id),
    faulty: [...line.faulty],
    warmingUp: [...floor.devices.values()].filter((tile) => tile.warmUp !== undefined).map((tile) => tile.id),
    ...(floor.settingUp === undefined ? {} : { settingUp: floor.settingUp }),
    ...(floor.untrained === undefined ? {} : { untrained: floor.untrained }),
    jobVerified: floor.jobVerified,
    allocated: entry?.allocated ?? 0,
    recordWritable: floor.recordWritable,
    expiryValid: entry === undefined || Date.parse(`${entry.run.order.expiry}T23:59:59Z`) > now,
    good: isOnLine ? accountOf(line.ledger, 'GOOD') : 0,
    // Of a ledger that is not here nothing is known: every serial counts as open.
    openSerials: isOnLine ? openAccounts(line.ledger) : (entry?.allocated ?? 0),
    reason,
  };
}
