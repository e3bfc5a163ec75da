import type { Connector } from '#devices/driver.ts';
import type { DeviceLog } from '#devices/log.ts';
import { meetStation } from '#devices/plc/opcua/client.ts';
import { followerOf } from '#devices/plc/opcua/follower.ts';
import type { Wishes } from '#devices/plc/opcua/outgoing.ts';
import { runStation } from '#devices/plc/opcua/session.ts';
import type { DeviceSignal, PlcDirective } from '#line/signal.ts';

export const OPCUA_STATION = {
  id: 'opcua-station',
  evidence: 'own-emulator',
  capabilities: { kind: 'plc', rings: ['trigger', 'outcome', 'verdict'], commands: [4, 10] },
} as const;

/** The serialization station of a line PLC (docs/devices/line-plc.md). `pki`: folder that keeps our own certificate. */
export function stationConnector(device: string, pki: string, log: DeviceLog): Connector<DeviceSignal, PlcDirective> {
  const follower = followerOf(device);
  const wishes: Wishes = { permit: false };
  return {
    ...OPCUA_STATION,
    async connect(endpoint, report) {
      const { port, contact } = await meetStation(endpoint, pki, log);
      try {
        return runStation(port, contact, { device, follower, wishes, report });
      } catch (error) {
        await port.close();
        throw error;
      }
    },
    remember(directive) {
      if (directive.kind === 'resume-from') follower.resume(directive);
      else if (directive.kind === 'permit') wishes.permit = directive.open;
      else if (directive.kind === 'limits') wishes.limits = directive;
      else return false;
      return true;
    },
  };
}
