import type { ReactNode } from 'react';
import type { EyeInspection, EyeParameter } from '#contract/eye.ts';
import { eyeWords } from '#renderer/words/eye.ts';
import {
  gradeAndLetter,
  gradeFigure,
  isCameraDependent,
  PARAMETER_WORDS,
  parameterValue,
} from '#renderer/words/parameters.ts';
import './parameter-table.css';

interface ParameterTableProps {
  readonly inspection: Pick<EyeInspection, 'parameters' | 'flags'> | undefined;
  /** The curve that is shown beside the table. */
  readonly chosen: string;
  readonly onChoose: (parameter: EyeParameter['parameter']) => void;
}

/** Every graded parameter in one quiet row; only what is not normal has a colour and a mark. */
export function ParameterTable({ inspection, chosen, onChoose }: ParameterTableProps): ReactNode {
  const { columns, title, none, nothing } = eyeWords.parameters;
  return (
    <section className="panel parameter-table" data-testid="parameters">
      <h2 className="only-heard">{title}</h2>
      {inspection === undefined || inspection.parameters.length === 0 ? (
        <p className="nothing">{inspection === undefined ? none : nothing}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{columns.name}</th>
              <th scope="col" className="number">
                {columns.value}
              </th>
              <th scope="col">{columns.bar}</th>
              <th scope="col">{columns.grade}</th>
              <th scope="col" className="number">
                {columns.limit}
              </th>
              <th scope="col">{columns.note}</th>
            </tr>
          </thead>
          <tbody>
            {inspection.parameters.map((one) => (
              <Row
                key={one.parameter}
                one={one}
                note={noteOf(one, inspection.flags)}
                isChosen={chosen === one.parameter}
                onChoose={onChoose}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface RowProps {
  readonly one: EyeParameter;
  readonly note: string;
  readonly isChosen: boolean;
  readonly onChoose: ParameterTableProps['onChoose'];
}

function Row({ one, note, isChosen, onChoose }: RowProps): ReactNode {
  const { name, short, means } = PARAMETER_WORDS[one.parameter];
  return (
    <tr data-testid={`parameter-${one.parameter}`} data-state={one.state} data-chosen={isChosen}>
      <th scope="row">
        <button type="button" title={means} aria-pressed={isChosen} onClick={() => onChoose(one.parameter)}>
          {name} <small>{short}</small>
        </button>
      </th>
      <td className="number live-value">{parameterValue(one)}</td>
      <td>
        <GradeBar grade={one.grade} limit={one.limit} />
      </td>
      <td className="grade live-value">{gradeAndLetter(one.grade)}</td>
      <td className="number">{one.limit === undefined ? eyeWords.parameters.noLimit : gradeFigure(one.limit)}</td>
      <td className="note">{note}</td>
    </tr>
  );
}

function GradeBar({ grade, limit }: { readonly grade: number; readonly limit: number | undefined }): ReactNode {
  return (
    <svg className="grade-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
      <rect className="track" x="0" y="2" width="100" height="8" />
      <rect className="bar" x="0" y="2" width={grade * 25} height="8" />
      {limit !== undefined && <rect className="limit" x={limit * 25 - 0.75} y="0" width="1.5" height="12" />}
    </svg>
  );
}

function noteOf({ parameter, state }: EyeParameter, flags: EyeInspection['flags']): string {
  const { failed, outside, cameraDependent } = eyeWords.parameters;
  if (state === 'failed') return `▲ ${failed}`;
  if (state === 'outside') return `▼ ${outside}`;
  return isCameraDependent(parameter, flags) ? cameraDependent : '';
}
