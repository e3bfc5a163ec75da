import type { EpcisEvent, Problem } from '#epcis/event-model.ts';
import type { Validator } from '#epcis/validator.ts';
import type { Events } from '#epcis/write-json.ts';

/** A document was about to say what it must not say; nothing of it may leave. */
export class DocumentRefused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'DocumentRefused';
    this.problem = problem;
  }
}

/**
 * Passes events on that break no rule, one at a time, on their way into a document. Throws `DocumentRefused` at the first
 * error; warnings pass.
 */
export async function* checked(events: Events, judge: Validator): AsyncGenerator<EpcisEvent> {
  refuse(judge.head);
  for await (const event of events) {
    refuse(judge.next(event));
    yield event;
  }
  refuse(judge.end());
}

function refuse(problems: readonly Problem[]): void {
  const error = problems.find(({ severity }) => severity === 'error');
  if (error !== undefined) throw new DocumentRefused(error);
}
