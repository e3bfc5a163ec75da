import sets from '#virtual-line/camera/defect-sets.json' with { type: 'json' };
import { itemScene } from '#virtual-line/camera/label.ts';
import { type Rendered, renderFrame } from '#virtual-line/camera/render.ts';
import { type CameraView, cameraView } from '#virtual-line/camera/scene.ts';
import { FLAWLESS, type PrintDefects } from '#virtual-line/print-defects.ts';

/** What two readers of other people made of the pictures of a set when it was calibrated. */
export interface Judgement {
  /** `must`: both read every picture. `must-not`: neither read any. `may`: anything between. */
  readonly label: string;
  /** Pictures read, of `PICTURES`: `dmtxread -G29`, and `ZXingReader` of zxing-cpp 1.4. */
  readonly dmtxread: number;
  readonly zxingReader: number;
}

/** One class of defects at one strength: what differs from a good print before a well-adjusted camera. */
export interface DefectSet extends Judgement {
  readonly name: string;
  readonly print?: Partial<PrintDefects>;
  readonly camera?: Partial<CameraView>;
  readonly mirrored?: boolean;
}

/**
 * Defects by which readers and graders are compared (virtual-line.md §3): what is read against `must-not` is a false
 * accept, what is not read against `must` a false reject. Calibrating again is a change to be reviewed.
 */
export const DEFECT_SETS: readonly DefectSet[] = sets as readonly DefectSet[];

/** Pictures to a set: other serials, other noise, other dirt. */
export const PICTURES = 3;

/** What is printed on picture `no` of a set, and the picture: 640 × 480, Data Matrix 22 × 22 at 6 px a module. */
export function defectPicture(set: DefectSet, no: number): { readonly content: string; readonly image: Rendered } {
  const { print } = set;
  const content = contentOf(no);
  const scene = itemScene(content, {
    print: { ...FLAWLESS, ...print },
    seed: no + 1,
    over: print?.overprint === undefined ? '' : contentOf(no + 50),
  });
  const { mirrored = false } = set;
  return { content, image: renderFrame({ ...scene, mirrored }, cameraOf(set)) };
}

const cameras = new WeakMap<DefectSet, CameraView>();

/** One camera object to a set: the renderer keeps what it computed for it. */
function cameraOf(set: DefectSet): CameraView {
  const camera = cameras.get(set) ?? cameraView(set.camera);
  cameras.set(set, camera);
  return camera;
}

function contentOf(no: number): string {
  return `010952123454321321K7${String((no + 1) * 7_654_321).padStart(10, '0')}\u001d1728123110LOT42`;
}
