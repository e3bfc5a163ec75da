import { createCamera } from '#virtual-line/gige/emulator.ts';
import { FLAWLESS } from '#virtual-line/print-defects.ts';
import { SETTINGS } from '../virtual-line/emulator-settings.ts';

// The emulated camera by itself, before a printed carton, until its stdin closes: what foreign clients are let loose on.

const port = Number(process.argv[2] ?? 3956);
const camera = createCamera(() => undefined);
const reply = await camera.answer({ ask: 'start', settings: { ...SETTINGS, port } });
camera.hear({
  tell: 'in-view',
  view: {
    item: 1,
    content: '010952123454321321ABCD12345678\u001d1728123110LOT42',
    quality: 4,
    print: FLAWLESS,
    over: '',
  },
});
process.stdout.write(`${JSON.stringify(reply.listening)}\n`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
