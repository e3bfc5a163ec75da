import type { ReactNode } from 'react';
import type { EyeInspection } from '#contract/eye.ts';
import { StaleMark } from '#renderer/parts/stale-mark.tsx';
import { eyeWords, READ_BY_WORDS, verdictSentence } from '#renderer/words/eye.ts';
import { groupsOfFour } from '#renderer/words/format.ts';
import './verdict-banner.css';

interface VerdictBannerProps {
  readonly inspection: EyeInspection | undefined;
  /** The grade in its honest form; the station words it, the page never shortens it. */
  readonly profile: string | undefined;
}

/** What was decided about the last item and why; its grade, and how its code was read. */
export function VerdictBanner({ inspection, profile }: VerdictBannerProps): ReactNode {
  const verdict = inspection?.verdict;
  const readBy = inspection?.codes[0]?.readBy;
  const isGraded = inspection?.overall !== undefined;
  return (
    <section
      className="panel verdict-banner"
      data-testid="verdict"
      data-verdict={verdict?.verdict}
      data-read-by={readBy}
      aria-label={eyeWords.verdict}
    >
      <p className="decided live-value">
        {verdict === undefined ? (
          <span className="waiting">{inspection === undefined ? eyeWords.noVerdict : eyeWords.waiting}</span>
        ) : (
          <>
            <VerdictShape verdict={verdict.verdict} />
            <strong>{verdict.verdict}</strong>
            <span className="because" title={verdictSentence(verdict)}>
              {verdictSentence(verdict)}
            </span>
          </>
        )}
        <StaleMark />
      </p>
      {inspection !== undefined && (
        <p className="graded live-value">
          <span data-testid="pcg">{isGraded && profile !== undefined ? profile : eyeWords.notGraded}</span>
          {readBy !== undefined && (
            <>
              {' · '}
              <span className="read-by" data-testid="read-by">
                {READ_BY_WORDS[readBy]}
              </span>
            </>
          )}
          {verdict?.serial !== undefined && (
            <>
              {' · '}
              <span className="identifier">{groupsOfFour(verdict.serial)}</span>
            </>
          )}
        </p>
      )}
    </section>
  );
}

function VerdictShape({ verdict }: { readonly verdict: 'PASS' | 'FAIL' }): ReactNode {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={verdict === 'PASS' ? 'M3 13 L9.500 19.500 L21 5' : 'M4 4 L20 20 M20 4 L4 20'} />
    </svg>
  );
}
