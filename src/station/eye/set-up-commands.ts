import type { Answer } from '#contract/answer.ts';
import type { CameraSetUp, SET_UP_ACTS, SetUpTask } from '#contract/camera-set-up.ts';
import { FACT } from '#line/fact.ts';
import type { Actor } from '#order/run-state.ts';
import { DONE, failed, refused } from '#station/answers.ts';
import { audit } from '#station/audit.ts';
import { missingRole, refusedTo } from '#station/authority.ts';
import { append, type Desk } from '#station/desk.ts';
import type { Eye } from '#station/eye/eye.ts';
import { keptPicture, type PictureParts } from '#station/eye/pictures.ts';
import { SET_UP_TARGETS, type TrainingTarget } from '#station/eye/set-up-target.ts';
import { taughtBody } from '#station/eye/taught.ts';
import { onTheLine } from '#station/floor.ts';

/** What the commands of a set-up work on. */
export interface SetUpDesk {
  readonly desk: Desk;
  readonly eye: Pick<Eye, 'reader' | 'setUp' | 'taught' | 'learn' | 'job' | 'entry'>;
}

/** `training`: what stands before an emulated camera; it is taken away with the end of the set-up. */
interface EndingSetUp extends SetUpDesk {
  readonly training?: TrainingTarget | undefined;
}

/** What the page shows to this person. */
export function drawSetUp(
  desk: Desk,
  eye: SetUpDesk['eye'] | undefined,
  actor: Actor,
  training: TrainingTarget | undefined,
): CameraSetUp {
  if (eye === undefined) {
    return { hasCamera: false, begin: { allowed: false, unmet: [] }, lines: [], taught: [], targets: [] };
  }
  const unmet = [...missingRole(actor, 'eye.set-up'), ...unmetNow({ desk, eye })];
  const { session } = eye.setUp;
  return {
    hasCamera: true,
    begin: { allowed: unmet.length === 0, unmet },
    lines: (eye.job.checks.text ?? []).map(({ name, font, window }) => ({ name, font, window })),
    taught: [...eye.taught.list],
    ...(session === undefined ? {} : { session }),
    ...(training === undefined ? { targets: [] } : { targets: [...SET_UP_TARGETS], target: training.shown }),
  };
}

/** A camera is set up between runs, and only where the result can be put on record. */
function unmetNow({ desk, eye }: SetUpDesk): { guard: string; detail?: string }[] {
  const run = onTheLine(desk.floor);
  return [
    ...(run === undefined ? [] : [{ guard: 'no-run', detail: run.run.order.order }]),
    ...(eye.reader.state === 'online' ? [] : [{ guard: 'camera-online' }]),
    ...(desk.floor.recordWritable ? [] : [{ guard: 'record-writable' }]),
  ];
}

/** Begins a set-up. The camera is told to wait for no item: from here on its pictures are the set-up's. */
export async function beginSetUp({ desk, eye }: SetUpDesk, actor: Actor, task: SetUpTask): Promise<Answer<null>> {
  const stranger = refusedTo(desk, actor, { action: 'eye.set-up', detail: task });
  if (stranger !== undefined) return stranger;
  const { session } = eye.setUp;
  const unmet = session === undefined ? unmetNow({ desk, eye }) : [{ guard: 'camera-free', detail: session.by }];
  if (unmet.length > 0) return refused(unmet);
  const fault = await eye.reader.tell({ kind: 'disarm' });
  if (fault !== undefined)
    return failed('device', `The camera did not stop: ${fault.detail}. Check it, then try again.`);
  const begun = eye.setUp.begin(task, actor.userId);
  if (begun.kind !== 'done') return begun;
  audit(desk, actor, { action: 'eye.set-up', detail: { begun: task } });
  occupy(desk, actor.userId);
  return begun;
}

/** A picture, another beginning, or the end of an open set-up. Pictures are steps of what was begun: they leave no entry. */
export async function actInSetUp(
  { desk, eye, training }: EndingSetUp,
  actor: Actor,
  act: (typeof SET_UP_ACTS)[number],
): Promise<Answer<null>> {
  const stranger = refusedTo(desk, actor, { action: 'eye.set-up', detail: act });
  if (stranger !== undefined) return stranger;
  const isEnd = act === 'discard' && eye.setUp.session !== undefined;
  const done = await eye.setUp.act(act);
  if (!isEnd) return done;
  audit(desk, actor, { action: 'eye.set-up', detail: 'discard' });
  occupy(desk, undefined);
  void training?.show('items');
  return done;
}

/** What the line of text in the picture says. */
export async function textInSetUp({ desk, eye }: SetUpDesk, actor: Actor, text: string): Promise<Answer<null>> {
  return refusedTo(desk, actor, { action: 'eye.set-up', detail: 'text' }) ?? eye.setUp.text(text);
}

/** A kept picture in the place of a new one. */
export async function keptInSetUp(
  { desk, eye, pictures }: SetUpDesk & { readonly pictures: PictureParts },
  actor: Actor,
  picture: number,
): Promise<Answer<null>> {
  const stranger = refusedTo(desk, actor, { action: 'eye.set-up', detail: 'kept' });
  if (stranger !== undefined) return stranger;
  const found = await keptPicture(pictures, picture);
  return found.kind === 'done' ? eye.setUp.kept(found.value.bytes, found.value.kept.at) : found;
}

/**
 * Puts what was learnt in force: the data, how pictures are graded from here on, and the audit entry are one transaction.
 * The inspect threads practise with it; no run starts until they are warm.
 */
export async function acceptSetUp(
  { desk, eye, training }: EndingSetUp,
  actor: Actor,
  reason: string,
): Promise<Answer<null>> {
  const stranger = refusedTo(desk, actor, { action: 'eye.set-up', reason, detail: 'accept' });
  if (stranger !== undefined) return stranger;
  const { lesson } = eye.setUp;
  if (lesson === undefined) return refused([{ guard: 'set-up-done' }]);
  const { name } = lesson;
  const who = { user: actor.userId, role: actor.role, reason, ...(name === undefined ? {} : { name }) };
  const body = taughtBody(eye.entry, lesson.lesson, who);
  const at = desk.now();
  append(desk, { kind: FACT.cameraTaught, at, body: JSON.stringify(body) });
  eye.taught.add(at, body);
  eye.learn();
  const { what, sha256 } = body;
  audit(desk, actor, { action: 'eye.set-up', reason, detail: { accepted: what, name, sha256 } });
  desk.log.info('eye.taught', { what, by: actor.userId });
  occupy(desk, undefined);
  await eye.setUp.act('discard');
  void training?.show('items');
  return (await isDurable(desk, desk.lastSeq)) ? DONE : NOT_ON_DISK;
}

/** How long a disk may take. */
const PATIENCE = 5_000;
const NOT_ON_DISK = failed(
  'record',
  'It is in force, and not on disk yet: after a power cut now it would have to be made again. Look after the record first.',
);

/** Whether the record has a fact on disk, within some seconds. */
function isDurable({ journal }: Desk, seq: number): Promise<boolean> {
  if (journal.durableUpTo >= seq) return Promise.resolve(true);
  return new Promise((resolve) => {
    const settle = (isThere: boolean): void => {
      clearTimeout(late);
      forget();
      resolve(isThere);
    };
    const late = setTimeout(() => settle(false), PATIENCE);
    const forget = journal.durable((upTo) => {
      if (upTo >= seq) settle(true);
    });
  });
}

/** While somebody sets the camera up no run is started. */
function occupy(desk: Desk, by: string | undefined): void {
  desk.floor.settingUp = by;
  desk.changed();
}
