import { patientIn, type ReferencesOf } from '@fascia/kernel';
import type { Aggregate, Reference } from '@fascia/write-door';
import { CONSENT_COMMANDS, type ConsentCommand, type ConsentMoving } from '../contract/commands.js';
import { CONSENT_CONTRACT, type ConsentEvent } from '../contract/events.js';
import { consentDecider, type ConsentState } from '../domain/consent.js';
import { movable, type Told } from '../domain/moving.js';
import { forStandingRecords, type RecordFact } from '../domain/person.js';
import { isRegistered } from './organization.aggregate.js';
import { personOf } from './patient.aggregate.js';
import { toldFor, toldIn } from './told.js';

type ConsentReference = Reference<ConsentState, ConsentCommand | ConsentMoving>;

const CONSENT_TOLD = toldIn<ConsentEvent>('consent');

export const consentAggregate: Aggregate<
  ConsentState,
  ConsentCommand | ConsentMoving,
  ConsentEvent,
  Told<ConsentEvent> & { readonly record: RecordFact }
> = {
  decider: movable(
    forStandingRecords(
      consentDecider,
      (command, state) => state === undefined && command.type !== 'WithdrawConsent',
      (command) => command.type === 'GrantConsent',
    ),
    (data) => ({ type: 'ConsentMoved', data }),
  ),
  contract: CONSENT_CONTRACT,
  commands: CONSENT_COMMANDS,
  subject: async (request, tools) => {
    const patientId = patientIn(request);
    const { home } = await personOf(patientId ?? '', tools);
    return { patientId, parties: { home } };
  },
  references: {
    GrantConsent: { patientId: 'access', organizationIds: isRegistered },
    RestrictConsent: { patientId: 'access', organizationIds: isRegistered },
  } satisfies ReferencesOf<typeof CONSENT_COMMANDS, ConsentReference>,
  facts: async (request, tools) => {
    const { record } = await personOf(patientIn(request) ?? '', tools);
    return { record, told: await toldFor(CONSENT_TOLD, request.command, tools) };
  },
};
