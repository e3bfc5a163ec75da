import type { EpcisEvent, Problem } from '#epcis/event-model.ts';
import { readMoment } from '#epcis/moment.ts';
import { type EventRule, finding, ours, type Scope } from '#epcis/rules/rule.ts';

const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Ids of events, and the declarations that they were wrong. */
export const correctionRule: EventRule = (event, scope) => [...identity(event, scope), ...declaration(event, scope)];

function identity({ eventID }: EpcisEvent, { purpose }: Scope): Problem[] {
  if (eventID === undefined) {
    return purpose === 'export' ? [finding('event-id-missing', 'eventID', 'The event has no id')] : [];
  }
  if (!eventID.toLowerCase().startsWith('urn:uuid:') || UUID.test(eventID)) return [];
  return [finding('uuid-malformed', 'eventID', `${eventID} is no UUID`)];
}

function declaration({ eventID, errorDeclaration }: EpcisEvent, scope: Scope): Problem[] {
  if (errorDeclaration === undefined) return [];
  const { reason, correctiveEventIDs = [], declarationTime } = errorDeclaration;
  const cures = correctiveEventIDs.length;
  return [
    ...(eventID === undefined
      ? [
          finding(
            'correction-without-id',
            'errorDeclaration',
            'A correction does not say which event was wrong',
            ours(scope),
          ),
        ]
      : []),
    ...(reason === 'did_not_occur' && cures > 0
      ? [
          finding(
            'corrective-of-nothing',
            'errorDeclaration.correctiveEventIDs',
            'What did not occur is put right by other events',
          ),
        ]
      : []),
    ...(reason === 'incorrect_data' && cures === 0
      ? [
          finding(
            'corrective-missing',
            'errorDeclaration.correctiveEventIDs',
            'Wrong data is declared, and nothing puts it right',
            ours(scope),
          ),
        ]
      : []),
    ...(readMoment(declarationTime)?.hasZone === true
      ? []
      : [finding('time-impossible', 'errorDeclaration.declarationTime', `${declarationTime} is no point in time`)]),
  ];
}
