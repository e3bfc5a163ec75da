import { TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SetUpSession } from '#contract/camera-set-up.ts';
import { CutList } from '#renderer/parts/set-up/cut-list.tsx';
import { SetUpLimits } from '#renderer/parts/set-up/set-up-limits.tsx';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { keptTogether, STEPS, setUpWords } from '#renderer/words/set-up.ts';
import './set-up-steps.css';

interface SetUpStepsProps {
  readonly session: SetUpSession;
  /** What was typed for a font: the text of its line, and the serial number of an item with a kept picture. */
  readonly text: string;
  readonly serial: string;
  readonly onText: (text: string) => void;
  readonly onSerial: (serial: string) => void;
  readonly onKept: () => void;
}

/** Where the set-up stands: its steps, and a sentence on what to do now. */
export function SetUpSteps(props: SetUpStepsProps): ReactNode {
  const { session, text, onText } = props;
  const { task, step, sentence, trouble, isBusy } = session;
  return (
    <section className="panel set-up-steps" aria-label={setUpWords.steps} data-testid="set-up-steps" data-step={step}>
      <StepList task={task} step={step} />
      <p className="sentence" role="status" data-testid="set-up-sentence">
        {isBusy ? setUpWords.busy : keptTogether(sentence)}
      </p>
      {step === 'wants-card' && <Progress done={session.done} of={session.of} />}
      {trouble !== undefined && (
        <p className="trouble" role="alert" data-testid="set-up-trouble">
          <IconAlertTriangle aria-hidden="true" />
          {keptTogether(trouble)}
        </p>
      )}
      {step === 'wants-text' && (
        <TextInput
          label={setUpWords.field.text}
          size="lg"
          value={text}
          maxLength={60}
          onChange={(event) => onText(event.currentTarget.value)}
          data-testid="set-up-text"
        />
      )}
      {step === 'wants-picture' && <KeptChoice {...props} />}
      {step === 'done' && <CutList session={session} />}
      {step === 'done' && <SetUpLimits kind={task.kind} />}
    </section>
  );
}

function StepList({ task, step }: Pick<SetUpSession, 'task' | 'step'>): ReactNode {
  const steps = STEPS[task.kind];
  const now = steps.findIndex(({ at }) => at.includes(step));
  return (
    <ol>
      {steps.map(({ name }, at) => (
        <li key={name} aria-current={at === now ? 'step' : undefined} data-behind={at < now}>
          {name}
        </li>
      ))}
    </ol>
  );
}

function Progress({ done, of }: Pick<SetUpSession, 'done' | 'of'>): ReactNode {
  const text = setUpWords.progress(done, of);
  return (
    <div className="progress">
      <progress value={done} max={of} aria-label={text} />
      <span className="tabular">{text}</span>
    </div>
  );
}

function KeptChoice({ serial, onSerial, onKept }: SetUpStepsProps): ReactNode {
  return (
    <div className="form-row">
      <TextInput
        className="grow"
        label={setUpWords.field.serial}
        size="lg"
        value={serial}
        maxLength={20}
        onChange={(event) => onSerial(event.currentTarget.value)}
        data-testid="set-up-serial"
      />
      <TouchButton disabled={serial.trim() === ''} onPress={onKept} testId="set-up-kept">
        {setUpWords.useKept}
      </TouchButton>
    </div>
  );
}
