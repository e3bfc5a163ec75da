import { describe, expect, it } from 'vitest';
import type { SetUpTask } from '#contract/camera-set-up.ts';
import { LineFile } from '#contract/line-file.ts';
import { cameraLine, view } from './camera-line.ts';
import { done } from './order-text.ts';
import { openStage, type Stage, temporaryFolder } from './stage.ts';

// A person at the page, the emulated camera on its sockets, and cards held before it: nothing is loaded from a file.

const PATIENCE = 60_000;

/** The camera line, with a job that compares the lot in plain text, in a font that nobody has taught it. */
function lineWithText(): LineFile {
  const line = cameraLine();
  const text = [
    { name: 'lot', window: { x: 262, y: 272, width: 330, height: 42 }, expected: 'LOT {lot}', font: 'ink' },
  ];
  const devices = line.devices.map((entry) =>
    entry.camera === undefined ? entry : { ...entry, camera: { ...entry.camera, checks: { text } } },
  );
  return LineFile.parse({ ...line, devices });
}

/** Begins a task and puts something before the camera. */
async function begin({ clicker: { setUp } }: Stage, task: SetUpTask, target: string): Promise<void> {
  done(await setUp.begin(task));
  done(await setUp.show(target));
}

async function learnLight(stage: Stage): Promise<void> {
  const { setUp } = stage.clicker;
  await begin(stage, { kind: 'flat-field', card: 0.6 }, 'dark');
  await pictureUntil(stage, 'wants-card');
  done(await setUp.show('grey-card'));
  await pictureUntil(stage, 'done');
  done(await setUp.accept('new lamp'));
}

/** The picture of a machine that is starved may not come in time: one is taken until it shows what stands there. */
async function pictureUntil({ clicker: { setUp, pause } }: Stage, step: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    await setUp.act('picture');
    const { session } = await setUp.view();
    if (session?.step === step) return;
    await pause(100);
  }
  throw new Error(`it did not come to ${step}: ${JSON.stringify((await setUp.view()).session?.sentence)}`);
}

/** Says what stands there, of a new picture as long as it is not to be seen there yet. */
async function spell(stage: Stage, text: string, known: string): Promise<void> {
  const { setUp } = stage.clicker;
  let sentence: string | undefined;
  for (const since = performance.now(); sentence !== known && performance.now() - since < PATIENCE; ) {
    await pictureUntil(stage, 'wants-text');
    done(await setUp.text(text));
    sentence = (await setUp.view()).session?.sentence;
  }
  expect(sentence).toBe(known);
}

const warm = ({ clicker, workstation: { desk } }: Stage): Promise<void> =>
  clicker.until(() => [...desk.floor.devices.values()].every(({ warmUp }) => warmUp === undefined), 'warmth', PATIENCE);

const taughtOf = async ({ clicker }: Stage) =>
  (await clicker.setUp.view()).taught.map(({ what, name, from, why }) => [what, name, from, why]);

describe('a camera that is set up by a person', () => {
  it('learns light, plane and characters at the page, keeps them over a restart, and judges items by them', async () => {
    const data = temporaryFolder();
    const line = lineWithText();
    const stage = await openStage({ speed: 3, data, line });
    const { clicker } = stage;
    const run = await stage.order(12);
    expect(await clicker.start(run)).toEqual({ kind: 'refused', unmet: [{ guard: 'fonts-trained', detail: 'ink' }] });

    await learnLight(stage);
    await begin(stage, { kind: 'plane', board: { across: 9, down: 7, square: 5 } }, 'board');
    await pictureUntil(stage, 'done');
    done(await clicker.setUp.accept('camera was moved'));

    // An item with the characters that will be printed: the label that somebody holds there says LOT LOT42.
    await begin(stage, { kind: 'font', line: 'lot', isNew: false }, 'label');
    await spell(stage, 'LOT LOT42', '5 characters are known: L O T 4 2.');
    const { session } = await clicker.setUp.view();
    expect(session?.marks.cuts?.map(({ character }) => character).join('')).toBe('LOTLOT42');
    done(await clicker.setUp.accept('first commissioning'));

    // An unfinished one is lost with the program, and nothing else.
    await begin(stage, { kind: 'card', module: 1 }, 'printed-code');
    await pictureUntil(stage, 'done');
    await stage.close();

    const again = await openStage({ speed: 3, data, line });
    expect((await again.clicker.setUp.view()).session).toBeUndefined();
    expect(await taughtOf(again)).toEqual([
      ['flat-field', undefined, 'set-up', undefined],
      ['plane', undefined, 'set-up', undefined],
      ['font', 'ink', 'set-up', undefined],
    ]);
    await again.clicker.setUp.show('items');
    const lot = await again.order(12, { order: 'SCENARIO-2', lot: 'LOT42' });
    await warm(again);
    await again.start(lot);
    await again.until(() => again.clicker.accounts().GOOD >= 12 || again.state(lot) === 'ENDING', 'twelve good items');
    const reasons = view<{ reason: string | null }>(data, 'SELECT DISTINCT reason FROM v_inspection');
    expect(reasons.map(({ reason }) => reason)).not.toContain('wrong-text');
    const [profile] = view<{ detail: string }>(data, 'SELECT detail FROM v_grading_profile ORDER BY seq DESC');
    expect(JSON.parse(profile?.detail ?? '{}')).toMatchObject({
      calibration: expect.stringMatching(/^flat-field carton 640x480 v1 \d+, plane carton 640x480 v1 \d+$/),
    });
    const flags = view<{ flags: string | null }>(data, 'SELECT DISTINCT flags FROM v_inspection');
    expect(JSON.stringify(flags)).not.toContain('uncalibrated');

    // A kept picture teaches as well as a new one, once the run is closed.
    if (again.state(lot) === 'RUNNING') await again.clicker.end(lot, 'enough for this test'); // it may have come to its end
    await again.until(() => again.state(lot) === 'ENDING', 'the line to run empty');
    done(await again.clicker.close(lot, 'counts agree'));
    const [kept] = view<{ id: number }>(data, "SELECT id FROM v_picture WHERE kept = 'first-article' ORDER BY id");
    done(await again.clicker.setUp.begin({ kind: 'font', line: 'lot', isNew: true }));
    done(await again.clicker.setUp.kept(kept?.id ?? -1));
    expect((await again.clicker.setUp.view()).session).toMatchObject({ step: 'wants-text', picture: { width: 640 } });
    done(await again.clicker.setUp.text('LOT LOT42'));
    expect((await again.clicker.setUp.view()).session?.sentence).toBe('5 characters are known: L O T 4 2.');
  }, 600_000);

  it('is none of a run, and a run does not start while it is set up', async () => {
    const stage = await openStage({ speed: 3, line: cameraLine() });
    const run = await stage.order(6);
    await begin(stage, { kind: 'card', module: 1 }, 'printed-code');
    expect(await stage.clicker.start(run)).toEqual({
      kind: 'refused',
      unmet: [{ guard: 'camera-free', detail: 'supervisor' }],
    });
    done(await stage.clicker.setUp.act('discard'));
    await stage.start(run);
    expect(await stage.clicker.setUp.begin({ kind: 'flat-field' })).toEqual({
      kind: 'refused',
      unmet: [{ guard: 'no-run', detail: 'SCENARIO-1' }],
    });
    await stage.until(() => stage.clicker.accounts().GOOD >= 6, 'six good items');
  });
});
