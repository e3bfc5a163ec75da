import { describe, expect, it } from 'vitest';
import type { EyeView } from '#contract/eye.ts';
import { heldView } from '#renderer/parts/eye/hold-view.ts';

function view(frame: number, at: number, verdict?: 'PASS' | 'FAIL'): EyeView {
  return {
    frame,
    at,
    profile: `PCG of ${frame}`,
    inspection: {
      trigger: frame,
      at,
      codes: [],
      parameters: [],
      causes: [],
      flags: [],
      ...(verdict === undefined ? {} : { verdict: { verdict } }),
    },
  };
}

describe('the picture of an item', () => {
  it('appears together with its verdict', () => {
    const judged = view(1, 1_000, 'FAIL');
    const waiting = heldView(judged, view(2, 1_200));
    expect(waiting).toEqual({ ...judged, frame: 2, at: 1_200 });
    expect(heldView(waiting, view(3, 1_300, 'PASS'))).toEqual(view(3, 1_300, 'PASS'));
  });

  it('appears at once while there is none to keep', () => {
    expect(heldView(undefined, view(1, 1_000))).toEqual(view(1, 1_000));
    expect(heldView(view(1, 1_000), view(2, 1_200))).toEqual(view(2, 1_200));
  });

  it('appears without one when the verdict does not come', () => {
    const judged = view(1, 1_000, 'PASS');
    expect(heldView(judged, view(2, 2_600))).toEqual(view(2, 2_600));
    expect(heldView(judged, { ...view(2, 1_200), at: 2_800 })).toMatchObject({ inspection: { trigger: 2 } });
  });

  it('gives way to what the camera says of itself', () => {
    const { inspection: _, ...bare } = view(2, 1_200);
    expect(heldView(view(1, 1_000, 'PASS'), bare)).toEqual(bare);
  });
});
