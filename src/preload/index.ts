import { contextBridge, ipcRenderer } from 'electron';

// A MessagePort cannot cross the context bridge; window.postMessage can carry it here, and this file carries it on.
window.addEventListener('message', (event) => {
  const [port] = event.ports;
  if (event.source !== window || event.data !== 'rpc:connect' || port === undefined) return;
  ipcRenderer.postMessage('rpc:connect', null, [port]);
});

contextBridge.exposeInMainWorld('host', { kind: 'electron' });
