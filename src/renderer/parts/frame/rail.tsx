import {
  IconBell,
  IconCamera,
  IconClipboardList,
  IconFileExport,
  IconLayoutDashboard,
  IconSchool,
  IconZoomScan,
} from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { words } from '#renderer/words/en.ts';
import './rail.css';

interface RailProps {
  readonly alarms: number;
  readonly isTraining: boolean;
}

interface Page {
  readonly path: string;
  readonly name: string;
  readonly icon: ReactNode;
}

const PAGES: readonly Page[] = [
  { path: '/', name: words.pages.overview, icon: <IconLayoutDashboard aria-hidden="true" stroke={1.75} /> },
  { path: '/camera', name: words.pages.camera, icon: <IconCamera aria-hidden="true" stroke={1.75} /> },
  { path: '/orders', name: words.pages.orders, icon: <IconClipboardList aria-hidden="true" stroke={1.75} /> },
  { path: '/items', name: words.pages.items, icon: <IconZoomScan aria-hidden="true" stroke={1.75} /> },
  { path: '/alarms', name: words.pages.alarms, icon: <IconBell aria-hidden="true" stroke={1.75} /> },
  { path: '/exports', name: words.pages.exports, icon: <IconFileExport aria-hidden="true" stroke={1.75} /> },
];

const TRAINING: Page = {
  path: '/training',
  name: words.pages.training,
  icon: <IconSchool aria-hidden="true" stroke={1.75} />,
};

/** The pages, one press away from each other. */
export function Rail({ alarms, isTraining }: RailProps): ReactNode {
  const [location] = useLocation();
  return (
    <nav className="rail" aria-label={words.frame.pagesLabel}>
      {(isTraining ? [...PAGES, TRAINING] : PAGES).map(({ path, name, icon }) => (
        <Link
          key={path}
          href={path}
          aria-current={isAt(location, path) ? 'page' : undefined}
          data-testid={`page-${path.slice(1) || 'overview'}`}
        >
          {icon}
          <span>
            {name.split(' ').map((word) => (
              <Fragment key={word}>
                <span className="word">{word}</span>{' '}
              </Fragment>
            ))}
          </span>
          {path === '/alarms' && alarms > 0 && <span className="count">{alarms}</span>}
        </Link>
      ))}
    </nav>
  );
}

/** A page is shown at its own address and at those below it. */
function isAt(location: string, path: string): boolean {
  return location === path || (path !== '/' && location.startsWith(`${path}/`));
}
