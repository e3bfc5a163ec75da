import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { PictureRow } from '#contract/eye.ts';
import { Dialog } from '#renderer/parts/dialog.tsx';
import { KeptPicture, type Look } from '#renderer/parts/picture/kept-picture.tsx';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { printCause } from '#renderer/words/causes.ts';
import { eyeWords } from '#renderer/words/eye.ts';
import { bytes, dateAndTime, grade, groupsOfFour } from '#renderer/words/format.ts';
import { gradeAndLetter, PARAMETER_WORDS } from '#renderer/words/parameters.ts';
import { recordedReason } from '#renderer/words/reasons.ts';
import './picture-dialog.css';

interface PictureDialogProps {
  readonly picture: PictureRow;
  /** Its neighbours in the list, where there are any. */
  readonly newer: PictureRow | undefined;
  readonly older: PictureRow | undefined;
  readonly onShow: (picture: PictureRow) => void;
  readonly onClose: () => void;
}

/** One kept picture, large, with what the record says of it and the hash that proves it unchanged. */
export function PictureDialog({ picture, newer, older, onShow, onClose }: PictureDialogProps): ReactNode {
  const { record } = eyeWords;
  const [look, setLook] = useState<Look>({ marks: true, near: true });
  return (
    <Dialog title={record.title[picture.kept]} size="wide" onClose={onClose}>
      <div className="picture-dialog" data-testid="picture-dialog" data-picture={picture.id}>
        <div className="large">
          {picture.state === 'kept' ? (
            <KeptPicture key={picture.id} picture={picture} look={look} onLook={setLook} />
          ) : (
            <p>{record.removed}</p>
          )}
        </div>
        <RecordFacts picture={picture} />
        <div className="buttons">
          <Step to={newer} name={record.newer} onShow={onShow} />
          <Step to={older} name={record.older} onShow={onShow} />
          {picture.serial !== undefined && (
            <Link className="touch-button" href={`/items/${encodeURIComponent(picture.serial)}`} onClick={onClose}>
              {record.item}
            </Link>
          )}
        </div>
      </div>
    </Dialog>
  );
}

interface StepProps {
  readonly to: PictureRow | undefined;
  readonly name: string;
  readonly onShow: (picture: PictureRow) => void;
}

function Step({ to, name, onShow }: StepProps): ReactNode {
  return (
    <TouchButton
      disabled={to === undefined}
      onPress={() => {
        if (to !== undefined) onShow(to);
      }}
    >
      {name}
    </TouchButton>
  );
}

function RecordFacts({ picture }: { readonly picture: PictureRow }): ReactNode {
  const { record } = eyeWords;
  const { serial, reason, verdict, overall, parameters = [], causes = [] } = picture;
  return (
    <dl>
      <dt>{record.verdict}</dt>
      <dd>{reason === undefined ? verdict : `${verdict}: ${recordedReason(reason)}`}</dd>
      <dt>{record.serial}</dt>
      <dd className={serial === undefined ? undefined : 'identifier'}>
        {serial === undefined ? record.unread : groupsOfFour(serial)}
      </dd>
      <dt>{record.order}</dt>
      <dd>{picture.order}</dd>
      <dt>{record.taken}</dt>
      <dd className="tabular">{dateAndTime(picture.at)}</dd>
      <dt>{record.grade}</dt>
      <dd>{overall === undefined ? record.noGrade : grade(overall)}</dd>
      {parameters.map((one) => (
        <div key={one.parameter} className="parameter" data-failed={one.limit !== undefined}>
          <dt>{PARAMETER_WORDS[one.parameter].name}</dt>
          <dd>
            {gradeAndLetter(one.grade)}
            {one.limit !== undefined && ` ▲ ${record.below(one.limit)}`}
          </dd>
        </div>
      ))}
      {causes.length > 0 && (
        <>
          <dt>{record.cause}</dt>
          <dd data-testid="picture-cause">{causes.map((cause) => printCause(cause).what).join(' ')}</dd>
        </>
      )}
      <dt>{record.kept}</dt>
      <dd>{record.why[picture.kept]}</dd>
      <dt>{record.size}</dt>
      <dd>{record.pixels(picture.width, picture.height, bytes(picture.bytes))}</dd>
      <dt>{record.hash}</dt>
      <dd className="identifier hash" data-testid="picture-hash" data-value={picture.sha256}>
        {groupsOfFour(picture.sha256).replaceAll('\u202f', ' ')}
      </dd>
    </dl>
  );
}
