import { EventEmitter } from 'node:events';

// Loaded before the entry of a utility process: gives it the parent port it has under Electron, and takes the IPC channel
// of plain Node away.
const send = process.send?.bind(process);

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    send?.({ data: message });
  }
}

const parentPort = new ParentPort();
process.on('message', (message: { data: unknown }) => parentPort.emit('message', { data: message.data, ports: [] }));
process.on('disconnect', () => process.exit(0)); // Chromium ends its utility processes with itself
Object.defineProperty(process, 'parentPort', { value: parentPort });
Object.defineProperty(process, 'send', { value: undefined });
Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: '45.4.1-stand-in' } });
