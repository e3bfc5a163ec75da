import type { EpcisEvent, Problem } from '#epcis/event-model.ts';
import { type Moment, readMoment } from '#epcis/moment.ts';
import { type EventRule, finding, type Scope } from '#epcis/rules/rule.ts';

/** When it happened, by which clock, and whether that can be. */
export const timeRule: EventRule = (event, scope) => {
  const moment = readMoment(event.eventTime);
  return [
    ...offset(event.eventTimeZoneOffset),
    ...(moment?.hasZone === true ? plausible(event, moment, scope) : [impossible('eventTime', event.eventTime)]),
    ...recordTime(event, moment, scope),
  ];
};

function plausible({ eventTime }: EpcisEvent, { at, decimals }: Moment, scope: Scope): Problem[] {
  const { purpose, now, madeAt } = scope;
  return [
    ...(purpose === 'import' || (decimals === 3 && eventTime.endsWith('Z'))
      ? []
      : [finding('time-decimals', 'eventTime', `${eventTime} is not written in UTC with three decimals`)]),
    ...(now === undefined || at <= now
      ? []
      : [finding('time-in-future', 'eventTime', `${eventTime} lies in the future`)]),
    ...(madeAt === undefined || at <= madeAt
      ? []
      : [
          finding(
            'time-after-document',
            'eventTime',
            `${eventTime} is later than the document itself`,
            purpose === 'export' ? 'error' : 'warning',
          ),
        ]),
  ];
}

function recordTime({ recordTime: text }: EpcisEvent, moment: Moment | undefined, scope: Scope): Problem[] {
  if (text === undefined) return [];
  if (scope.purpose === 'export') {
    return [finding('record-time-sent', 'recordTime', 'A time of record is sent, which is for the receiver to set')];
  }
  const recorded = readMoment(text);
  if (recorded?.hasZone !== true) return [impossible('recordTime', text)];
  return moment === undefined || recorded.at >= moment.at
    ? []
    : [finding('record-before-event', 'recordTime', `It was recorded at ${text}, before it happened`)];
}

function offset(text: string): Problem[] {
  if (text === '-00:00')
    return [finding('zone-minus-zero', 'eventTimeZoneOffset', 'The offset -00:00 means that the zone is unknown')];
  const isPossible = /^[+-](0\d|1[0-3]):[0-5]\d$/.test(text) || /^[+-]14:00$/.test(text);
  return isPossible ? [] : [finding('zone-impossible', 'eventTimeZoneOffset', `No clock has the offset ${text}`)];
}

function impossible(field: string, text: string): Problem {
  return finding('time-impossible', field, `${text} is no point in time: the day, the hour or the zone is not there`);
}
