import { type ReactNode, useState } from 'react';
import type { CameraSetUp, SetUpSession } from '#contract/camera-set-up.ts';
import type { WorkstationClient } from '#contract/workstation.ts';
import { CameraEmpty } from '#renderer/parts/eye/camera-empty.tsx';
import { EyeViews } from '#renderer/parts/eye/eye-views.tsx';
import { LoadingPanel } from '#renderer/parts/loading-panel.tsx';
import { ReasonDialog } from '#renderer/parts/reason-dialog.tsx';
import { SetUpActions } from '#renderer/parts/set-up/set-up-actions.tsx';
import { SetUpPicture } from '#renderer/parts/set-up/set-up-picture.tsx';
import { SetUpSteps } from '#renderer/parts/set-up/set-up-steps.tsx';
import { TargetChoice } from '#renderer/parts/set-up/target-choice.tsx';
import { TaskChooser } from '#renderer/parts/set-up/task-chooser.tsx';
import { FIRST_DRAFT, type TaskDraft, taskOf } from '#renderer/parts/set-up/task-draft.ts';
import { TaughtList } from '#renderer/parts/set-up/taught-list.tsx';
import { useSeries } from '#renderer/parts/set-up/use-series.ts';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { useStream, useView } from '#renderer/use-live.ts';
import type { Told } from '#renderer/use-run-commands.ts';
import { type SetUpCommands, useSetUpCommands } from '#renderer/use-set-up.ts';
import { words } from '#renderer/words/en.ts';
import { guardSentence } from '#renderer/words/guards.ts';
import { setUpWords, underWay } from '#renderer/words/set-up.ts';
import './set-up-screen.css';

interface SetUpScreenProps {
  readonly onTold: (told: Told | undefined) => void;
}

const openSetUp = (client: WorkstationClient) => client.setUp.views();

/** The camera's set-up: teaches it its light, its plane and its characters, step by step. */
export function SetUpScreen({ onTold }: SetUpScreenProps): ReactNode {
  const isLive = useView().link.kind === 'live';
  const view = useStream(openSetUp);
  const commands = useSetUpCommands(onTold);
  if (view === undefined) return <LoadingPanel title={setUpWords.title} />;
  if (!view.hasCamera) return <CameraEmpty why="no-camera" />;
  return (
    <div className="set-up-screen" data-testid="set-up">
      <div className="set-up-top">
        <div className="panel">
          <h1>{setUpWords.title}</h1>
          <p>{view.session === undefined ? setUpWords.idle : underWay(view.session)}</p>
        </div>
        <EyeViews shown="set-up" />
      </div>
      {view.session === undefined ? (
        <Choosing view={view} isLive={isLive} commands={commands} />
      ) : (
        <UnderWay view={view} session={view.session} isLive={isLive} commands={commands} />
      )}
    </div>
  );
}

interface PartProps {
  readonly view: CameraSetUp;
  readonly isLive: boolean;
  readonly commands: SetUpCommands;
}

function Choosing({ view, isLive, commands }: PartProps): ReactNode {
  const [typed, setDraft] = useState<TaskDraft>(FIRST_DRAFT);
  const line = view.lines.find(({ name }) => name === typed.line) ?? view.lines[0];
  const draft = { ...typed, line: line?.name ?? '' };
  const task = taskOf(draft);
  const refusal = refusalOf(view, isLive) ?? (task === undefined ? invalidOf(draft, view) : undefined);
  return (
    <>
      <TaskChooser draft={draft} lines={view.lines} onChange={setDraft} />
      <TaughtList taught={view.taught} />
      <div className="set-up-actions">
        <p id="set-up-why">{refusal ?? ''}</p>
        <TouchButton
          weight="main"
          testId="set-up-begin"
          disabled={refusal !== undefined}
          describedBy="set-up-why"
          onPress={() => {
            if (task !== undefined) void commands.begin(task);
          }}
        >
          {setUpWords.begin}
        </TouchButton>
      </div>
    </>
  );
}

function UnderWay({ view, session, isLive, commands }: PartProps & { readonly session: SetUpSession }): ReactNode {
  const [text, setText] = useState('');
  const [serial, setSerial] = useState('');
  const [isAsking, setIsAsking] = useState(false);
  const { task } = session;
  const refusal = refusalOf(view, isLive);
  const series = useSeries(session, refusal === undefined, () => commands.act('picture'));
  const line = task.kind === 'font' ? view.lines.find(({ name }) => name === task.line) : undefined;
  return (
    <>
      <div className="set-up-left">
        <SetUpSteps
          session={session}
          text={text}
          serial={serial}
          onText={setText}
          onSerial={setSerial}
          onKept={() => void commands.takeKept(serial.trim())}
        />
        <TargetChoice targets={view.targets} target={view.target} onShow={commands.show} />
      </div>
      <SetUpPicture session={session} window={line?.window} />
      <SetUpActions
        session={session}
        refusal={refusal}
        series={series}
        canDiscard={isLive}
        canTrain={text.trim() !== ''}
        onAct={(act) => void commands.act(act)}
        onTrain={() => void commands.train(text.trim())}
        onAccept={() => setIsAsking(true)}
      />
      {isAsking && (
        <AcceptDialog
          sentence={session.sentence}
          onConfirm={(reason) => {
            setIsAsking(false);
            void commands.accept(reason);
          }}
          onCancel={() => setIsAsking(false)}
        />
      )}
    </>
  );
}

interface AcceptDialogProps {
  /** What was learnt. */
  readonly sentence: string;
  readonly onConfirm: (reason: string) => void;
  readonly onCancel: () => void;
}

function AcceptDialog({ sentence, onConfirm, onCancel }: AcceptDialogProps): ReactNode {
  return (
    <ReasonDialog
      act={setUpWords.accept}
      effect={setUpWords.effect(sentence)}
      label={setUpWords.reason}
      needed={words.actions.reasonNeeded}
      isRequired
      quick={setUpWords.quick}
      onConfirm={onConfirm}
      onCancel={onCancel}
    />
  );
}

/** Why nothing may be begun or done now. */
function refusalOf({ begin }: CameraSetUp, isLive: boolean): string | undefined {
  if (!isLive) return guardSentence({ guard: 'connected' });
  return begin.allowed ? undefined : begin.unmet.map((unmet) => guardSentence(unmet)).join(' ');
}

function invalidOf({ kind }: TaskDraft, { lines }: CameraSetUp): string {
  return kind === 'font' && lines.length === 0 ? setUpWords.noLines : setUpWords.invalid;
}
