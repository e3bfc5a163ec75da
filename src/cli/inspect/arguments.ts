import { parseArgs } from 'node:util';

/** What was typed after `inspect`. */
export interface InspectArguments {
  readonly texts: readonly string[];
  readonly files: readonly string[];
  readonly isJson: boolean;
  readonly isStrict: boolean;
  readonly gcpLength: number | undefined;
}

/** What was typed after `inspect`, or a sentence about what is wrong with it. */
export function readInspectArguments(argv: readonly string[]): InspectArguments | string {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { values, positionals } = parsed;
  const gcpLength = values.gcp === undefined ? undefined : Number(values.gcp);
  if (gcpLength !== undefined && !(Number.isInteger(gcpLength) && gcpLength >= 4 && gcpLength <= 12)) {
    return '--gcp is the number of digits of the GS1 Company Prefix, 4 to 12.';
  }
  return {
    texts: positionals,
    files: values.file ?? [],
    isJson: values.json ?? false,
    isStrict: values.strict ?? false,
    gcpLength,
  };
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: {
      file: { type: 'string', multiple: true },
      gcp: { type: 'string' },
      json: { type: 'boolean' },
      strict: { type: 'boolean' },
    },
    allowPositionals: true,
  });
}
