import { describe, expect, it } from 'vitest';
import { fileFailure } from '#publish/file-failure.ts';

const refusal = (code: string) => Object.assign(new Error(code), { code, syscall: 'write' });

describe('a file that could not be written', () => {
  it.each([
    ['ENOSPC', 'disk-full', /full \(after 4096 bytes\).*Free some space/],
    ['EDQUOT', 'disk-full', /Free some space/],
    ['EACCES', 'not-writable', /not allowed.*permissions/],
    ['EROFS', 'not-writable', /not allowed/],
    ['EBUSY', 'not-writable', /open in another program/],
    ['ENOENT', 'no-folder', /there is no folder/],
    ['EIO', 'io', /reported EIO.*Check the disk/],
  ])('because of %s is %s, with what to do', (code, kind, message) => {
    const failure = fileFailure(refusal(code), '/exports/a.csv', 4096);
    expect(failure).toEqual({ code: kind, message: expect.stringMatching(message) });
    expect(failure.message).toMatch(/^a\.csv was not written: .*export again/);
  });

  it('because we were wrong is no failure of the disk', () => {
    const ours = new TypeError('not a function');
    expect(() => fileFailure(ours, '/exports/a.csv', 0)).toThrow(ours);
  });
});
