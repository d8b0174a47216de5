import { gist, given, past } from '@fascia/testkit';
import type { FlagCommand } from '../contract/commands.js';
import { FLAG_CONTRACT, type FlagEvent } from '../contract/events.js';
import { flagDecider } from './flag.js';

const PATIENT = '00000000-0000-4000-8000-000000000001';
const raise: FlagCommand = { type: 'RaiseFlag', patientId: PATIENT, catalogueId: 'F03', source: 'by-hand' };
const raised = past<FlagEvent>({
  type: 'RedFlagRaised',
  data: {
    patientId: PATIENT,
    catalogueId: 'F03',
    catalogueVersion: '1',
    urgency: 'emergency',
    source: 'by-hand',
  },
});
const cleared = past<FlagEvent>({ type: 'RedFlagCleared', data: { rationale: 'Ultrasound.' } });
const confirmed = past<FlagEvent>({ type: 'RedFlagConfirmed', data: { disposition: 'Hospital.' } });
const clear: FlagCommand = { type: 'ClearFlag', rationale: 'Ultrasound.' };
const confirm: FlagCommand = { type: 'ConfirmFlag', disposition: 'Hospital.' };

describe('a red flag', () => {
  it.each<[string, FlagCommand, readonly (typeof raised)[], readonly string[] | string]>([
    ['is raised', raise, [], ['RedFlagRaised']],
    ['is raised once', raise, [raised], 'FLAG_EXISTS'],
    ['is of the catalogue', { ...raise, catalogueId: 'F99' }, [], 'FLAG_UNKNOWN'],
    ['is cleared', clear, [raised], ['RedFlagCleared']],
    ['is cleared once', clear, [raised, cleared], 'FLAG_CLEARED'],
    ['is confirmed', confirm, [raised], ['RedFlagConfirmed']],
    ['is confirmed once', confirm, [raised, confirmed], 'FLAG_NOT_OPEN'],
    ['is cleared after it was confirmed and dealt with', clear, [raised, confirmed], ['RedFlagCleared']],
  ])('%s', (_what, command, events, expected) => {
    expect(
      gist(
        given(flagDecider, FLAG_CONTRACT, ...events).when(command, {
          facts: { elsewhere: [] },
        }),
      ),
    ).toEqual(expected);
  });

  it.each(['referralId', 'sessionId'] as const)('names no %s of somebody else', (subject) => {
    const decision = given(flagDecider, FLAG_CONTRACT).when(
      { ...raise, [subject]: '00000000-0000-4000-8000-000000000002' },
      { facts: { elsewhere: [subject] } },
    );
    expect(decision.ok ? decision.events : decision.refusal).toMatchObject({
      code: 'FLAG_OF_ANOTHER',
      pointer: `/${subject}`,
    });
  });

  it('of low mood becomes an emergency when self-harm is voiced', () => {
    const urgency = (answers: string[]): unknown => {
      const decision = given(flagDecider, FLAG_CONTRACT).when(
        { ...raise, catalogueId: 'F11', answers },
        { facts: { elsewhere: [] } },
      );
      return decision.ok ? (decision.events[0]?.data as { urgency: string }).urgency : decision.refusal.code;
    };
    expect([urgency([]), urgency(['self-harm'])]).toEqual(['urgent', 'emergency']);
  });
});
