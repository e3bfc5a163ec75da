import { type FrameRing, openFrameRing } from '#contract/frame-ring.ts';
import type { EvidenceOpening, EvidenceReply, EvidenceRequest } from '#vision/evidence/messages.ts';
import { encodePng } from '#vision/evidence/png.ts';
import { fileOf, openShelf, type Shelf } from '#vision/evidence/shelf.ts';
import { writePicture } from '#vision/evidence/write-picture.ts';

type Keep = Extract<EvidenceRequest, { kind: 'keep' }>;

/** The evidence thread's work, apart from the thread: each request, and what is to be answered. */
export function openKeeper(opening: EvidenceOpening, reply: (reply: EvidenceReply) => void) {
  const ring = openFrameRing(opening.ring);
  let shelf: Shelf | undefined;
  let open: number | undefined;
  // The folder may be away at the start, and come back: it is looked into again as long as it could not be.
  const shelfNow = (): Shelf => {
    shelf ??= openShelf(opening.folder, opening.maxBytes, opening.maxAge);
    shelf.openRun(open);
    return shelf;
  };
  return (request: Exclude<EvidenceRequest, { kind: 'close' }>): void => {
    switch (request.kind) {
      case 'keep':
        reply(keep(opening, ring, request, shelfNow, reply));
        return;
      case 'open-run':
        open = request.run;
        return;
      case 'retire':
        retire(shelfNow, request.at, reply);
        return;
    }
  };
}

function keep(
  { folder }: EvidenceOpening,
  ring: FrameRing,
  { id, slot, of, at }: Keep,
  shelfNow: () => Shelf,
  reply: (reply: EvidenceReply) => void,
): EvidenceReply {
  try {
    const frame = ring.look(slot);
    const png = encodePng(frame);
    const shelf = shelfNow();
    const { fits, removed } = shelf.makeRoom(png.length);
    if (removed.length > 0) reply({ kind: 'removed', pictures: removed });
    if (!fits) return { kind: 'lost', id, why: 'the room for pictures is used up by those that may not be removed' };
    const file = fileOf(of);
    const { sha256 } = writePicture(folder, file, png);
    shelf.add(of, png.length, at);
    return { kind: 'kept', id, file: { file, bytes: png.length, sha256, width: frame.width, height: frame.height } };
  } catch (error) {
    return { kind: 'lost', id, why: reasonOf(error) };
  }
}

function retire(shelfNow: () => Shelf, at: number, reply: (reply: EvidenceReply) => void): void {
  try {
    const pictures = shelfNow().retire(at);
    if (pictures.length > 0) reply({ kind: 'removed', pictures });
  } catch {
    return; // a folder that cannot be read: the next picture will say so
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'the folder of the pictures may not be written',
  EPERM: 'the folder of the pictures may not be written',
  EROFS: 'the disk may only be read',
  ENOTDIR: 'something else lies where the folder of the pictures should be',
  EEXIST: 'something else lies where the folder of the pictures should be',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (code === '' ? String(error instanceof Error ? error.message : error) : code);
}
