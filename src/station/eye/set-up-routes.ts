import type { Answer } from '#contract/answer.ts';
import type { Actor } from '#order/run-state.ts';
import { DONE, failed, refused } from '#station/answers.ts';
import { refusedTo } from '#station/authority.ts';
import type { Connection } from '#station/connection.ts';
import type { Desk } from '#station/desk.ts';
import type { Eye } from '#station/eye/eye.ts';
import { keptPicture, type PictureParts } from '#station/eye/pictures.ts';
import { acceptSetUp, actInSetUp, beginSetUp, drawSetUp, type SetUpDesk } from '#station/eye/set-up-commands.ts';
import type { SetUpStream } from '#station/eye/set-up-stream.ts';
import { trainingTarget } from '#station/eye/set-up-target.ts';
import type { Once } from '#station/once.ts';
import type { StationRoutes } from '#station/routes.ts';
import type { VirtualLine } from '#station/virtual-line.ts';

/** What the router is given for it. */
export interface SetUpRouterParts {
  /** Absent on a line without a camera of its own. */
  readonly eye: Eye | undefined;
  readonly pictures: PictureParts;
  readonly setUpStream: SetUpStream;
}

interface SetUpRouteParts extends SetUpRouterParts {
  readonly desk: Desk;
  readonly virtualLine: VirtualLine | undefined;
  readonly once: Once;
  readonly actorOf: (connection: Connection) => Actor;
}

/** What the workstation answers to whoever sets its camera up. */
export function setUpRoutes(route: StationRoutes['setUp'], parts: SetUpRouteParts) {
  const { desk, eye, pictures, setUpStream, virtualLine, once, actorOf } = parts;
  const training = virtualLine && trainingTarget(virtualLine);
  const withCamera = (
    id: string,
    act: (on: SetUpDesk) => Promise<Answer<null>> | Answer<null>,
  ): Promise<Answer<null>> =>
    once(id, () =>
      eye === undefined
        ? failed('no-camera', 'This line has no camera of its own: its reader grades by itself.')
        : act({ desk, eye }),
    );
  return {
    views: route.views.handler(({ context: { connection } }) => {
      const actor = actorOf(connection);
      return setUpStream.views(connection, () => drawSetUp(desk, eye, actor, training));
    }),
    begin: route.begin.handler(({ input, context }) =>
      withCamera(input.id, (on) => beginSetUp(on, actorOf(context.connection), input.task)),
    ),
    act: route.act.handler(({ input, context }) =>
      withCamera(input.id, async (on) => {
        const done = await actInSetUp(on, actorOf(context.connection), input.act);
        if (on.eye.setUp.session === undefined) training?.show('items');
        return done;
      }),
    ),
    text: route.text.handler(({ input, context }) =>
      withCamera(input.id, (on) => {
        const stranger = refusedTo(desk, actorOf(context.connection), { action: 'eye.set-up', detail: 'text' });
        return stranger ?? on.eye.setUp.text(input.text);
      }),
    ),
    kept: route.kept.handler(({ input, context }) =>
      withCamera(input.id, async (on) => {
        const stranger = refusedTo(desk, actorOf(context.connection), { action: 'eye.set-up', detail: 'kept' });
        if (stranger !== undefined) return stranger;
        const found = await keptPicture(pictures, input.picture);
        if (found.kind !== 'done') return found;
        return on.eye.setUp.kept(found.value.bytes, found.value.kept.at);
      }),
    ),
    accept: route.accept.handler(({ input, context }) =>
      withCamera(input.id, async (on) => {
        const done = await acceptSetUp(on, actorOf(context.connection), input.reason);
        if (on.eye.setUp.session === undefined) training?.show('items');
        return done;
      }),
    ),
    show: route.show.handler(({ input, context }) =>
      withCamera(input.id, () => {
        const stranger = refusedTo(desk, actorOf(context.connection), { action: 'training.inject' });
        if (stranger !== undefined) return stranger;
        if (training === undefined) return refused([{ guard: 'not-training' }]);
        if (training.show(input.target)) return DONE;
        return failed('no-such-target', `Nothing called ${input.target} can be shown.`);
      }),
    ),
  };
}
