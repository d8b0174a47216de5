/** Booking and starting: every refusal beside the table, one situation each; and what the rules let pass. */
import { gist, given } from '@fascia/testkit';
import type { SessionCommand } from '../contract/commands.js';
import { SESSION_CONTRACT } from '../contract/events.js';
import type { FlagFact, ReferralFact, SessionFacts } from './facts.js';
import {
  AFTER,
  ARRIVED,
  BEFORE,
  CLINIC,
  COMMANDS,
  decider,
  END,
  FACTS,
  intervention,
  PATIENT,
  PLAN,
  PRACTICE,
  preScreened,
  REFERRAL,
  REFERRAL_FACT,
  SCENES,
  scheduled,
  SESSION,
  START,
  THERAPIST,
  THERAPIST_FACT,
  THERAPIST_ID,
  underWay,
  uuid,
  type History,
} from './session.scenes.spec-data.js';

const ask = (history: History, command: SessionCommand, facts: Partial<SessionFacts> = {}, at = BEFORE) =>
  given(decider, SESSION_CONTRACT, ...history).when(command, {
    facts: { ...FACTS, ...facts },
    by: THERAPIST,
    at,
    id: SESSION,
  });

const referral = (more: Partial<ReferralFact>): Partial<SessionFacts> => ({
  referral: { ...REFERRAL_FACT, ...more },
});
const schedule = (more: Partial<Extract<SessionCommand, { type: 'ScheduleSession' }>>): SessionCommand => ({
  ...COMMANDS.ScheduleSession,
  ...more,
});

describe('booking', () => {
  it('takes the parties and the payer from the referral, and instants in one spelling', () => {
    const answer = ask([], schedule({ start: '2026-04-01T16:00:00+02:00', end: '2026-04-01T15:00:00Z' }));
    expect(answer.ok && answer.events).toEqual([
      {
        type: 'SessionScheduled',
        data: {
          patientId: PATIENT,
          referralId: REFERRAL,
          organizationId: CLINIC,
          referrerOrganizationId: PRACTICE,
          payerProfile: 'US-MEDICARE-B',
          kind: 'treatment',
          therapistId: THERAPIST_ID,
          start: START,
          end: END,
        },
      },
    ]);
  });

  const unfit: readonly (readonly [string, Partial<SessionFacts>, string])[] = [
    ['a referral that is not active', referral({ active: false }), 'SESSION_REFERRAL_NOT_ACTIVE'],
    ['a revision to acknowledge', referral({ revisionToAcknowledge: true }), 'REVISION_UNACKNOWLEDGED'],
    [
      "a first visit after the referral's validity",
      referral({ validUntil: '2026-03-31T23:59:59.999Z' }),
      'REFERRAL_VALIDITY_OVER',
    ],
    ['an unknown therapist', { therapist: undefined }, 'SESSION_LICENCE_INVALID'],
    [
      'a therapist without a licence on the day',
      { therapist: { ...THERAPIST_FACT, maySign: false } },
      'SESSION_LICENCE_INVALID',
    ],
    [
      'a massage therapist under Medicare',
      { therapist: { ...THERAPIST_FACT, taxonomies: ['225700000X'] } },
      'SESSION_PERFORMER_NOT_ALLOWED',
    ],
    [
      'a patient who shares with this clinic no longer',
      { person: { deceased: false, elsewhere: false, sharingClosed: true } },
      'CONSENT_WITHDRAWN',
    ],
    [
      'a patient who died',
      { person: { deceased: true, elsewhere: false, sharingClosed: false } },
      'PATIENT_DECEASED',
    ],
    [
      'a visit at that time on another record of the patient',
      { person: { deceased: false, elsewhere: true, sharingClosed: false } },
      'SESSION_OVERLAP',
    ],
  ];

  it.each(unfit)('is refused with %s', (_what, facts, code) => {
    expect(gist(ask([], COMMANDS.ScheduleSession, facts))).toBe(code);
  });

  it.each(unfit)('is not moved with %s', (_what, facts, code) => {
    expect(gist(ask(SCENES.Scheduled, COMMANDS.RescheduleSession, facts))).toBe(code);
  });

  it('is refused for a referral that does not exist', () => {
    expect(gist(ask([], COMMANDS.ScheduleSession, { referral: undefined }))).toBe('REFERRAL_UNKNOWN');
  });

  it.each([
    ['that ends when it begins', START, START],
    ['that ends before it begins', END, START],
    ['of more than eight hours', START, '2026-04-01T22:00:00.001Z'],
    ['that began six minutes ago', '2026-04-01T08:54:00.000Z', '2026-04-01T09:30:00.000Z'],
    ['ten years ahead, by a slip of a digit', '2036-04-01T14:00:00.000Z', '2036-04-01T15:00:00.000Z'],
  ])('is refused for a session %s', (_what, start, end) => {
    expect(gist(ask([], schedule({ start, end })))).toBe('SESSION_PERIOD_INVALID');
    expect(gist(ask(SCENES.Scheduled, { type: 'RescheduleSession', start, end }))).toBe(
      'SESSION_PERIOD_INVALID',
    );
  });

  it.each([
    ['of eight hours', START, '2026-04-01T22:00:00.000Z'],
    ['that began five minutes ago', '2026-04-01T08:55:00.000Z', '2026-04-01T09:30:00.000Z'],
  ])('takes a session %s', (_what, start, end) => {
    expect(gist(ask([], schedule({ start, end })))).toEqual(['SessionScheduled']);
  });

  it('takes later visits after the validity, once treatment has begun', () => {
    const facts = referral({ validUntil: '2026-03-31T23:59:59.999Z', treatmentStarted: true });
    expect(gist(ask([], COMMANDS.ScheduleSession, facts))).toEqual(['SessionScheduled']);
  });

  it('moves to another therapist, and not at all when nothing changes', () => {
    const moved = ask(SCENES.Scheduled, {
      type: 'RescheduleSession',
      start: START,
      end: END,
      therapistId: uuid(93),
    });
    expect(moved.ok && moved.events[0]?.data).toEqual({ start: START, end: END, therapistId: uuid(93) });
    expect(gist(ask(SCENES.Scheduled, { type: 'RescheduleSession', start: START, end: END }))).toEqual([]);
  });
});

describe('a visit that does not take place', () => {
  it.each([
    [BEFORE, 5],
    ['2026-04-01T13:50:00.000Z', 0.17],
    [AFTER, 0],
  ])('is cancelled at %s with %d hours of notice', (at, noticeHours) => {
    const answer = ask(SCENES.Scheduled, COMMANDS.CancelSession, {}, at);
    expect(answer.ok && answer.events[0]?.data).toEqual({ by: 'patient', noticeHours, reason: 'A cold.' });
  });

  it('is no no-show before it begins', () => {
    expect(gist(ask(SCENES.Scheduled, COMMANDS.MarkNoShow, {}, '2026-04-01T13:59:59.999Z'))).toBe(
      'SESSION_FUTURE',
    );
    expect(gist(ask(SCENES.Scheduled, COMMANDS.MarkNoShow, {}, START))).toEqual(['SessionNoShow']);
  });
});

describe('the pre-screen', () => {
  const screen = (more: Partial<Extract<SessionCommand, { type: 'RecordPreScreen' }>>) =>
    ask(ARRIVED, { ...COMMANDS.RecordPreScreen, ...more });

  it('finds F10 in vital signs outside their limits', () => {
    const answer = screen({ flags: ['F12'], vitals: { sbpMmHg: 190 } });
    expect(answer.ok && answer.events[0]?.data).toMatchObject({
      flags: ['F12', 'F10'],
      vitalFinding: { outside: ['sbpMmHg'] },
    });
  });

  it.each([
    ['an unknown flag', { flags: ['F99'] }, 'SESSION_FLAG_UNKNOWN'],
    ['pain of 11', { nprsPre: 11 }, 'SESSION_NPRS_RANGE'],
    ['pain below nothing', { nprsPre: -1 }, 'SESSION_NPRS_RANGE'],
    ['pain between two numbers', { nprsPre: 4.5 }, 'SESSION_NPRS_RANGE'],
  ])('is refused with %s', (_what, more, code) => {
    expect(gist(screen(more))).toBe(code);
  });
});

const flag = (more: Partial<FlagFact>): FlagFact => ({
  catalogueId: 'F01',
  urgency: 'emergency',
  cleared: false,
  ...more,
});

describe('starting', () => {
  const start = (history: History, facts: Partial<SessionFacts> = {}) =>
    ask(history, COMMANDS.StartSession, facts, START);
  const screened = (...screens: Parameters<typeof preScreened>): History => [
    ...ARRIVED,
    preScreened(...screens),
  ];

  it('names the plan in force', () => {
    const answer = start(SCENES.CheckedIn);
    expect(answer.ok && answer.events[0]?.data).toEqual({ planId: PLAN, planVersion: 1 });
  });

  it.each<[string, History, Partial<SessionFacts>, string]>([
    [
      'a referral that is not active',
      SCENES.CheckedIn,
      referral({ active: false }),
      'SESSION_REFERRAL_NOT_ACTIVE',
    ],
    [
      'a patient who shares with this clinic no longer',
      SCENES.CheckedIn,
      { person: { deceased: false, elsewhere: false, sharingClosed: true } },
      'CONSENT_WITHDRAWN',
    ],
    ['no pre-screen', ARRIVED, {}, 'SESSION_PRESCREEN_MISSING'],
    [
      'an open emergency flag of the patient',
      SCENES.CheckedIn,
      { flags: [flag({})] },
      'SESSION_RED_FLAG_BLOCK',
    ],
    [
      'self-harm voiced',
      SCENES.CheckedIn,
      { flags: [flag({ catalogueId: 'F11' })] },
      'SESSION_RED_FLAG_BLOCK',
    ],
    [
      'an open flag that prevents the start',
      SCENES.CheckedIn,
      { flags: [flag({ catalogueId: 'F07', urgency: 'urgent' })] },
      'SESSION_RED_FLAG_BLOCK',
    ],
    ['an emergency found at the pre-screen', screened({ flags: ['F04'] }), {}, 'SESSION_RED_FLAG_BLOCK'],
    ['vital signs outside their limits', screened({ flags: ['F10'] }), {}, 'SESSION_RED_FLAG_BLOCK'],
    [
      'a flag that an earlier pre-screen found',
      [...screened({ flags: ['F06'] }), preScreened()],
      {},
      'SESSION_RED_FLAG_BLOCK',
    ],
    [
      'an emergency cleared in another session',
      screened({ flags: ['F01'] }),
      { flags: [flag({ cleared: true, sessionId: uuid(51) })] },
      'SESSION_RED_FLAG_BLOCK',
    ],
    ['fever', screened({ vitals: { tempCelsius: 37.9 } }), {}, 'SESSION_CONTRAINDICATED'],
    ['no consent today', screened({ consentVerbal: false }), {}, 'SESSION_CONSENT_MISSING'],
    ['no plan in force', SCENES.CheckedIn, { plan: undefined }, 'SESSION_NO_PLAN'],
  ])('is refused with %s', (_what, history, facts, code) => {
    expect(gist(start(history, facts))).toBe(code);
  });

  it.each<[string, History, Partial<SessionFacts>]>([
    ['a cleared flag', SCENES.CheckedIn, { flags: [flag({ cleared: true })] }],
    ['low mood without more', SCENES.CheckedIn, { flags: [flag({ catalogueId: 'F11', urgency: 'urgent' })] }],
    [
      'vital signs inside their limits at the second measurement',
      [...screened({ flags: ['F10'] }), preScreened()],
      {},
    ],
    [
      'a flag of this session that a physician cleared',
      screened({ flags: ['F01'] }),
      { flags: [flag({ cleared: true, sessionId: SESSION })] },
    ],
    ['37.8 degrees', screened({ vitals: { tempCelsius: 37.8 } }), {}],
    ['broken skin, which excludes a place and not the session', screened({ skinIntact: false }), {}],
  ])('takes %s', (_what, history, facts) => {
    expect(gist(start(history, facts))).toEqual(['SessionStarted']);
  });

  it('lets an evaluation begin without a plan, and no other kind', () => {
    const of = (kind: 'evaluation' | 'reevaluation' | 'discharge') =>
      start([scheduled({ kind }), ...SCENES.CheckedIn.slice(1)], { plan: undefined });
    expect(of('evaluation')).toEqual({ ok: true, events: [{ type: 'SessionStarted', data: {} }] });
    expect([gist(of('reevaluation')), gist(of('discharge'))]).toEqual(['SESSION_NO_PLAN', 'SESSION_NO_PLAN']);
  });
});

describe('an emergency in the middle of a session', () => {
  const situations: readonly (readonly [string, History, Partial<SessionFacts>])[] = [
    ['raised for the patient', underWay(), { flags: [flag({ catalogueId: 'F03' })] }],
    ['of self-harm', underWay(), { flags: [flag({ catalogueId: 'F11', urgency: 'emergency' })] }],
    [
      'raised at another place',
      underWay(),
      { flags: [flag({ catalogueId: 'F05', site: { region: 'lower-leg', side: 'left' } })] },
    ],
    ['found by a second pre-screen', underWay(preScreened({ flags: ['F02'] })), {}],
  ];

  it.each(situations)(
    '%s: the session neither goes on nor is completed, only stopped',
    (_what, history, facts) => {
      expect(gist(ask(history, COMMANDS.RecordIntervention, facts, END))).toBe('SESSION_RED_FLAG_BLOCK');
      expect(gist(ask(history, COMMANDS.CompleteSession, facts, AFTER))).toBe('SESSION_RED_FLAG_BLOCK');
      expect(gist(ask(history, { ...COMMANDS.StopSession, flagId: uuid(60) }, facts, END))).toEqual([
        'SessionStopped',
      ]);
    },
  );
});

describe('an urgent flag in the middle of a session', () => {
  const [here, otherSide, elsewhere] = [
    { region: 'shoulder', side: 'right' },
    { region: 'shoulder', side: 'left' },
    { region: 'hip', side: 'right' },
  ] as const;
  const record = (more: Parameters<typeof flag>[0]) =>
    gist(
      ask(underWay(), COMMANDS.RecordIntervention, { flags: [flag({ urgency: 'urgent', ...more })] }, END),
    );

  it.each<[string, Parameters<typeof flag>[0], string | readonly string[]]>([
    ['a fracture, nobody says where', { catalogueId: 'F06' }, 'SESSION_RED_FLAG_BLOCK'],
    ['a fracture here', { catalogueId: 'F06', site: here }, 'SESSION_RED_FLAG_BLOCK'],
    ['a fracture on the other side', { catalogueId: 'F06', site: otherSide }, ['InterventionRecorded']],
    ['a malignancy on the other side', { catalogueId: 'F07', site: otherSide }, 'SESSION_RED_FLAG_BLOCK'],
    ['a malignancy elsewhere', { catalogueId: 'F07', site: elsewhere }, ['InterventionRecorded']],
    ['one that is cleared', { catalogueId: 'F06', site: here, cleared: true }, ['InterventionRecorded']],
    ['low mood', { catalogueId: 'F11' }, ['InterventionRecorded']],
    ['a safeguarding concern', { catalogueId: 'F12' }, ['InterventionRecorded']],
  ])('%s: what may be done is %j', (_what, more, expected) => {
    expect(record(more)).toEqual(expected);
  });

  it('lets what was done be written down', () => {
    const facts = { flags: [flag({ catalogueId: 'F06', urgency: 'urgent' })] };
    expect(gist(ask(underWay(intervention()), COMMANDS.CompleteSession, facts, AFTER))).toEqual([
      'SessionPerformed',
    ]);
  });
});
