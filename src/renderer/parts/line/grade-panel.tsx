import type { ReactNode } from 'react';
import type { RunView } from '#contract/snapshot.ts';
import { words } from '#renderer/words/en.ts';
import { figure, percent } from '#renderer/words/format.ts';
import './grade-panel.css';

interface GradePanelProps {
  readonly grades: RunView['grades'];
}

/** How the print quality is spread over the letters: six columns of one height scale. */
export function GradePanel({ grades }: GradePanelProps): ReactNode {
  const all = grades.reduce((sum, count) => sum + count, 0);
  const most = Math.max(...grades, 1);
  return (
    <section className="panel grade-panel" aria-label={words.overview.grades} data-testid="grades">
      <h2>{words.overview.grades}</h2>
      <ol className="grade-columns">
        {words.overview.gradeNames.map((name, index) => {
          const count = grades[index] ?? 0;
          return (
            <li key={name} data-testid={`grade-${name}`} aria-label={`${name}: ${figure(count)}`}>
              <span>{all === 0 ? words.overview.none : percent(count / all, 0)}</span>
              <span className="column">
                <div style={{ height: `${(100 * count) / most}%` }} />
              </span>
              <b>{name}</b>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
