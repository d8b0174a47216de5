import type { Actor, Role } from '@fascia/kernel';
import { gist, given, past } from '@fascia/testkit';
import type { FlagCommand } from '../contract/commands.js';
import { FLAG_CONTRACT, type FlagEvent } from '../contract/events.js';
import { flagDecider, type FlagFacts } from './flag.js';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [PATIENT, REFERRAL, SESSION] = [id(1), id(2), id(3)];
const AT = '2026-04-01T22:30:00.000Z';
const as = (role: Role): Actor => ({ sub: role, role, organizationId: id(9), practitionerId: id(8) });

const raise = { type: 'RaiseFlag', patientId: PATIENT, catalogueId: 'F03', source: 'by-hand' } as const;
const raised = (catalogueId = 'F03') =>
  past<FlagEvent>({
    type: 'RedFlagRaised',
    data: {
      patientId: PATIENT,
      catalogueId,
      catalogueVersion: '1',
      urgency: 'emergency',
      source: 'by-hand',
    },
  });
const cleared = past<FlagEvent>({ type: 'RedFlagCleared', data: { rationale: 'Ultrasound.' } });
const confirmed = past<FlagEvent>({ type: 'RedFlagConfirmed', data: { disposition: 'Hospital.' } });
const clear: FlagCommand = { type: 'ClearFlag', rationale: 'Ultrasound.' };
const confirm: FlagCommand = { type: 'ConfirmFlag', disposition: 'Hospital.' };
const recheck: FlagCommand = { type: 'ClearByRecheck', sessionId: SESSION };
const call = { type: 'RecordCall', to: 'Dr Reyes', channel: 'phone', reached: true } as const;
const called = past<FlagEvent>({
  type: 'RedFlagCommunicated',
  data: { to: 'Dr Reyes', channel: 'phone', reached: true, at: AT },
});

const ask = (
  history: readonly (typeof cleared)[],
  command: FlagCommand,
  { facts = {}, by = 'therapist' }: { readonly facts?: Partial<FlagFacts>; readonly by?: Role } = {},
) =>
  given(flagDecider, FLAG_CONTRACT, ...history).when(command, {
    facts: { zone: 'UTC', ...facts },
    by: as(by),
    at: AT,
  });

const dataOf = (decision: ReturnType<typeof ask>, index = 0): unknown =>
  decision.ok ? decision.events[index]?.data : decision.refusal.code;

describe('a red flag', () => {
  it.each<[string, FlagCommand, readonly (typeof cleared)[], readonly string[] | string]>([
    ['is raised', raise, [], ['RedFlagRaised']],
    ['is raised once', raise, [raised()], 'FLAG_EXISTS'],
    ['is of the catalogue', { ...raise, catalogueId: 'F99' }, [], 'FLAG_UNKNOWN'],
    [
      'is at a place that there is',
      { ...raise, site: { region: 'knee', side: 'midline' } },
      [],
      'FLAG_SITE_INVALID',
    ],
    ['is cleared', clear, [raised()], ['RedFlagCleared']],
    ['is cleared once', clear, [raised(), cleared], 'FLAG_CLEARED'],
    ['is confirmed', confirm, [raised()], ['RedFlagConfirmed']],
    ['is confirmed once', confirm, [raised(), confirmed], 'FLAG_NOT_OPEN'],
    ['is cleared after it was confirmed and dealt with', clear, [raised(), confirmed], ['RedFlagCleared']],
    ['of vital signs is cleared by measuring again', recheck, [raised('F10')], ['RedFlagCleared']],
    ['of vital signs is cleared so once', recheck, [raised('F10'), cleared], []],
    ['of anything else is not', recheck, [raised()], 'FLAG_NOT_OF_VITALS'],
    ['is phoned about', call, [raised()], ['RedFlagCommunicated']],
    ['is phoned about after it was settled', call, [raised(), cleared], ['RedFlagCommunicated']],
    ['is phoned about again', { ...call, reached: false }, [raised(), called], ['RedFlagCommunicated']],
    ['is not phoned about twice in one call', { ...call, at: AT }, [raised(), called], []],
    [
      'is not phoned about in the future',
      { ...call, at: '2026-04-01T22:30:00.001Z' },
      [raised()],
      'CALL_IN_FUTURE',
    ],
  ])('%s', (_what, command, events, expected) => {
    expect(gist(ask(events, command))).toEqual(expected);
  });

  it('that was seen in a visit is of the referral of that visit', () => {
    const facts = { referralOfSession: REFERRAL };
    expect(dataOf(ask([], { ...raise, sessionId: SESSION }, { facts }))).toMatchObject({
      sessionId: SESSION,
      referralId: REFERRAL,
    });
  });

  it('of low mood becomes an emergency when self-harm is voiced', () => {
    const urgency = (answers: string[]): unknown =>
      dataOf(ask([], { ...raise, catalogueId: 'F11', answers }));
    expect([urgency([]), urgency(['self-harm'])]).toMatchObject([
      { urgency: 'urgent' },
      { urgency: 'emergency' },
    ]);
  });

  it.each([
    ['F03', 'UTC', AT],
    ['F06', 'UTC', '2026-04-02T22:30:00.000Z'],
    ['F10', 'UTC', '2026-04-01T23:59:59.999Z'],
    ['F10', 'America/New_York', '2026-04-02T03:59:59.999Z'],
    ['F10', 'Pacific/Auckland', '2026-04-02T10:59:59.999Z'],
    ['F12', 'UTC', '2026-04-02T22:30:00.000Z'],
  ])('%s in %s is looked at by %s', (catalogueId, zone, reviewDueAt) => {
    expect(dataOf(ask([], { ...raise, catalogueId }, { facts: { zone } }))).toMatchObject({ reviewDueAt });
  });
});

describe('a question that was answered with yes', () => {
  const settled = { rationale: 'Weight loss is wanted: a diet since May.', evidenceRef: id(7) };
  const command = { ...raise, catalogueId: 'F07', source: 'referral-screening', settled } as const;

  it('is settled by a physician in one step: raised, and cleared with the reason', () => {
    const decision = ask([], command, { by: 'physician' });
    expect(gist(decision)).toEqual(['RedFlagRaised', 'RedFlagCleared']);
    expect(dataOf(decision)).not.toHaveProperty('settled');
    expect(dataOf(decision, 1)).toEqual(settled);
  });

  it.each<Role>(['therapist', 'coordinator', 'system'])('is not settled by a %s', (by) => {
    expect(gist(ask([], command, { by }))).toBe('FLAG_SETTLED_BY_PHYSICIAN');
  });

  it('is settled once', () => {
    expect(gist(ask([raised('F07')], command, { by: 'physician' }))).toBe('FLAG_EXISTS');
  });
});
