import { openJournal } from '#record/journal.ts';
import { packSerials } from './order.ts';
import { openSink, openStation } from './station.ts';
import { runSubject, subjectArguments, watchHealth } from './subject.ts';

// The product's path: reader driver → line → journal (its own thread, FULL, chain, indexes) → gate → sink.

const { camera, sink, file, serials } = subjectArguments();
const thread = new URL('../src/record/writer.thread.ts', import.meta.url);
const journal = await openJournal({ file, mode: 'TRAINING', line: 'LINE-1', thread });
const verdict = await openSink(sink, true);
const station = openStation({ journal, serials: packSerials(serials), verdict });
runSubject({ station, cameraPort: camera, health: watchHealth(journal.stats), close: () => journal.close() });
