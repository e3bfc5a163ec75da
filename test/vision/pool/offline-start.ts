import { codeFrame, openBench } from './frames.ts';

// A process of its own: opens the threads, has one picture read, and says what it said.

const { pool, answers, send, answered } = await openBench({ deadline: 60_000 });
await pool.ready;
send(1, codeFrame());
await answered(1);
process.stdout.write(JSON.stringify(answers[0]?.inspection.codes[0]?.text));
await pool.close();
