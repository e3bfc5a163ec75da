import { IconClockExclamation } from '@tabler/icons-react';
import { createContext, type ReactNode, useContext } from 'react';
import { words } from '#renderer/words/en.ts';
import { age } from '#renderer/words/format.ts';
import './stale-mark.css';

/** How old the snapshot is in milliseconds, once that is too old to be called live; undefined while it is fresh. */
export const StaleContext = createContext<number | undefined>(undefined);

/** Values older than this are never shown as live (HMI-9). */
export const STALE_AFTER = 2_000;

/** Clock and age beside a value that is no longer live; nothing while it is. */
export function StaleMark(): ReactNode {
  const old = useContext(StaleContext);
  if (old === undefined) return null;
  return (
    <span className="stale-mark">
      <IconClockExclamation aria-hidden="true" />
      {words.link.stale(age(old))}
    </span>
  );
}
