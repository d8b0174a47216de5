import { loadServiceCodes } from '@fascia/clinical/billing-files';
import { toolsOver } from '@fascia/testkit';
import fc from 'fast-check';
import { fold } from '@fascia/kernel';
import type { Claim } from '@fascia/write-door';
import type { SessionCommand } from '../contract/commands.js';
import { SESSION_NOT_ENDED, STAGES } from '../contract/lifecycle.js';
import {
  AFTER,
  CLINIC,
  COMMANDS,
  decider,
  END,
  PATIENT,
  PLAN,
  PRACTICE,
  REFERRAL,
  REFERRAL_FACT,
  SCENES,
  scheduled,
  SESSION,
  START,
  THERAPIST,
  THERAPIST_ID,
  uuid,
  type History,
} from '../domain/session.scenes.spec-data.js';
import { acceptedReferral, certifiedPlan, establishedPlan, licensed } from './session.aggregate.spec-data.js';
import { sessionAggregate } from './session.aggregate.js';

const sessions = sessionAggregate({ serviceCodes: loadServiceCodes });

const STREAMS = {
  [`referral-${REFERRAL}`]: acceptedReferral(),
  [`practitioner-${THERAPIST_ID}`]: licensed(),
  [`plan-${PLAN}`]: establishedPlan(),
};
const FLAG_ROW = {
  catalogue_id: 'F07',
  urgency: 'urgent',
  status: 'confirmed',
  session_id: null,
  site: null,
};
const TABLES = {
  plan: [{ id: PLAN }],
  flag: [FLAG_ROW],
  session: [{ first: null }],
  precaution: [],
  diagnosis: [],
};
const NOTHING_HOLDS = { facts: [], at: AFTER, day: '2026-04-01' };

const request = (command: SessionCommand, history: History) => ({
  command,
  state: fold(decider, history),
  id: SESSION,
  by: THERAPIST,
  at: AFTER,
});
const factsFor = (
  command: SessionCommand,
  history: History,
  streams: Parameters<typeof toolsOver>[0] = STREAMS,
  tables: Parameters<typeof toolsOver>[1] = TABLES,
) => sessions.facts(request(command, history), toolsOver(streams, tables));

describe('the facts of a session', () => {
  it('read the referral, and the therapist as licensed on the day of the visit', async () => {
    const facts = await factsFor(COMMANDS.ScheduleSession, []);
    expect(facts).toEqual({
      day: '2026-04-01',
      referral: { ...REFERRAL_FACT, sites: [] },
      person: { deceased: false, elsewhere: false, sharingClosed: false },
      flags: [],
      timings: new Map(),
      beside: [],
      course: { visits: 0, agreed: 12, period: { from: '2026-03-30', to: '2026-05-11' } },
      holds: { ...NOTHING_HOLDS, at: COMMANDS.ScheduleSession.start },
      therapist: {
        practitionerId: THERAPIST_ID,
        maySign: true,
        taxonomies: ['225100000X'],
        credential: 'PT (CA)',
      },
    });
    const later = await factsFor({ ...COMMANDS.ScheduleSession, start: '2026-05-01T09:00:00.000Z' }, []);
    expect(later.therapist?.maySign).toBe(false);
  });

  it('read the licence of today for a signature', async () => {
    const lapsed = { ...STREAMS, [`practitioner-${THERAPIST_ID}`]: licensed('2026-03-31') };
    const { therapist } = await factsFor(COMMANDS.SignSession, SCENES.Performed, lapsed);
    // Without a licence in force, the registered profession stands beside the name.
    expect(therapist).toMatchObject({ maySign: false, credential: '225100000X' });
  });

  it('read flags and the plan in force for starting', async () => {
    const facts = await factsFor(COMMANDS.StartSession, SCENES.CheckedIn);
    expect(facts.flags).toEqual([{ catalogueId: 'F07', urgency: 'urgent', cleared: false }]);
    expect(facts.plan).toEqual({
      planId: PLAN,
      planVersion: 1,
      techniques: ['DTFM'],
      sites: [{ region: 'shoulder', side: 'right' }],
      precautionsConsidered: [],
      periodEnd: '2026-05-11',
      certification: { due: '2026-04-29' },
    });
  });

  it('count certification from the first treatment, and know until when it lasts', async () => {
    const tables = { ...TABLES, session: [{ first: '2026-03-31T14:00:00.000Z' }] };
    const facts = await factsFor(
      COMMANDS.CompleteSession,
      SCENES.InProgress,
      { ...STREAMS, [`plan-${PLAN}`]: certifiedPlan() },
      tables,
    );
    expect(facts.plan?.certification).toEqual({ due: '2026-04-30', until: '2026-05-11' });
  });

  it("find no plan in a draft, nor in another clinic's plan, nor where there is none", async () => {
    const draft = { ...STREAMS, [`plan-${PLAN}`]: establishedPlan().slice(0, 1) };
    const foreign = { ...STREAMS, [`plan-${PLAN}`]: establishedPlan(uuid(3)) };
    expect((await factsFor(COMMANDS.StartSession, SCENES.CheckedIn, draft)).plan).toBeUndefined();
    expect((await factsFor(COMMANDS.StartSession, SCENES.CheckedIn, foreign)).plan).toBeUndefined();
    expect(
      (await factsFor(COMMANDS.StartSession, SCENES.CheckedIn, STREAMS, { ...TABLES, plan: [] })).plan,
    ).toBeUndefined();
  });

  it("find a referral inactive that is another clinic's by now", async () => {
    const facts = await factsFor(COMMANDS.StartSession, [scheduled({ organizationId: uuid(3) })]);
    expect(facts.referral?.active).toBe(false);
  });

  it('read of the codes of a visit which count minutes, and no others', async () => {
    const { timings } = await factsFor({ ...COMMANDS.RecordIntervention, cpt: '97161' }, SCENES.InProgress);
    expect([...timings]).toEqual([
      ['97140', 'timed'],
      ['97161', 'untimed'],
    ]);
    const none = await factsFor({ ...COMMANDS.RecordIntervention, cpt: 'BANANA' }, SCENES.CheckedIn);
    expect([...none.timings]).toEqual([]);
  });

  it('read whom else the therapist had, and not the visit itself', async () => {
    const row = { start_at: START, end_at: END, minutes: { timed: 40, treatment: 50 } };
    const session = [
      { first: null, id: SESSION, ...row },
      { first: null, id: uuid(51), ...row },
    ];
    for (const [command, history] of [
      [COMMANDS.CompleteSession, SCENES.InProgress],
      [COMMANDS.SignSession, SCENES.Performed],
    ] as const) {
      const { beside } = await factsFor(command, history, STREAMS, { ...TABLES, session });
      expect(beside).toEqual([{ start: START, end: END, timedMinutes: 40 }]);
    }
  });

  it('read nothing for what the state alone decides', async () => {
    expect(await factsFor(COMMANDS.CheckIn, SCENES.Scheduled, {}, {})).toEqual({
      day: '2026-04-01',
      flags: [],
      timings: new Map(),
      beside: [],
      holds: NOTHING_HOLDS,
    });
  });
});

describe('the door of a session', () => {
  it('takes parties and patient from the referral first, then from the session', async () => {
    const booking = request(COMMANDS.ScheduleSession, []);
    const theirs = { patientId: PATIENT, parties: { recipient: [CLINIC], referrer: [PRACTICE] } };
    expect(await sessions.subject(booking, toolsOver(STREAMS))).toEqual(theirs);
    const later = request(COMMANDS.CheckIn, SCENES.Scheduled);
    expect(await sessions.subject(later, toolsOver({}))).toEqual(theirs);
    expect(await sessions.subject(booking, toolsOver({}))).toEqual({ parties: {} });
  });
});

describe('the time that a session takes up', () => {
  const claimsOf = (history: History): readonly Claim[] =>
    sessions.holds?.(fold(decider, history), SESSION) ?? [];

  it.each(STAGES)('is held exactly until it has ended: %s', (stage) => {
    expect(
      claimsOf(SCENES[stage]).map(({ key, interval, refusal }) => [key, interval, refusal.code]),
    ).toEqual(
      SESSION_NOT_ENDED.includes(stage)
        ? [
            [['slot', THERAPIST_ID, '2026-W14'], { from: START, to: END }, 'SESSION_OVERLAP'],
            [['slot', PATIENT, '2026-W14'], { from: START, to: END }, 'SESSION_OVERLAP'],
          ]
        : [],
    );
  });

  it('is held in both weeks when it lies in two, and in one when it ends at midnight', () => {
    const weeks = (start: string, end: string) =>
      claimsOf([scheduled({ start, end })]).map((claim) => claim.key[2]);
    expect(weeks('2026-04-05T23:30:00.000Z', '2026-04-06T00:30:00.000Z')).toEqual([
      '2026-W14',
      '2026-W15',
      '2026-W14',
      '2026-W15',
    ]);
    expect(weeks('2026-04-05T23:00:00.000Z', '2026-04-06T00:00:00.000Z')).toEqual(['2026-W14', '2026-W14']);
  });

  it('moves with the session, to the other therapist too', () => {
    const moved = {
      ...scheduled(),
      type: 'SessionRescheduled',
      data: { start: '2026-04-08T14:00:00.000Z', end: '2026-04-08T15:00:00.000Z', therapistId: uuid(93) },
    } as const;
    expect(claimsOf([scheduled(), moved]).map((claim) => claim.key)).toEqual([
      ['slot', uuid(93), '2026-W15'],
      ['slot', PATIENT, '2026-W15'],
    ]);
  });

  /** As registers compare them: same key, and half-open intervals that overlap as text. */
  const clash = (a: readonly Claim[], b: readonly Claim[]): boolean =>
    a.some((one) =>
      b.some(
        (other) =>
          one.key.join() === other.key.join() &&
          (one.interval?.from ?? '') < (other.interval?.to ?? '') &&
          (other.interval?.from ?? '') < (one.interval?.to ?? ''),
      ),
    );

  it('clashes exactly with what overlaps it in time for the same person', () => {
    const slot = fc.record({
      from: fc.integer({ min: Date.UTC(2025, 11, 27), max: Date.UTC(2026, 0, 6) }),
      minutes: fc.integer({ min: 1, max: 480 }),
      therapist: fc.constantFrom(92, 93),
      patient: fc.constantFrom(10, 11),
    });
    const near = fc
      .tuple(slot, slot, fc.integer({ min: -600, max: 600 }))
      .map(([a, b, apart]) => [a, { ...b, from: a.from + apart * 60_000 }] as const);
    fc.assert(
      fc.property(near, ([a, b]) => {
        const [held, wanted] = [a, b].map(({ from, minutes, therapist, patient }) =>
          claimsOf([
            scheduled({
              start: new Date(from).toISOString(),
              end: new Date(from + minutes * 60_000).toISOString(),
              therapistId: uuid(therapist),
              patientId: uuid(patient),
            }),
          ]),
        );
        const overlap = a.from < b.from + b.minutes * 60_000 && b.from < a.from + a.minutes * 60_000;
        expect(clash(held ?? [], wanted ?? [])).toBe(
          overlap && (a.therapist === b.therapist || a.patient === b.patient),
        );
      }),
      { numRuns: 500 },
    );
  });
});
