import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as gvcp from '#devices/camera/gige/control/gvcp-frames.ts';

// Every command this driver can send, before Wireshark's dissector.

const PROGRAMS = ['tshark', 'text2pcap'];
const missing = PROGRAMS.find((program) => spawnSync(program, ['--version']).status !== 0);
const why = missing === undefined ? undefined : `skipped: ${missing} is not installed (Debian: tshark)`;
if (why !== undefined) console.log(why);

const folder = mkdtempSync(join(tmpdir(), 'gige-tshark-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { GVCP, encodeCommand } = gvcp;
const resend = (hasExtendedIds: boolean): Buffer =>
  gvcp.resendPayload({ block: 7n, first: 3, last: 9, hasExtendedIds });

const COMMANDS: readonly (readonly [string, Buffer])[] = [
  ['DISCOVERY_CMD', encodeCommand(GVCP.discovery, 1, Buffer.alloc(0))],
  ['DISCOVERY_CMD', encodeCommand(GVCP.discovery, 2, Buffer.alloc(0), gvcp.WANTS_ACK | gvcp.EXTENDED_IDS)],
  [
    'FORCEIP_CMD',
    encodeCommand(
      GVCP.forceIp,
      3,
      gvcp.forceIpPayload(Buffer.from('0030532a1b01', 'hex'), [0xc0a8_0102, 0xffff_ff00, 0]),
    ),
  ],
  ['READREG_CMD', encodeCommand(GVCP.readRegister, 4, gvcp.readRegistersPayload([0x0a00, 0x0938]))],
  ['WRITEREG_CMD', encodeCommand(GVCP.writeRegister, 5, gvcp.writeRegistersPayload([{ address: 0x0a00, value: 2 }]))],
  ['READMEM_CMD', encodeCommand(GVCP.readMemory, 6, gvcp.readMemoryPayload(0x0200, 512))],
  ['WRITEMEM_CMD', encodeCommand(GVCP.writeMemory, 7, gvcp.writeMemoryPayload(0x00e8, Buffer.from('OUTFEED\0')))],
  ['PACKETRESEND_CMD', encodeCommand(GVCP.packetResend, 8, resend(false), 0)],
  ['PACKETRESEND_CMD', encodeCommand(GVCP.packetResend, 9, resend(true), gvcp.EXTENDED_IDS)],
  ['ACTION_CMD', encodeCommand(GVCP.action, 10, gvcp.actionPayload(1, 2, 3))],
];

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return stdout;
}

/** A capture of these datagrams, sent to a camera. */
function capture(datagrams: readonly Buffer[]): string {
  const [text, file] = [join(folder, 'datagrams.txt'), join(folder, 'datagrams.pcap')];
  const dump = datagrams.map((bytes) => `0000 ${bytes.toString('hex').replaceAll(/../g, '$& ')}\n`);
  writeFileSync(text, dump.join('\n'));
  run('text2pcap', ['-q', '-u', '40000,3956', text, file]);
  return file;
}

describe.skipIf(why !== undefined)("GVCP before Wireshark's dissector", () => {
  it('is what it is meant to be, each command of it, and nothing is malformed', () => {
    const file = capture(COMMANDS.map(([, bytes]) => bytes));
    const told = run('tshark', ['-r', file, '-Y', 'gvcp', '-T', 'fields', '-e', '_ws.col.Info']).trim().split('\n');
    expect(told.map((info) => /[A-Z]+_CMD/.exec(info)?.[0])).toEqual(COMMANDS.map(([name]) => name));
    expect(run('tshark', ['-r', file, '-Y', '_ws.malformed'])).toBe('');
  });
});
