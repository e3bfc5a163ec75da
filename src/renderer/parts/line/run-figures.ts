import type { Alarm, RunView } from '#contract/snapshot.ts';

/** Good items as a share of the plan, 0..1. */
export function shareOfPlan(run: Pick<RunView, 'accounts' | 'quantity'>): number {
  return run.quantity === 0 ? 0 : Math.min(1, run.accounts.GOOD / run.quantity);
}

/** Failed items as a share of all that were judged, 0..1; undefined before the first. */
export function shareRejected(run: Pick<RunView, 'passed' | 'failed'>): number | undefined {
  const judged = run.passed + run.failed;
  return judged === 0 ? undefined : run.failed / judged;
}

/** The reasons that matter most, largest first. */
export function topReasons(rejects: RunView['rejects'], most: number): RunView['rejects'] {
  return rejects
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}

/** The newest rejects first. */
export function newestRejects(rejects: RunView['lastRejects'], most: number): RunView['lastRejects'] {
  return [...rejects].sort((a, b) => b.at - a.at || b.seq - a.seq).slice(0, most);
}

/** Whether ending now asks for a reason: less than 95 % of the plan is good (process.md T16). */
export function isShort(run: Pick<RunView, 'accounts' | 'quantity'>): boolean {
  return run.accounts.GOOD < 0.95 * run.quantity;
}

/** Whether the run's work is over, whatever its result. */
export function isOver(run: Pick<RunView, 'state'>): boolean {
  return run.state === 'CLOSED' || run.state === 'CANCELLED';
}

/** Most urgent first: not yet acknowledged before acknowledged, then by priority, then the oldest (the first cause). */
export function byUrgency(alarms: readonly Alarm[]): readonly Alarm[] {
  return [...alarms].sort((a, b) => rank(a) - rank(b) || a.priority - b.priority || a.since - b.since || a.id - b.id);
}

function rank(alarm: Alarm): number {
  return alarm.state === 'active' ? 0 : alarm.state === 'acknowledged' ? 1 : 2;
}

/** How many alarms stand per priority, 1 first; priorities without alarms are left out. */
export function countByPriority(alarms: readonly Alarm[]): readonly { priority: Alarm['priority']; count: number }[] {
  const priorities: readonly Alarm['priority'][] = [1, 2, 3, 4];
  return priorities
    .map((priority) => ({ priority, count: alarms.filter((alarm) => alarm.priority === priority).length }))
    .filter(({ count }) => count > 0);
}
