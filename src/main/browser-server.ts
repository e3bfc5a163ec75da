import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';
import { contentSecurityPolicy, HEADERS, newNonce, pageWith, pictureHeaders } from '#main/page.ts';
import type { Redeem } from '#main/redeem.ts';
import { reasonOf, StartError, systemCode } from '#main/start-error.ts';

/** The port people get used to. The next free one is taken where nobody insists. */
const USUAL_PORT = 4750;
const PORTS_TRIED = 50;
/** How often a silent page is asked whether it is still there, in milliseconds. */
const HEARTBEAT = 10_000;
/** The largest message a page may send: an order file of a megabyte, with room around it. */
const MAX_MESSAGE = 2 << 20;

export interface BrowserServer {
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  /** Opens the wire, and hands out promised pictures. Pages that came before were told to come again. */
  serve(connect: (socket: WebSocket) => void, redeem?: Redeem): void;
  /** Ends every connection, at once. */
  close(): Promise<void>;
}

/** Serves the built renderer and the wire on loopback. Throws a StartError when there is no page or no port. */
export async function openServer(renderer: string, port: number | undefined): Promise<BrowserServer> {
  const http = fastify({ forceCloseConnections: true });
  let redeem: Redeem = () => undefined;
  await servePages(http, renderer);
  servePictures(http, (ticket) => redeem(ticket));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE });
  let connect: ((socket: WebSocket) => void) | undefined;
  http.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (!isOurPage(request)) return refuse(socket, '403 Forbidden');
    if (connect === undefined) return refuse(socket, '503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, connect);
  });
  const address = await listen(http, port);
  const heartbeat = setInterval(() => dropTheSilent(sockets), HEARTBEAT);
  return {
    address,
    serve: (wire, pictures = redeem) => {
      redeem = pictures;
      connect = (socket) => {
        socket.on('error', () => socket.terminate());
        socket.on('pong', () => answered.add(socket));
        answered.add(socket);
        wire(socket);
      };
    },
    close: async () => {
      clearInterval(heartbeat);
      for (const socket of sockets.clients) socket.terminate();
      await http.close();
    },
  };
}

async function servePages(http: FastifyInstance, renderer: string): Promise<void> {
  const page = readPage(join(renderer, 'index.html'));
  http.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    // A foreign name that resolves to this machine (DNS rebinding) would make its page one of ours.
    if (!isOurHost(request.headers.host)) await reply.code(403).send('Forbidden');
  });
  http.get('/', (_request, reply) => {
    const nonce = newNonce();
    return reply
      .header('content-security-policy', contentSecurityPolicy(nonce))
      .type('text/html; charset=utf-8')
      .send(pageWith(page, nonce));
  });
  await http.register(fastifyStatic, {
    root: renderer,
    index: false,
    cacheControl: false,
    allowedPath: (path) => path !== '/index.html', // the bare page has no nonce and no policy
  });
}

/** A ticket is good for one answer: asking for the head alone must not use it up. */
function servePictures(http: FastifyInstance, redeem: Redeem): void {
  http.get<{ Params: { ticket: string } }>('/picture/:ticket', { exposeHeadRoute: false }, (request, reply) => {
    const picture = redeem(request.params.ticket);
    if (picture === undefined) return reply.code(404).send('Not found');
    return reply.headers(pictureHeaders(picture.type)).send(Buffer.from(picture.bytes));
  });
}

function readPage(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartError(`The built page ${file} cannot be read: ${reasonOf(error)}. Run "npm run build".`, {
      cause: error,
    });
  }
}

function isOurHost(host: string | undefined): boolean {
  return host !== undefined && /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
}

/** Any page in that browser can open a WebSocket to loopback; the browser tells on it by its Origin. */
function isOurPage({ url, headers }: IncomingMessage): boolean {
  return url === '/rpc' && isOurHost(headers.host) && headers.origin === `http://${headers.host}`;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
}

/** Sockets that answered since the last heartbeat. A pulled cable raises no event of its own. */
const answered = new WeakSet<WebSocket>();

function dropTheSilent(sockets: WebSocketServer): void {
  for (const socket of sockets.clients) {
    if (!answered.delete(socket)) socket.terminate();
    else socket.ping();
  }
}

async function listen(http: FastifyInstance, wanted: number | undefined): Promise<string> {
  const last = wanted ?? USUAL_PORT + PORTS_TRIED - 1;
  for (let port = wanted ?? USUAL_PORT; ; port += 1) {
    try {
      return await http.listen({ host: '127.0.0.1', port });
    } catch (error) {
      if (systemCode(error) === 'EADDRINUSE' && port < last) continue;
      throw new StartError(whyNot(error, port), { cause: error });
    }
  }
}

function whyNot(error: unknown, port: number): string {
  if (systemCode(error) === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Give another one with --port N.`;
  if (systemCode(error) === 'EACCES')
    return `Port ${port} may not be opened by this user. Give one above 1023 with --port N.`;
  return `Port ${port} cannot be opened: ${reasonOf(error)}. Give another one with --port N.`;
}
