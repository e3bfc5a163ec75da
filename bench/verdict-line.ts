/** How a verdict leaves for the sink: one line of text, so that it can be found in a trace of system calls. */
export function verdictLine(seq: number, pass: boolean, reason: number): string {
  return `V ${seq} ${pass ? 'PASS' : 'FAIL'} ${reason}\n`;
}

/** One verdict as it arrived. */
export interface Answer {
  readonly seq: number;
  readonly pass: boolean;
}

/** Cuts the sink's stream into verdicts; a line that is not whole waits for the rest. */
export function answerReader(): (text: string) => Answer[] {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    return lines.map((line) => {
      const [, seq, word] = line.split(' ');
      return { seq: Number(seq), pass: word === 'PASS' };
    });
  };
}
