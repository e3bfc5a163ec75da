#!/usr/bin/env node
const USAGE = `linewright demo --items N --out DIR [--faults F02@300,F10@500:20s] [--speed 10] [--seed N]
    runs a whole order on the virtual line, writes exports and summary.json, and lets the oracle judge
linewright inspect [TEXT or FILE …] [--file FILE] [--gcp N] [--json] [--strict]
    says what a code, URI, URN or EPCIS file is, its parts and its problems; without arguments it reads a pipe
linewright verify FILE [--head HASH]
    checks the hash chain of a line database without the application`;

/** Each command loads what it needs and no more: who inspects a code does not wait for a workstation. */
const COMMANDS: Readonly<Record<string, (argv: readonly string[]) => Promise<number>>> = {
  demo: async (argv) => (await import('#cli/demo.ts')).runDemo(argv),
  inspect: async (argv) => (await import('#cli/inspect.ts')).runInspect(argv),
  verify: async (argv) => (await import('#cli/verify.ts')).runVerify(argv),
};

const [name = '', ...argv] = process.argv.slice(2);
const command = COMMANDS[name];
if (command === undefined) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  process.exitCode = await command(argv);
}

export {}; // a module, so that it may await
