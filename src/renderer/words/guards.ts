import type { Unmet } from '#contract/answer.ts';
import type { RunView } from '#contract/snapshot.ts';
import { causeText } from '#renderer/words/alarms.ts';
import { readableCode } from '#renderer/words/format.ts';
import { INSTEAD, ROLE_WORDS, RUN_STATE_WORDS } from '#renderer/words/states.ts';

type RunState = RunView['state'];

interface GuardWords {
  /** Fits on a button: what is missing, in two or three words. */
  readonly brief: string;
  /** What must be true before the command is carried out. */
  readonly needs: string;
  /** The page on which it can be put right. */
  readonly at?: '/' | '/orders' | '/alarms' | '/camera/set-up';
}

/** Guards of the run's rule book (process.md §4.2), as what is missing. */
const GUARD_WORDS: Readonly<Record<string, GuardWords>> = {
  'order-selected': { brief: 'No order yet', needs: 'An order must be imported first', at: '/orders' },
  'no-other-run': { brief: 'Another run is open', needs: 'The run before must be closed first', at: '/orders' },
  'run-state': { brief: 'Not in this state', needs: 'The run is not in a state that allows this' },
  role: { brief: 'Not your role', needs: 'Your role may not do this; it needs another' },
  'devices-online': { brief: 'Device offline', needs: 'Printer, reader and PLC must be online', at: '/' },
  'camera-ready': {
    brief: 'Camera warming up',
    needs: 'The camera is warming up; its inspection must have settled first',
    at: '/',
  },
  'camera-free': {
    brief: 'Camera being set up',
    needs: 'The camera is being set up; finish or discard that first',
    at: '/camera/set-up',
  },
  'camera-online': { brief: 'Camera offline', needs: 'The camera must be online: check its power and network cable' },
  'fonts-trained': {
    brief: 'Font not trained',
    needs: 'The job compares text in a font that the camera was not taught yet',
    at: '/camera/set-up',
  },
  'no-run': {
    brief: 'A run is open',
    needs: 'The camera is set up between runs: the run on the line must be closed first',
    at: '/orders',
  },
  'set-up-done': { brief: 'Nothing learnt yet', needs: 'The set-up must be finished before it can be accepted' },
  'job-verified': { brief: 'Job not verified', needs: 'The device job must be read back and equal the order' },
  'serials-allocated': { brief: 'Too few serials', needs: 'Serial numbers are missing for the whole order' },
  'record-writable': { brief: 'Record not writable', needs: 'The production record must be writable (disk, database)' },
  'no-blocking-alarm': { brief: 'Alarm blocks', needs: 'An alarm blocks this; clear its cause first', at: '/alarms' },
  'cause-cleared': {
    brief: 'Cause still there',
    needs: 'A device still reports a fault; clear it first',
    at: '/alarms',
  },
  'reason-given': { brief: 'Reason needed', needs: 'A reason must be given' },
  'line-empty': { brief: 'Serials open', needs: 'Every serial must be accounted for; some are still open' },
  'reason-short': { brief: 'Reason needed', needs: 'Less than 95 % was produced: a reason must be given' },
  'asked-just-now': {
    brief: 'Waited too long',
    needs: 'Another command was not finished in time, so this was not carried out. Look at the line, then press again',
  },
  'record-kept': {
    brief: 'Record failed meanwhile',
    needs: 'The record could not be written meanwhile, so this was not carried out. Look at the line, then press again',
  },
  'not-held-since': {
    brief: 'Held meanwhile',
    needs: 'Somebody pressed Hold meanwhile, so this was not carried out. Ask why, then press again',
  },
  'expiry-valid': { brief: 'Expiry not valid', needs: 'The expiry date must lie in the future' },
  connected: { brief: 'No connection', needs: 'The connection to the workstation is lost; what you see is old' },
  'not-training': { brief: 'Training only', needs: 'Faults are caused on a training line only' },
};

/** What is missing, for a button. */
export function guardBrief(unmet: Unmet, state?: RunState): string {
  if (unmet.guard === 'run-state' && state !== undefined)
    return `Not while ${RUN_STATE_WORDS[state].name.toLowerCase()}`;
  return GUARD_WORDS[unmet.guard]?.brief ?? readableCode(unmet.guard);
}

/** What is missing, as a sentence with the figure or the name that explains it. */
export function guardSentence(unmet: Unmet, state?: RunState): string {
  const known = stateOf(state ?? unmet.detail);
  if (unmet.guard === 'run-state' && known !== undefined)
    return `Not possible while the run is ${RUN_STATE_WORDS[known].name.toLowerCase()}. ${INSTEAD[known]}`;
  const needs = GUARD_WORDS[unmet.guard]?.needs ?? `${readableCode(unmet.guard)} is not fulfilled`;
  return unmet.detail === undefined ? `${needs}.` : `${needs}: ${detailText(unmet.detail)}.`;
}

function stateOf(text: string | undefined): RunState | undefined {
  return text !== undefined && isState(text) ? text : undefined;
}

function isState(text: string): text is RunState {
  return text in RUN_STATE_WORDS;
}

/** A detail may be a code of ours: an alarm, or roles ("SUP ENG"). Anything else is a figure or a name. */
function detailText(detail: string): string {
  const roles = detail.split(' ').map((code) => Object.entries(ROLE_WORDS).find(([role]) => role === code)?.[1]);
  return roles.every((role) => role !== undefined) ? roles.join(' or ') : causeText(detail);
}

/** Where to put it right; undefined when there is no such page. */
export function guardPage(unmet: Unmet, state?: RunState): string | undefined {
  if (unmet.guard === 'run-state' && (state === 'CLOSED' || state === 'CANCELLED')) return '/orders';
  return GUARD_WORDS[unmet.guard]?.at;
}

/** All guards that have words, for the test that compares them with the rule book. */
export const GUARDS_IN_WORDS: readonly string[] = Object.keys(GUARD_WORDS);
