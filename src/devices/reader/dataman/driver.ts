import { type Conversation, converse } from '#devices/conversation.ts';
import type { Driver, Session } from '#devices/driver.ts';
import { type Questions, questions } from '#devices/questions.ts';
import * as dmcc from '#devices/reader/dataman/commands.ts';
import { encodeCommand, type Frame, frameReader, unquote } from '#devices/reader/dataman/frames.ts';
import type { DeviceSignal, Fault, ReaderDirective } from '#line/signal.ts';
import type { Instant, Millis } from '#line/time.ts';

const BEAT: Millis = 400;
const SILENCE: Millis = 1_000;
const NOISE_SHOWN = 80;

export const COGNEX_DATAMAN = {
  id: 'cognex-dataman',
  evidence: 'own-emulator',
  capabilities: { kind: 'reader', grades: true, counts: ['trigger', 'image'] },
} as const;

type Reply = Extract<Frame, { kind: 'reply' }>;
type Report = (signal: DeviceSignal) => void;

/** What carrying out a command needs of its session. */
interface ReaderContext {
  readonly device: string;
  readonly talk: Conversation;
  readonly asked: Questions<number, Reply>;
  lastId: number;
}

/** Cognex DataMan over DMCC (docs/devices/cognex-dataman.md). */
export function datamanDriver(device: string): Driver<DeviceSignal, ReaderDirective> {
  return {
    ...COGNEX_DATAMAN,
    async connect(wire, report) {
      const sort = sorter(device, report);
      const asked = questions<number, Reply>();
      const talk = converse(wire, frameReader(), (frame) => {
        if (frame.kind === 'reply' && frame.status !== dmcc.RESULT) {
          if (frame.status === dmcc.AGREED) talk.alive();
          asked.answer(frame.id, frame);
        } else sort(frame);
      });
      void talk.ended.then(() => asked.abandon());
      const context: ReaderContext = { device, talk, asked, lastId: 0 };
      const refusal = await greet(context);
      if (refusal !== undefined) {
        await talk.close();
        throw new Error(refusal.detail);
      }
      talk.beat({ period: BEAT, limit: SILENCE, ask: () => void tell(context, dmcc.GET_NAME) });
      return sessionOf(context);
    },
  };
}

function sessionOf(context: ReaderContext): Session<ReaderDirective> {
  const commands = { arm: dmcc.TRIGGER_ON, disarm: dmcc.TRIGGER_OFF } as const;
  return {
    ended: context.talk.ended,
    tell: ({ kind }) => tell(context, commands[kind]),
    close: () => context.talk.close(),
  };
}

/** Response mode, who it is, and the symbology. Results count from then on. */
async function greet(context: ReaderContext): Promise<Fault | undefined> {
  void context.talk.send(encodeCommand(nextId(context), dmcc.SPEAK));
  for (const command of [dmcc.GET_TYPE, dmcc.GET_NAME, dmcc.GET_SERIAL_NUMBER, dmcc.USE_DATA_MATRIX]) {
    const refusal = await tell(context, command);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

async function tell(context: ReaderContext, command: string): Promise<Fault | undefined> {
  const { device, talk, asked } = context;
  const id = nextId(context);
  const answer = asked.ask(id, SILENCE);
  const reply = (await talk.send(encodeCommand(id, command))) ? await answer : undefined;
  if (reply === undefined) return { code: 'no-answer', device, detail: `the reader did not answer to ${command}` };
  if (reply.status === dmcc.AGREED) return undefined;
  const meaning = dmcc.STATUS_MEANINGS[reply.status] ?? unquote(reply.data);
  return { code: String(reply.status), device, detail: `${command}: ${meaning}` };
}

function nextId(context: ReaderContext): number {
  context.lastId = (context.lastId % 99_999_999) + 1;
  return context.lastId;
}

/** A result belongs to a trigger once, and triggers only go up within a connection. */
function sorter(device: string, report: Report): (frame: Frame) => void {
  let last = 0;

  function unsolicited(text: string, at: Instant): void {
    report({ kind: 'unsolicited', at, device, detail: text.slice(0, NOISE_SHOWN) });
  }

  return (frame) => {
    if (frame.kind === 'noise') return unsolicited(frame.text, frame.at);
    const reading = dmcc.parseResult(frame.data, frame.at);
    if (reading === undefined) return unsolicited(frame.data, frame.at);
    if (reading.trigger <= last) return unsolicited(`trigger ${reading.trigger} again: ${frame.data}`, frame.at);
    last = reading.trigger;
    report({ kind: 'item-read', at: frame.at, device, reading });
  };
}
