import type { ReactNode } from 'react';
import type { Overlay } from '#renderer/parts/picture/overlay.ts';
import { type Box, hasEdgeIn } from '#renderer/parts/picture/picture-geometry.ts';
import { checkSentence, eyeWords } from '#renderer/words/eye.ts';
import './picture-legend.css';

interface PictureLegendProps {
  readonly overlay: Overlay;
  /** The part of the frame that is shown. */
  readonly view: Box;
  /** Room for a sentence on each check that is not met; a live picture has none to spare. */
  readonly isFull?: boolean;
}

/** What the marks in a picture mean, as far as they are to be seen. Lines of causes have their word in the picture. */
export function PictureLegend({ overlay, view, isFull = false }: PictureLegendProps): ReactNode {
  const { window, codes, unread, checks } = overlay;
  const { legend } = eyeWords;
  const wrong = wrongIn(overlay);
  const isWindowSeen = window !== undefined && hasEdgeIn(window, view);
  return (
    <ul className="picture-legend" aria-label={legend.label}>
      {isWindowSeen && <li data-mark="window">{legend.window}</li>}
      {codes.length > 0 && <li data-mark="code">{legend.code}</li>}
      {unread !== undefined && <li data-mark="unread">{legend.unread}</li>}
      {checks.some(({ isMet }) => isMet) && <li data-mark="met">{legend.met}</li>}
      {wrong > 0 && <li data-mark="wrong">{legend.wrong(wrong)}</li>}
      {missedIn(overlay, isFull).map((text) => (
        <li key={text} data-mark="missed">
          {text}
        </li>
      ))}
    </ul>
  );
}

/** Modules of all codes that have the wrong colour. */
export function wrongIn({ codes }: Pick<Overlay, 'codes'>): number {
  return codes.reduce((sum, code) => sum + code.wrongModules.length, 0);
}

function missedIn({ checks }: Overlay, isFull: boolean): readonly string[] {
  const missed = checks.filter(({ isMet }) => !isMet);
  if (missed.length === 0) return [];
  return isFull ? missed.map(checkSentence) : [eyeWords.legend.missed];
}
