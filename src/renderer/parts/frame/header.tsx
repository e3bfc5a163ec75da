import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconHelp, IconMoon, IconSun } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { LineSnapshot } from '#contract/snapshot.ts';
import { words } from '#renderer/words/en.ts';
import { clockWithSeconds } from '#renderer/words/format.ts';
import { ROLE_WORDS } from '#renderer/words/states.ts';
import './header.css';

interface HeaderProps {
  readonly snapshot: LineSnapshot;
  /** The station's time, carried on by the page between two snapshots. */
  readonly now: number;
  readonly onHelp: () => void;
}

/** Where am I: mode, line, order, product, lot, expiry, time and user, the same on every page. */
export function Header({ snapshot, now, onHelp }: HeaderProps): ReactNode {
  const { run, actor, mode } = snapshot;
  return (
    <header className="header">
      <p className="mode" data-mode={mode} data-testid="mode">
        {mode === 'TRAINING' ? words.frame.training : words.frame.production}
      </p>
      <dl>
        <Field name="line" label={words.frame.line} value={snapshot.line} />
        {run === undefined ? (
          <Field name="order" label={words.frame.order} value={words.frame.noOrder} />
        ) : (
          <>
            <Field name="order" label={words.frame.order} value={run.order} />
            <Field name="product" label={words.frame.product} value={run.product} />
            <Field name="lot" label={words.frame.lot} value={run.lot} />
            <Field name="expiry" label={words.frame.expiry} value={run.expiry} />
          </>
        )}
      </dl>
      <time className="clock" title={words.frame.clock} data-testid="clock">
        {clockWithSeconds(now)}
      </time>
      <p className="user" data-testid="user">
        {actor.userId}
        <small>{ROLE_WORDS[actor.role]}</small>
      </p>
      <div className="tools">
        <SchemeButton />
        <button type="button" className="icon-button" aria-label={words.frame.help} data-testid="help" onClick={onHelp}>
          <IconHelp aria-hidden="true" />
        </button>
      </div>
    </header>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

function Field({ name, label, value }: FieldProps): ReactNode {
  return (
    <div data-field={name}>
      <dt>{label}</dt>
      <dd title={value} data-testid={`header-${name}`}>
        {value}
      </dd>
    </div>
  );
}

function SchemeButton(): ReactNode {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={isDark ? words.frame.toLight : words.frame.toDark}
      data-testid="scheme"
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <IconSun aria-hidden="true" /> : <IconMoon aria-hidden="true" />}
    </button>
  );
}
