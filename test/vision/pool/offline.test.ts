import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { CONTENT } from '../decode/picture.ts';

vi.setConfig({ testTimeout: 120_000 }); // a machine may be busy with other things

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const START = ['--import', here('./no-network.ts'), here('./offline-start.ts')];

/** A network namespace of its own holds nothing but a loopback that is down. */
const canUnshare = spawnSync('unshare', ['-rn', 'true']).status === 0;

describe('a workstation without a network', () => {
  it('starts its decoder, reads, and tries no connection', () => {
    const { stdout, stderr } = spawnSync(process.execPath, START, { encoding: 'utf8' });
    expect({ stdout, attempts: stderr.match(/CONNECTION ATTEMPT.*/g) }).toEqual({
      stdout: JSON.stringify(CONTENT),
      attempts: null,
    });
  });

  it.skipIf(!canUnshare)(
    `reads where no connection is possible${canUnshare ? '' : ' (skipped: unshare -rn is not permitted here)'}`,
    () => {
      const { stdout } = spawnSync('unshare', ['-rn', process.execPath, ...START], { encoding: 'utf8' });
      expect(stdout).toBe(JSON.stringify(CONTENT));
    },
  );
});
