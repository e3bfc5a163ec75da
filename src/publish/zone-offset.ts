import type { Instant } from '#line/time.ts';

/**
 * The offset of a time zone's clock at an instant, as EPCIS writes it (`+01:00`). `timeZone` is an IANA name; UTC when
 * undefined, so that a record means the same on every machine.
 */
export function offsetIn(timeZone: string | undefined): (at: Instant) => string {
  if (timeZone === undefined) return () => '+00:00';
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' });
  return (at) => {
    const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
    return name === 'GMT' ? '+00:00' : name.slice('GMT'.length);
  };
}
