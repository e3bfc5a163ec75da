import { words } from '#renderer/words/en.ts';
import { readableCode } from '#renderer/words/format.ts';

/** What the station is busy with; a task without words is made readable. */
export function taskText(task: string): string {
  return Object.entries(words.busy).find(([known]) => known === task)?.[1] ?? readableCode(task);
}
