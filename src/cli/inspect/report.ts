/** What the caller knows besides the input. */
export interface Context {
  /** Digits of the GS1 Company Prefix; without it no EPC URN is written, for the length is never guessed. */
  readonly gcpLength?: number;
  /** The plant's date, `YYYY-MM-DD`. */
  readonly today: string;
  /** Milliseconds since 1970, to find events that lie in the future. */
  readonly now: number;
}

/** One part of a code: an element with its AI, or a component of a URN or of a message. */
export interface Part {
  readonly name: string;
  readonly title: string;
  readonly value: string;
  /** What the value says: a date in words, a weight with its unit, a verdict on a check digit. Empty where it says nothing. */
  readonly meaning: string;
}

/** The same content in another form, or why there is none. */
export type Form = { readonly name: string; readonly value: string } | { readonly name: string; readonly none: string };

/** What is wrong or doubtful. `position` and `length` count characters of the input as it was given, from 0. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly rule: string;
  readonly ai?: string;
  /** Where in a document; codes have a position instead. */
  readonly path?: string;
  readonly position?: number;
  readonly length?: number;
  /** One plain sentence, without the place. */
  readonly message: string;
}

/** How often something occurs, or another figure about a document. */
export interface Figure {
  readonly name: string;
  readonly value: string;
}

/** `unusable`: nothing that can be inspected here. `problems`: recognised, and something is wrong with it. */
export type Verdict = 'clean' | 'problems' | 'unusable';

/** Everything that is known about one input. */
export interface Report {
  /** The input, cut where it is a file. */
  readonly input: string;
  /** The machine's word for what it is, such as `element-string`. */
  readonly kind: string;
  /** The same for people: the title line. */
  readonly what: string;
  readonly verdict: Verdict;
  /** What was assumed, and other remarks. */
  readonly notes: readonly string[];
  readonly parts: readonly Part[];
  readonly figures: readonly Figure[];
  readonly forms: readonly Form[];
  readonly problems: readonly Finding[];
}

/** What a recogniser knows; the rest is empty. */
export type Found = Pick<Report, 'kind' | 'what'> & Partial<Omit<Report, 'verdict' | 'input'>>;

/** A report on something that was recognised: clean unless a finding is an error. */
export function reportOf(input: string, found: Found): Report {
  const problems = found.problems ?? [];
  const verdict = problems.some(({ severity }) => severity === 'error') ? 'problems' : 'clean';
  return { input, verdict, notes: [], parts: [], figures: [], forms: [], ...found, problems };
}

/** A report on something that cannot be inspected; `notes` say why, and what to do. */
export function unusable(input: string, kind: string, what: string, notes: readonly string[]): Report {
  return { input, kind, what, verdict: 'unusable', notes, parts: [], figures: [], forms: [], problems: [] };
}
