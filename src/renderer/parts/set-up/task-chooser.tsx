import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CameraSetUp, SetUpTask } from '#contract/camera-set-up.ts';
import { SetUpLimits } from '#renderer/parts/set-up/set-up-limits.tsx';
import type { TaskDraft } from '#renderer/parts/set-up/task-draft.ts';
import { lineChoices, setUpWords } from '#renderer/words/set-up.ts';
import './task-chooser.css';

interface TaskChooserProps {
  readonly draft: TaskDraft;
  readonly lines: CameraSetUp['lines'];
  readonly onChange: (draft: TaskDraft) => void;
}

const KINDS = ['flat-field', 'plane', 'card', 'font'] as const satisfies readonly SetUpTask['kind'][];

/** What the camera can learn, with the figures that each task needs and what it is good for. */
export function TaskChooser({ draft, lines, onChange }: TaskChooserProps): ReactNode {
  return (
    <section className="panel task-chooser" aria-label={setUpWords.tasks}>
      <div className="kinds" role="radiogroup" aria-label={setUpWords.tasks}>
        {KINDS.map((kind) => (
          <label key={kind} data-chosen={draft.kind === kind}>
            <input
              type="radio"
              name="task"
              value={kind}
              checked={draft.kind === kind}
              onChange={() => onChange({ ...draft, kind })}
              data-testid={`task-${kind}`}
            />
            {setUpWords.task[kind].name}
          </label>
        ))}
      </div>
      <p>{setUpWords.task[draft.kind].what}</p>
      <TaskFields draft={draft} lines={lines} onChange={onChange} />
      <SetUpLimits kind={draft.kind} />
    </section>
  );
}

/** Fields that take a figure. */
type Figure = 'card' | 'across' | 'down' | 'square' | 'module';

const FIELDS = {
  'flat-field': ['card'],
  plane: ['across', 'down', 'square'],
  card: ['module'],
  font: [],
} as const satisfies Record<SetUpTask['kind'], readonly Figure[]>;

function TaskFields({ draft, lines, onChange }: TaskChooserProps): ReactNode {
  if (draft.kind === 'font') return <FontFields draft={draft} lines={lines} onChange={onChange} />;
  return (
    <div className="fields">
      {FIELDS[draft.kind].map((field) => (
        <TextInput
          key={field}
          label={setUpWords.field[field]}
          size="lg"
          inputMode="decimal"
          rightSection={setUpWords.unit[field]}
          value={draft[field]}
          onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
          data-testid={`field-${field}`}
        />
      ))}
    </div>
  );
}

function FontFields({ draft, lines, onChange }: TaskChooserProps): ReactNode {
  if (lines.length === 0) return <p>{setUpWords.noLines}</p>;
  return (
    <div className="fields">
      <NativeSelect
        label={setUpWords.field.line}
        size="lg"
        value={draft.line}
        onChange={(event) => onChange({ ...draft, line: event.currentTarget.value })}
        data={lineChoices({ lines })}
        data-testid="field-line"
      />
      <label className="choice">
        <input
          type="checkbox"
          checked={draft.isNew}
          onChange={(event) => onChange({ ...draft, isNew: event.currentTarget.checked })}
          data-testid="field-new"
        />
        {setUpWords.field.isNew}
      </label>
    </div>
  );
}
