const WIDTH = 40;

/** A progress bar on a terminal; on anything else one line every tenth. */
export function progressLine(of: number) {
  let lastTenth = -1;
  return {
    show(done: number, words: string): void {
      const share = Math.min(1, done / of);
      if (process.stdout.isTTY) {
        const filled = Math.round(share * WIDTH);
        process.stdout.write(
          `\r[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${done}/${of} ${words.padEnd(12)}`,
        );
        return;
      }
      const tenth = Math.floor(share * 10);
      if (tenth > lastTenth) process.stdout.write(`${done}/${of} good, ${words}\n`);
      lastTenth = Math.max(lastTenth, tenth);
    },
    end(): void {
      if (process.stdout.isTTY) process.stdout.write('\n');
    },
  };
}
