import { connect } from 'node:net';
import { answerAsPart, tell } from './child.ts';
import { subjectArguments, watchHealth } from './subject.ts';
import { verdictLine } from './verdict-line.ts';

// The jitter floor: answers each frame at once and does nothing else.

const { camera, sink } = subjectArguments();
const open = { host: '127.0.0.1', noDelay: true } as const;
const answers = connect({ ...open, port: sink });
const frames = connect({ ...open, port: camera });
let seen = 0;
let connected = 0;
for (const socket of [answers, frames]) socket.once('connect', () => (++connected === 2 ? tell('ready') : undefined));
frames.on('data', (bytes) => {
  let text = '';
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    seen += 1;
    text += verdictLine(seen & 0xffff, true, 0);
  }
  answers.write(text);
});
answerAsPart({ health: watchHealth(() => undefined) });
