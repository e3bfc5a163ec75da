import { words } from '#renderer/words/en.ts';

/** What to tell when a call got no answer from the rules of the line. */
export function troubleText(trouble: 'lost' | 'unauthorized' | 'bad-request' | 'internal'): string {
  switch (trouble) {
    case 'lost':
      return words.actions.lost;
    case 'unauthorized':
      return words.link.unauthorized;
    case 'bad-request':
      return words.link.badRequest;
    case 'internal':
      return words.link.internal;
  }
}
