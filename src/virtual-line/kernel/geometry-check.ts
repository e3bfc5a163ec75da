import type { Geometry } from '#virtual-line/kernel/geometry.ts';

interface Condition {
  readonly id: string;
  holds(g: Geometry): boolean;
  says(g: Geometry): string;
}

const seconds = (milliseconds: number): number => milliseconds / 1000;
const mm = (value: number): string => `${Math.round(value)} mm`;
const ms = (value: number): string => `${Math.round(value)} ms`;

/** Where the belt stands at the latest when an item that missed the chute, or passed the exit wrongly, was noticed. */
function stopsAt(g: Geometry): number {
  const v = g.belt.speed;
  const chuteWindowEnds = g.positions.divertAxis + v * seconds(g.divert.chuteMax + g.divert.open + g.divert.dwell / 2);
  const detected = Math.max(chuteWindowEnds, g.positions.goodExit);
  return detected + v * seconds(2 * g.plc.scan) + v ** 2 / (2 * g.belt.fastStop);
}

const strokeTime = (g: Geometry): number => g.divert.open + g.divert.dwell + g.divert.close;
const gapTime = (g: Geometry): number =>
  ((g.item.pitchMin - g.item.length / 2 - g.divert.width / 2) / g.belt.speed) * 1000;
const budget = (g: Geometry): number => ((g.positions.deadline - g.positions.cameraAxis) / g.belt.speed) * 1000;
const inTracking = (g: Geometry): number =>
  Math.ceil((g.positions.goodExit - g.positions.printTrigger) / g.item.pitchMin) + 4;

// devices.md §5.6, G1 to G7, at the rated belt speed.
const CONDITIONS: readonly Condition[] = [
  {
    id: 'G0',
    holds: ({ positions: p, belt, item }) =>
      belt.speed > 0 &&
      belt.accelerate > 0 &&
      belt.fastStop > 0 &&
      item.length < item.pitchMin &&
      item.pitchMin <= item.pitchMean &&
      item.pitchMean <= item.pitchMax &&
      p.printTrigger + p.printDelay + p.printLength <= p.cameraTrigger &&
      p.cameraTrigger <= p.cameraAxis &&
      p.cameraAxis < p.deadline &&
      p.divertArming < p.divertAxis &&
      p.divertAxis < p.goodExit &&
      p.goodExit < p.casePacker,
    says: () => 'The stations must follow each other along a moving belt, and items must not overlap.',
  },
  {
    id: 'G1',
    holds: (g) => budget(g) >= g.plc.verdictLatency / 0.7,
    says: (g) =>
      `From camera to deadline there are ${ms(budget(g))}, but verdicts need ${ms(g.plc.verdictLatency)} with 30 % in reserve.`,
  },
  {
    id: 'G2',
    holds: (g) => g.positions.deadline + 2 * g.belt.speed * seconds(g.plc.scan) < g.positions.divertArming,
    says: () => 'The PLC has no two scans left between the verdict deadline and the divert arming eye.',
  },
  {
    id: 'G3',
    holds: (g) => strokeTime(g) <= gapTime(g),
    says: (g) =>
      `The ${g.divert.element} needs ${ms(strokeTime(g))}, but is in the way of the next item after ${ms(gapTime(g))}.`,
  },
  {
    id: 'G4',
    holds: (g) =>
      g.divert.confirm === 'count' || g.divert.chuteMax - g.divert.chuteMin <= (g.item.pitchMin / g.belt.speed) * 1000,
    says: () => 'The chute windows of neighbouring items overlap: confirm diverts by count.',
  },
  {
    id: 'G5',
    holds: (g) => stopsAt(g) < g.positions.casePacker,
    says: (g) =>
      `An item that missed its divert stops at ${mm(stopsAt(g))}, behind the case packer at ${mm(g.positions.casePacker)}.`,
  },
  {
    id: 'G6',
    holds: (g) => inTracking(g) <= g.plc.register,
    says: (g) => `${inTracking(g)} items can be between print and exit, but the PLC tracks ${g.plc.register}.`,
  },
  {
    id: 'G7',
    holds: (g) => g.belt.speed * seconds(g.camera.exposure) <= g.camera.module / 10,
    says: (g) =>
      `The picture blurs by ${(g.belt.speed * seconds(g.camera.exposure)).toFixed(3)} mm, more than a tenth of a module.`,
  },
];

/** One sentence for each condition the line breaks; empty for a line that can work. */
export function violations(geometry: Geometry): readonly string[] {
  return CONDITIONS.filter(({ holds }) => !holds(geometry)).map(({ id, says }) => `${id}: ${says(geometry)}`);
}
