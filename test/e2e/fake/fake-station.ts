import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { implement, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { EyeTrends, EyeView } from '#contract/eye.ts';
import type { LineSnapshot } from '#contract/snapshot.ts';
import { workstationContract } from '#contract/workstation.ts';
import { contentSecurityPolicy, pageWith } from '#main/page.ts';
import { FAULTS, RECORDS, SAMPLES } from './answers.ts';
import { FRAME, pngOf } from './eye-picture.ts';
import { drawingOf, EYES, type EyeName, keptPicture, LIMITS, rejectedPictures, trialOf } from './eye-scenes.ts';
import { SCENES, type SceneName, trendOf } from './scenes.ts';
import { SET_UPS, type SetUpName } from './set-up-scenes.ts';

/** A station of cardboard: it shows scripted moments to the real renderer, over the real wire, and notes what it is told. */
export interface FakeStation {
  /** The address with a token, as the host prints it. */
  readonly address: string;
  readonly origin: string;
  /** What the screens asked for, oldest first. */
  readonly told: readonly { readonly call: string; readonly input: unknown }[];
  /** Frames that screens said they have drawn. */
  readonly drawn: readonly number[];
  show(scene: SceneName): void;
  /** What the camera sees from now on. */
  look(eye: EyeName): void;
  /** How far the set-up of the camera is from now on. */
  setUp(moment: SetUpName): void;
  /** Sends no more snapshots, as a station that hangs. */
  freeze(): void;
  /** Drops every connection and refuses new ones until `show`. */
  vanish(): void;
  /** The next command is answered with this refusal. */
  refuse(guard: string, detail?: string): void;
  /** Answers to `setUp.show` wait until `go`, which says whether it stands there. */
  holdTargets(): { go(isThere: boolean): void };
  close(): Promise<void>;
}

const TOKEN = 'fake-token';
const SESSION = 'fake-session';
const HEARTBEAT = 400;
const NOT_SHOWN = 'The training line did not say within 3 s that it stands before the camera. Choose it again.';

const MAY = { allowed: true, unmet: [] };
const MAY_NOT = { allowed: false, unmet: [{ guard: 'role', detail: 'SUP QA ENG' }] };

/** oRPC copies the context for each call; what a connection keeps is one level down. */
interface Context {
  readonly connection: { signedIn: boolean; drawn: number };
}

/** Serves `renderer` (the built page) on a free port of the loopback. */
export async function startFakeStation(renderer: string, first: SceneName = 'running'): Promise<FakeStation> {
  let scene = first;
  let eye: EyeName = 'ok';
  let moment: SetUpName = 'idle';
  let state: 'up' | 'frozen' | 'gone' = 'up';
  let refusal: { guard: string; detail?: string } | undefined;
  let targets: Promise<boolean> = Promise.resolve(true);
  const told: { call: string; input: unknown }[] = [];
  const drawn: number[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const go of [...waiting]) go();
  };
  /** A change, or the heartbeat. */
  const next = (): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, HEARTBEAT);
      waiting.add(go);
    });

  const answer = <V>(call: string, input: unknown, value: V) => {
    told.push({ call, input });
    if (refusal === undefined) return { kind: 'done' as const, value };
    const unmet = [refusal];
    refusal = undefined;
    return { kind: 'refused' as const, unmet };
  };

  const open = implement(workstationContract).$context<Context>();
  const os = open.use(({ context, path, next: proceed }) => {
    if (!context.connection.signedIn && path[0] !== 'session') throw new ORPCError('UNAUTHORIZED');
    return proceed();
  });

  const router = os.router({
    session: {
      signIn: os.session.signIn.handler(({ input, context }) => {
        if (![TOKEN, SESSION, ''].includes(input.token)) throw new ORPCError('UNAUTHORIZED');
        context.connection.signedIn = true;
        return { session: SESSION, userId: 'supervisor', role: 'SUP' as const };
      }),
    },
    line: {
      snapshots: os.line.snapshots.handler(async function* ({ context, signal }) {
        for (let frame = 1; !signal?.aborted; await next()) {
          if (state !== 'up' || frame - context.connection.drawn > 2) continue;
          const at = Date.now();
          yield { frame: frame++, at, ...SCENES[scene](at) } satisfies LineSnapshot;
        }
      }),
      drawn: os.line.drawn.handler(({ input, context }) => {
        context.connection.drawn = input.frame;
        drawn.push(input.frame);
      }),
      trends: os.line.trends.handler(async function* ({ signal }) {
        for (; !signal?.aborted; await next()) if (state === 'up') yield trendOf(Date.now());
      }),
    },
    orders: {
      samples: os.orders.samples.handler(() => SAMPLES),
      import: os.orders.import.handler(({ input }) => {
        if (input.text.trim().startsWith('{')) return answer('orders.import', input, { run: 4 });
        const message =
          'The file is not JSON: it starts with something other than "{". Choose the order file that Level 4 wrote.';
        return { kind: 'failed' as const, failure: { code: 'not-json', message } };
      }),
      importSample: os.orders.importSample.handler(({ input }) => answer('orders.importSample', input, { run: 4 })),
    },
    run: {
      start: os.run.start.handler(({ input }) => answer('run.start', input, null)),
      hold: os.run.hold.handler(({ input }) => answer('run.hold', input, null)),
      resume: os.run.resume.handler(({ input }) => answer('run.resume', input, null)),
      end: os.run.end.handler(({ input }) => answer('run.end', input, null)),
      close: os.run.close.handler(({ input }) => answer('run.close', input, null)),
    },
    alarms: {
      acknowledge: os.alarms.acknowledge.handler(({ input }) => answer('alarms.acknowledge', input, null)),
    },
    exports: {
      write: os.exports.write.handler(({ input }) =>
        answer('exports.write', input, {
          file: input.format === 'csv' ? 'PO-2041-TRAINING.csv' : 'PO-2041-TRAINING.epcis.json',
          format: input.format,
          items: 12_480,
          events: 13,
          bytes: 1_482_113,
          sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        }),
      ),
    },
    items: { find: os.items.find.handler(({ input }) => RECORDS.filter(({ serial }) => serial === input.serial)) },
    eye: {
      views: os.eye.views.handler(async function* ({ signal }) {
        for (let frame = 1; !signal?.aborted; await next()) {
          const at = Date.now();
          if (state === 'up') yield { frame: frame++, at, ...EYES[eye](at).view } satisfies EyeView;
        }
      }),
      drawn: os.eye.drawn.handler(() => undefined),
      trends: os.eye.trends.handler(async function* ({ signal }) {
        for (; !signal?.aborted; await next()) {
          const at = Date.now();
          if (state === 'up') yield { at, ...EYES[eye](at).trends } satisfies EyeTrends;
        }
      }),
      limits: os.eye.limits.handler(() => ({
        ...LIMITS,
        apply: SCENES[scene](0).actor.role === 'SUP' ? MAY : MAY_NOT,
      })),
      tryLimits: os.eye.tryLimits.handler(({ input }) => trialOf(input.limits, Date.now())),
      applyLimits: os.eye.applyLimits.handler(({ input }) => answer('eye.applyLimits', input, null)),
      pictures: os.eye.pictures.handler(({ input }) => {
        const all = eye === 'empty' ? [] : rejectedPictures(Date.now());
        return input.by === 'serial' ? all.filter(({ serial }) => serial === input.serial) : all;
      }),
      picture: os.eye.picture.handler(({ input }) => ({
        kind: 'done' as const,
        value: { url: `/picture/${input.id}`, ...FRAME, sha256: '', ...drawingOf(input.id) },
      })),
    },
    setUp: {
      views: os.setUp.views.handler(async function* ({ signal }) {
        for (; !signal?.aborted; await next()) if (state === 'up') yield SET_UPS[moment];
      }),
      begin: os.setUp.begin.handler(({ input }) => answer('setUp.begin', input, null)),
      act: os.setUp.act.handler(({ input }) => answer('setUp.act', input, null)),
      text: os.setUp.text.handler(({ input }) => answer('setUp.text', input, null)),
      kept: os.setUp.kept.handler(({ input }) => answer('setUp.kept', input, null)),
      accept: os.setUp.accept.handler(({ input }) => answer('setUp.accept', input, null)),
      show: os.setUp.show.handler(async ({ input }) => {
        const shown = answer('setUp.show', input, null);
        return (await targets)
          ? shown
          : { kind: 'failed' as const, failure: { code: 'not-shown', message: NOT_SHOWN } };
      }),
    },
    training: {
      faults: os.training.faults.handler(() => FAULTS),
      inject: os.training.inject.handler(({ input }) => answer('training.inject', input, null)),
    },
  });

  const rpc = new RPCHandler(router);
  const http = createServer((request, response) => serve(renderer, request.url ?? '/', response));
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, socket, head) => {
    if (state === 'gone' || request.url !== '/rpc') return void socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (ws) => {
      void rpc.upgrade(ws, { context: { connection: { signedIn: false, drawn: 0 } } });
    });
  });
  const drop = (): void => {
    for (const client of sockets.clients) client.terminate();
  };
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    address: `${origin}/#token=${TOKEN}`,
    told,
    drawn,
    show: (name) => {
      scene = name;
      state = 'up';
      wake();
    },
    look: (name) => {
      eye = name;
      wake();
    },
    setUp: (name) => {
      moment = name;
      wake();
    },
    freeze: () => {
      state = 'frozen';
    },
    vanish: () => {
      state = 'gone';
      drop();
    },
    refuse: (guard, detail) => {
      refusal = detail === undefined ? { guard } : { guard, detail };
    },
    holdTargets: () => {
      let go: (isThere: boolean) => void = () => undefined;
      targets = new Promise((resolve) => {
        go = resolve;
      });
      return { go };
    },
    close: () =>
      new Promise((resolve) => {
        drop();
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The page with a fresh nonce and the policy of the real host; built files as they are. */
function serve(renderer: string, url: string, response: ServerResponse): void {
  const path = normalize(new URL(url, 'http://localhost').pathname);
  if (path === '/') {
    const nonce = randomBytes(16).toString('base64');
    const page = pageWith(readFileSync(join(renderer, 'index.html'), 'utf8'), nonce);
    response
      .writeHead(200, { 'content-type': 'text/html', 'content-security-policy': contentSecurityPolicy(nonce) })
      .end(page);
    return;
  }
  const picture = /^\/picture\/(\d+)$/.exec(path)?.[1];
  if (picture !== undefined) {
    response.writeHead(200, { 'content-type': 'image/png' }).end(pngOf(keptPicture(Number(picture))));
    return;
  }
  const file = join(renderer, path);
  if (!file.startsWith(renderer) || statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    response.writeHead(404).end();
    return;
  }
  response
    .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    .end(readFileSync(file));
}
