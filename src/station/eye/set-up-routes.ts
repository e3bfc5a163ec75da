import type { Answer } from '#contract/answer.ts';
import type { Actor } from '#order/run-state.ts';
import { failed } from '#station/answers.ts';
import type { Connection } from '#station/connection.ts';
import type { Desk } from '#station/desk.ts';
import type { Eye } from '#station/eye/eye.ts';
import type { PictureParts } from '#station/eye/pictures.ts';
import {
  acceptSetUp,
  actInSetUp,
  beginSetUp,
  drawSetUp,
  keptInSetUp,
  type SetUpDesk,
  textInSetUp,
} from '#station/eye/set-up-commands.ts';
import type { SetUpStream } from '#station/eye/set-up-stream.ts';
import { showInTraining, trainingTarget } from '#station/eye/set-up-target.ts';
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
  const { desk, eye, pictures, setUpStream, virtualLine, actorOf } = parts;
  const training = virtualLine && trainingTarget(virtualLine);
  const atCamera = commandsAtCamera(parts);
  const { begin, act, text, kept, accept, show } = route;
  return {
    views: route.views.handler(({ context: { connection } }) => {
      const actor = actorOf(connection);
      return setUpStream.views(connection, () => drawSetUp(desk, eye, actor, training));
    }),
    begin: begin.handler(({ input, context }) =>
      atCamera(input, context, (on, who) => beginSetUp(on, who, input.task)),
    ),
    act: act.handler(({ input, context }) =>
      atCamera(input, context, (on, who) => actInSetUp({ ...on, training }, who, input.act)),
    ),
    text: text.handler(({ input, context }) => atCamera(input, context, (on, who) => textInSetUp(on, who, input.text))),
    kept: kept.handler(({ input, context }) =>
      atCamera(input, context, (on, who) => keptInSetUp({ ...on, pictures }, who, input.picture)),
    ),
    accept: accept.handler(({ input, context }) =>
      atCamera(input, context, (on, who) => acceptSetUp({ ...on, training }, who, input.reason)),
    ),
    show: show.handler(({ input, context }) =>
      atCamera(input, context, (_on, actor) => showInTraining(desk, training, { actor, target: input.target })),
    ),
  };
}

type AtCamera = (
  input: { readonly id: string },
  context: { readonly connection: Connection },
  carryOut: (on: SetUpDesk, who: Actor) => Promise<Answer<null>>,
) => Promise<Answer<null>>;

/** Commands to a camera, each carried out once, by the person at the screen; on a line without one they are answered. */
function commandsAtCamera({ desk, eye, once, actorOf }: SetUpRouteParts): AtCamera {
  return ({ id }, { connection }, carryOut) =>
    once(id, () =>
      eye === undefined
        ? failed('no-camera', 'This line has no camera of its own: its reader grades by itself.')
        : carryOut({ desk, eye }, actorOf(connection)),
    );
}
