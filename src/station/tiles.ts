import type { DeviceSignal } from '#line/signal.ts';
import type { DeviceTile } from '#station/floor.ts';

/** Takes what a device reports into its tile. */
export function showOnTile(tiles: ReadonlyMap<string, DeviceTile>, signal: DeviceSignal): void {
  const tile = tiles.get(signal.kind === 'device-fault' ? signal.fault.device : signal.device);
  if (tile === undefined) return;
  switch (signal.kind) {
    case 'device-connected':
      tile.link = 'online';
      tile.since = signal.at;
      return;
    case 'device-lost':
      tile.link = 'offline';
      tile.since = signal.at;
      return;
    case 'device-fault':
      tile.fault = signal.fault.detail;
      return;
    case 'device-fault-cleared':
      delete tile.fault;
      return;
    case 'print-progress':
      tile.queued = signal.entries;
      tile.handled = signal.printGos;
      return;
    case 'item-read':
      tile.handled = (tile.handled ?? 0) + 1;
      return;
    case 'item-triggered':
      tile.handled = (tile.handled ?? 0) + 1;
      return;
    case 'machine-changed':
      tile.packml = signal.state;
      return;
    default:
      return;
  }
}
