const ACCESS_DENIED = 0x8006;

/** GVCP and GVSP status words as sentences. */
const SENTENCES: Readonly<Record<number, string>> = {
  32769: 'the camera does not know this command',
  32770: 'the camera does not accept this value',
  32771: 'the camera has no register at this address',
  32772: 'the register can not be written now',
  32773: 'the address is not aligned',
  [ACCESS_DENIED]: 'another application controls this camera',
  32775: 'the camera is busy',
  32780: 'the camera no longer has the packet',
  32781: 'the camera lost data before it could send them',
  32782: 'the camera found an error in the header of our message',
  32784: 'the camera does not have the packet yet',
  32785: 'the camera no longer has the packet',
  32786: 'the camera no longer has the packet, nor those before it',
  32790: 'the action came too late',
  36863: 'the camera reports an error without saying which',
};

/** The top bit says that it went wrong; 0100 (sent again) is no failure. */
export function isFailure(status: number): boolean {
  return (status & 0x8000) !== 0;
}

export function isAccessDenied(status: number): boolean {
  return status === ACCESS_DENIED;
}

export function statusSentence(status: number): string {
  return SENTENCES[status] ?? `the camera answers with status ${hex(status)}`;
}

export function hex(value: number): string {
  return `0x${value.toString(16).padStart(4, '0')}`;
}
