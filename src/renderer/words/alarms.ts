import type { Alarm } from '#contract/snapshot.ts';
import { readableCode } from '#renderer/words/format.ts';

interface AlarmText {
  readonly title: string;
  readonly cause: string;
  readonly consequence: string;
  readonly action: string;
}

type Facts = Pick<Alarm, 'device' | 'detail'>;
interface AlarmWords extends Omit<AlarmText, 'title' | 'action'> {
  readonly title: (facts: Facts) => string;
  /** Short: it stands in the banner of a small screen. */
  readonly action: string | ((facts: Facts) => string);
}

/** Alarms of the line (hmi.md §9.3): what, why, what follows, what to do. */
const ALARM_WORDS: Readonly<Record<string, AlarmWords>> = {
  'device-offline': {
    title: ({ device }) => `${named(device)} is offline`,
    cause: 'No answer from the device: power, cable or network.',
    consequence: 'The run is suspended. Nothing passes.',
    action: 'Check power and cable; it reconnects by itself. Then resume.',
  },
  'printer-fault': {
    title: ({ device, detail }) => `${named(device, 'Printer')} reports a fault${after(detail)}`,
    cause: 'The printer cannot print: ribbon, ink, head or cover.',
    consequence: 'The run is suspended. Items behind the print head are diverted.',
    action: 'Clear the fault at the printer, then resume.',
  },
  'camera-fault': {
    title: ({ device, detail }) => `${named(device, 'Camera')} reports a fault${after(detail)}`,
    cause: 'The camera does not send the pictures it was set to send.',
    consequence: 'The run is suspended. Items without a picture are diverted.',
    action: 'Check the camera and its settings, then resume.',
  },
  'printer-reset': {
    title: ({ device }) => `${named(device, 'Printer')} has restarted`,
    cause: 'The printer lost its power or its buffer during the run.',
    consequence: 'Serial numbers it held are set aside and never used again.',
    action: 'Wait until the job is verified again, then resume.',
  },
  'printer-ahead': {
    title: ({ detail }) => `The printer has begun what was never sent${after(detail)}`,
    cause: 'An older copy of the record was put back, or the printer also prints for another record: training, say.',
    consequence: 'Nothing is printed. Resume sets the serial numbers in between aside; they are never used.',
    action: 'Printer used elsewhere: switch it off and on. Then resume.',
  },
  'duplicate-serial': {
    title: ({ detail }) => `Duplicate serial${named2(detail)}`,
    cause: 'The same serial number was read on two items.',
    consequence: 'The second item is diverted and the run is suspended.',
    action: 'Remove both items. Check the printer for repeats, then resume.',
  },
  'foreign-code': {
    title: ({ detail }) => `Code of another order read${after(detail)}`,
    cause: 'An item carries a code that this order never allocated.',
    consequence: 'Risk of a mix-up. The item is diverted; the run goes on.',
    action: 'Find where it came from. If there are more, hold and clear the line.',
  },
  'wrong-content': {
    title: ({ detail }) => `Wrong content printed${after(detail)}`,
    cause: 'The code on the item says another product, lot or expiry than the order.',
    consequence: 'The item is diverted and the run is suspended.',
    action: 'Compare the job in the printer with the order, then resume.',
  },
  'consecutive-failures': {
    title: ({ detail }) => `${detail ?? 'Several'} items failed in a row`,
    cause: 'Print, reader or product position is off.',
    consequence: 'The run is suspended.',
    action: 'Look at the last rejects, correct the cause, then resume.',
  },
  'frame-skew': {
    title: () => 'Readings do not belong to their items',
    cause: 'The reader is one picture late or early against the PLC.',
    consequence: 'Verdicts cannot be trusted; the run is suspended and the line purged.',
    action: 'Check the trigger of the reader. Resume after the line is empty.',
  },
  'tracking-lost': {
    title: ({ detail }) => `Item tracking lost${after(detail)}`,
    cause: 'An item was removed, inserted or slipped between two sensors.',
    consequence: 'All items in transit are diverted; the run is suspended.',
    action: 'Empty the zone between reader and divert, then resume.',
  },
  'divert-failed': {
    title: ({ detail }) => `Divert not confirmed${after(detail)}`,
    cause: 'A rejected item did not reach the reject bin: pusher, air or chute.',
    consequence: 'A rejected item may be among the good ones. The run is suspended.',
    action: 'Find and remove the item first. Test the divert, then resume.',
  },
  'late-verdicts': {
    title: ({ detail = 'Some' }) =>
      detail === '1' ? 'A verdict reached the PLC late' : `${detail} verdicts reached the PLC late`,
    cause: 'Network or reader is slow.',
    consequence: 'The PLC diverts what gets no verdict in time: good items are lost.',
    action: 'Check the network and the speed of the line.',
  },
  'record-failed': {
    title: () => 'The production record cannot be written',
    cause: 'The database refused a write.',
    consequence: 'Nothing passes without a record. The run is suspended.',
    action: 'Call engineering. Do not restart before they have looked.',
  },
  'disk-full': {
    title: () => 'The disk of the line PC is full',
    cause: 'No room left for the production record.',
    consequence: 'Nothing passes without a record. The run is suspended.',
    action: 'Call engineering to free disk space, then resume.',
  },
  'evidence-disk-full': {
    title: ({ detail }) => `Pictures of items cannot be kept${after(detail)}`,
    cause: 'The folder of the pictures is full or cannot be written.',
    consequence: 'Verdicts and the production record go on; pictures of rejects are lost meanwhile.',
    action: 'Call engineering: free disk space, or open the folder for writing.',
  },
  'plc-restarted': {
    title: ({ device, detail }) =>
      `${named(device, 'PLC')} has restarted${after(detail?.replace(/^(passed .+): (\d+)$/, '$2 $1'))}`,
    cause: 'The PLC lost power or its program was restarted.',
    consequence: 'Items in transit have lost their identity: they count as rejected, wherever they went.',
    action: ({ detail }) =>
      detail === undefined
        ? 'Empty the line, check the machine, then resume.'
        : 'Take out the last good items, empty the line, then resume.',
  },
  'plc-out-of-step': {
    title: ({ device, detail }) => `${named(device, 'PLC')} counts on from elsewhere${after(detail)}`,
    cause: 'An older copy of the record was put back, or the PLC has its memory of an earlier time.',
    consequence: 'Items in transit have lost their identity: they count as rejected, wherever they went.',
    action: 'Take out the last good items, empty the line, then resume.',
  },
  'serials-low': {
    title: ({ detail }) => (detail === '0' ? 'Serial numbers have run out' : `Serial numbers run out${after(detail)}`),
    cause: 'Rejects have used up more numbers than planned.',
    consequence: 'Printing stops when the last number is used.',
    action: 'Ask Level 4 for more numbers, or end the run.',
  },
  'out-of-sequence': {
    title: ({ detail }) => `Serial numbers out of sequence${after(detail)}`,
    cause: 'The printer skipped a record or was triggered twice, or the reader missed a trigger.',
    consequence: 'The run is suspended and the items in transit are diverted.',
    action: 'Check the triggers of the printer and the reader, then resume.',
  },
  'rows-lost': {
    title: ({ detail }) => `Messages of the PLC were lost${after(detail)}`,
    cause: 'The workstation did not receive every row of the tracking table.',
    consequence: 'The items concerned are diverted.',
    action: 'Check the network if it happens again.',
  },
  'unsolicited-readings': {
    title: ({ detail }) => `Readings nobody asked for${after(detail)}`,
    cause: 'The reader triggers by itself or twice.',
    consequence: 'They are counted and ignored.',
    action: 'Check the trigger of the reader.',
  },
  restarted: {
    title: ({ detail }) =>
      `The workstation was restarted during the run${after(detail === '0' || detail === undefined ? undefined : `${detail} serial numbers set aside`)}`,
    cause: 'Power cut, crash or restart of the line PC.',
    consequence: 'What was on the line then has no proof and is diverted. Nothing was lost from the record.',
    action: 'Empty the line between printer and divert, then resume.',
  },
  'machine-held': {
    title: ({ detail }) => `The machine has stopped${after(detail)}`,
    cause: 'The machine went to PackML Held or Aborted.',
    consequence: 'No items arrive. The run goes on when the machine does.',
    action: 'Clear the stop at the machine and start it there.',
  },
};

/** An alarm in words. A code nobody wrote words for is made readable, so that no alarm is ever hidden. */
export function alarmText(alarm: Pick<Alarm, 'code' | 'device' | 'detail'>): AlarmText {
  const words = ALARM_WORDS[alarm.code];
  if (words !== undefined) {
    const action = typeof words.action === 'string' ? words.action : words.action(alarm);
    return { ...words, title: words.title(alarm), action };
  }
  const detail = [alarm.device, alarm.detail].filter((part) => part !== undefined).join(', ');
  return {
    title: `${readableCode(alarm.code)}${after(detail === '' ? undefined : detail)}`,
    cause: 'Not described in this version.',
    consequence: 'Unknown.',
    action: 'Call engineering and tell them the name of the alarm.',
  };
}

/** Why a run is SUSPENDED or HELD: an alarm code in words, or the words a person gave, as they are. */
export function causeText(cause: string): string {
  return cause in ALARM_WORDS ? alarmText({ code: cause }).title : cause;
}

/** All alarm codes that have words, for the test that compares them with the line's. */
export const ALARMS_IN_WORDS: readonly string[] = Object.keys(ALARM_WORDS);

function named(device: string | undefined, otherwise = 'Device'): string {
  return device === undefined
    ? `The ${otherwise.toLowerCase() === 'plc' ? 'PLC' : otherwise.toLowerCase()}`
    : capital(device);
}

function named2(detail: string | undefined): string {
  return detail === undefined ? '' : ` ${detail}`;
}

function after(detail: string | undefined): string {
  return detail === undefined ? '' : `: ${detail}`;
}

/** "Printer-1" of printer-1; a PLC is one in capitals. */
function capital(text: string): string {
  return text.replace(/^plc\b/, 'PLC').replace(/^./, (first) => first.toUpperCase());
}
