import { IconCamera, IconCpu, IconPrinter, IconScan } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Device } from '#contract/snapshot.ts';
import { words } from '#renderer/words/en.ts';
import { figure, percent } from '#renderer/words/format.ts';
import { DEVICE_WORDS, packmlName } from '#renderer/words/states.ts';
import './device-flow.css';

interface DeviceFlowProps {
  readonly devices: readonly Device[];
  /** The device whose pictures can be looked at on the camera's page. */
  readonly eye?: string | undefined;
}

/** The devices of the line as tiles, in the order in which an item meets them. */
export function DeviceFlow({ devices, eye }: DeviceFlowProps): ReactNode {
  return (
    <ul className="device-flow" aria-label={words.overview.devices}>
      {devices.map((device) => (
        <li
          key={device.id}
          className="panel device-tile"
          data-testid={`device-${device.id}`}
          data-link={device.link}
          data-fault={device.fault !== undefined}
        >
          {device.id === eye ? <IconCamera aria-hidden="true" stroke={1.5} /> : ICONS[device.kind]}
          <p className="device-name">
            {device.id === eye ? (
              <Link href="/camera" data-testid="go-camera">
                {DEVICE_WORDS.camera}
              </Link>
            ) : (
              DEVICE_WORDS.kind[device.kind]
            )}{' '}
            <small>{device.id}</small>
          </p>
          <p className="device-state live-value">{stateOf(device)}</p>
          <p className="device-evidence">{DEVICE_WORDS.evidence[device.evidence]}</p>
          <p className="device-count live-value">
            {device.handled !== undefined && (
              <>
                <strong>{figure(device.handled)}</strong>
                {DEVICE_WORDS.handled[device.kind]}
                <br />
                {DEVICE_WORDS.sinceStart}
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

const ICONS: Readonly<Record<Device['kind'], ReactNode>> = {
  printer: <IconPrinter aria-hidden="true" stroke={1.5} />,
  reader: <IconScan aria-hidden="true" stroke={1.5} />,
  plc: <IconCpu aria-hidden="true" stroke={1.5} />,
};

function stateOf(device: Device): string {
  if (device.link !== 'online') return DEVICE_WORDS.link[device.link];
  if (device.fault !== undefined) return `${DEVICE_WORDS.fault}: ${device.fault}`;
  if (device.warmUp !== undefined) return DEVICE_WORDS.warmUp(percent(device.warmUp, 0));
  if (device.packml !== undefined) return `${DEVICE_WORDS.packml} ${packmlName(device.packml)}`;
  const { online } = DEVICE_WORDS.link;
  return device.queued === undefined ? online : `${online} · ${figure(device.queued)} ${DEVICE_WORDS.queued}`;
}
