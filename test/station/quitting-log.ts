import { openLog } from '#station/log.ts';

/** A process that logs to a file, as `quitting-log FILE EVENTS how`, and then ends: closed in order, or by a fault of its own. */
const [file = '', events = '0', how = ''] = process.argv.slice(2);

const log = openLog(file);
for (let event = 0; event < Number(events); event += 1) log.warn('line.said', { event, pad: 'x'.repeat(200) });
if (how === 'fault') throw new Error('a fault of our own');
await log.close();
process.exit(0);
