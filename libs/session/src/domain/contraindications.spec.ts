/** What the catalogue of contraindications refuses of a visit and of what is done in it. */
import type { Contraindicated } from '@fascia/clinical/contraindications';
import { gist, given } from '@fascia/testkit';
import type { SessionCommand, SessionCommandOf } from '../contract/commands.js';
import { SESSION_CONTRACT } from '../contract/events.js';
import type { SessionFacts } from './facts.js';
import {
  BEFORE,
  COMMANDS,
  decider,
  FACTS,
  SCENES,
  SESSION,
  START,
  THERAPIST,
  underWay,
  type History,
} from './session.scenes.spec-data.js';

const ask = (history: History, command: SessionCommand, facts: Partial<SessionFacts> = {}) =>
  given(decider, SESSION_CONTRACT, ...history).when(command, {
    facts: { ...FACTS, ...facts },
    by: THERAPIST,
    at: BEFORE,
    id: SESSION,
  });

const holding = (...facts: readonly Contraindicated[]): Partial<SessionFacts> => ({
  holds: { facts, at: START, day: '2026-04-01' },
});

const SHOULDER = { region: 'shoulder', side: 'right' } as const;
const AT_SHOULDER = { site: SHOULDER };
const CLEARANCE = { clearance: { from: '2026-03-01', until: '2026-05-01' } };

describe('a visit for treatment over contraindications', () => {
  // prettier-ignore
  const SITUATIONS: readonly (readonly [string, Contraindicated, boolean])[] = [
    ['what closes the whole body', { catalogueId: 'C12' }, false],
    ['what closes the one place that was ordered', { catalogueId: 'C03', ...AT_SHOULDER }, false],
    ['what closes another place', { catalogueId: 'C03', site: { region: 'knee', side: 'left' } }, true],
    ['what waits for a clearance', { catalogueId: 'P13' }, false],
    ['what is cleared', { catalogueId: 'P13', ...CLEARANCE }, true],
    ['what modifies', { catalogueId: 'P01' }, true],
  ];

  it.each(SITUATIONS)('%s', (_what, fact, goesOn) => {
    expect(gist(ask([], COMMANDS.ScheduleSession, holding(fact)))).toEqual(
      goesOn ? ['SessionScheduled'] : 'SESSION_CONTRAINDICATED',
    );
    expect(gist(ask(SCENES.CheckedIn, COMMANDS.StartSession, holding(fact)))).toEqual(
      goesOn ? ['SessionStarted'] : 'SESSION_CONTRAINDICATED',
    );
  });

  it('is booked all the same to evaluate, and goes on where one of two places is open', () => {
    const evaluation = { ...COMMANDS.ScheduleSession, kind: 'evaluation' } as const;
    expect(gist(ask([], evaluation, holding({ catalogueId: 'C12' })))).toEqual(['SessionScheduled']);
    const both = {
      ...FACTS,
      referral: FACTS.referral && {
        ...FACTS.referral,
        sites: [{ region: 'shoulder', side: 'bilateral' } as const],
      },
    };
    expect(
      gist(
        ask([], COMMANDS.ScheduleSession, { ...both, ...holding({ catalogueId: 'C03', ...AT_SHOULDER }) }),
      ),
    ).toEqual(['SessionScheduled']);
  });

  it('is not moved to a day on which nothing may be done', () => {
    expect(gist(ask(SCENES.Scheduled, COMMANDS.RescheduleSession, holding({ catalogueId: 'C12' })))).toBe(
      'SESSION_CONTRAINDICATED',
    );
  });
});

describe('an intervention over contraindications', () => {
  const record = (more: Partial<SessionCommandOf<'RecordIntervention'>> = {}) => ({
    ...COMMANDS.RecordIntervention,
    ...more,
  });
  const deep = { technique: 'DTFM', pressureGrade: 5 } as const;

  // prettier-ignore
  it.each<[string, SessionCommand, readonly Contraindicated[], readonly string[] | string]>([
    ['deep friction under an anticoagulant', record(deep), [{ catalogueId: 'P01' }], 'SESSION_TECHNIQUE_CONTRAINDICATED'],
    ['a soft technique, too hard', record({ technique: 'MFR', pressureGrade: 3 }), [{ catalogueId: 'P01' }], 'SESSION_PRESSURE_CONTRAINDICATED'],
    ['a soft technique, softly', record({ technique: 'MFR', pressureGrade: 2 }), [{ catalogueId: 'P01' }], ['InterventionRecorded']],
    ['work on a wound', record(), [{ catalogueId: 'C03', ...AT_SHOULDER }], 'SESSION_CONTRAINDICATED_SITE'],
    ['work beside a wound', record(), [{ catalogueId: 'C03', site: { region: 'shoulder', side: 'left' } }], ['InterventionRecorded']],
    ['work where nothing is done at all', record(), [{ catalogueId: 'C10' }], 'SESSION_CONTRAINDICATED'],
    ['work that was cleared', record(), [{ catalogueId: 'P13', ...CLEARANCE }], ['InterventionRecorded']],
    ['work that was done all the same', record({ doneDespite: 'Seen too late.' }), [{ catalogueId: 'C10' }],
      ['ContraindicatedCareRecorded', 'InterventionRecorded']],
    ['work that nothing stands against, whatever is said', record({ doneDespite: 'Seen too late.' }), [], ['InterventionRecorded']],
  ])('%s', (_what, command, facts, expected) => {
    expect(gist(ask(underWay(), command, holding(...facts)))).toEqual(expected);
  });

  it('says which rows it was done against, and nothing of it in the intervention', () => {
    const facts = holding(
      { catalogueId: 'P01' },
      { catalogueId: 'C03', ...AT_SHOULDER },
      { catalogueId: 'P10' },
    );
    const decision = ask(underWay(), record({ ...deep, doneDespite: 'Seen too late.' }), facts);
    expect(decision).toMatchObject({
      events: [
        { data: { seq: 1, catalogueIds: ['P01', 'C03'], reason: 'Seen too late.' } },
        { data: { seq: 1 } },
      ],
    });
    expect(decision.ok && Object.keys(decision.events[1]?.data ?? {})).not.toContain('doneDespite');
  });
});
