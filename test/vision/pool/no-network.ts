import { writeSync } from 'node:fs';
import net from 'node:net';

// Loaded before everything else, in each thread: whoever wants to connect is named on stderr, and refused.

function refuse(how: string): never {
  writeSync(2, `CONNECTION ATTEMPT by ${how}\n`);
  throw new Error('there is no network here');
}

net.Socket.prototype.connect = () => refuse('socket');
globalThis.fetch = () => refuse('fetch');
