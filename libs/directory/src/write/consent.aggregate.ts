import type { Aggregate } from '@fascia/write-door';
import { CONSENT_COMMANDS, type ConsentCommand, type ConsentMoving } from '../contract/commands.js';
import { CONSENT_CONTRACT, type ConsentEvent } from '../contract/events.js';
import { consentDecider, type ConsentState } from '../domain/consent.js';
import { movable, type Told } from '../domain/moving.js';
import { forStandingRecords, type RecordFact } from '../domain/person.js';
import { personOf } from './aggregates.js';
import { toldFor, toldIn } from './told.js';

const CONSENT_TOLD = toldIn<ConsentEvent>('consent');

export const consentAggregate: Aggregate<
  ConsentState,
  ConsentCommand | ConsentMoving,
  ConsentEvent,
  Told<ConsentEvent> & { readonly record: RecordFact; readonly home: readonly string[] }
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
  facts: async ({ command, state }, tools) => {
    const patientId = state?.patientId ?? ('patientId' in command ? command.patientId : '');
    const person = await personOf(patientId, tools);
    return {
      record: person.record,
      home: person.home,
      told: await toldFor(CONSENT_TOLD, command, tools),
    };
  },
  parties: (_about, { home }) => ({ home }),
  patientId: ({ command, state }) =>
    state?.patientId ?? ('patientId' in command ? command.patientId : undefined),
};
