import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createCamera } from '#virtual-line/gige/emulator.ts';
import { FLAWLESS } from '#virtual-line/print-defects.ts';
import { SETTINGS } from '../virtual-line/emulator-settings.ts';

// The emulated camera alone in a network namespace, before a printed carton. Foreign programs are let loose on it one
// after the other, and what they said is written to stdout as JSON. Started by camera-emulator.test.ts.

/** What one of them said, and how it ended. */
export interface Said {
  readonly code: number;
  readonly text: string;
}

interface Script {
  /** A capture that runs beside the others; it is waited for until it says that it captures. */
  readonly capture?: readonly [string, ...string[]];
  readonly commands: readonly (readonly [string, ...string[]])[];
}

const PATIENCE = 30_000;
const CAMERA_PORT = 3956;

function run([program, ...args]: readonly [string, ...string[]]): Promise<Said> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { timeout: PATIENCE, encoding: 'utf8' }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, text: stdout + stderr }),
    );
  });
}

async function startCapture([program, ...args]: readonly [string, ...string[]]): Promise<() => Promise<void>> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const chunk of child.stderr) if (String(chunk).includes('Capturing on')) break;
  return async () => {
    child.kill('SIGINT');
    await once(child, 'exit');
  };
}

const script = JSON.parse(process.argv[2] ?? '{"commands":[]}') as Script;
await run(['ip', 'link', 'set', 'lo', 'up']);
const camera = createCamera(() => undefined);
await camera.answer({ ask: 'start', settings: { ...SETTINGS, port: CAMERA_PORT } });
const content = '010952123454321321ABCD12345678\u001d1728123110LOT42';
camera.hear({ tell: 'in-view', view: { item: 1, content, quality: 4, print: FLAWLESS, over: '' }, pulse: true });
const endCapture = script.capture && (await startCapture(script.capture));
const said: Said[] = [];
for (const command of script.commands) said.push(await run(command));
await endCapture?.();
process.stdout.write(JSON.stringify(said), () => process.exit(0));
