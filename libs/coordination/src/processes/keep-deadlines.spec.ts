/** Every clock of an order: what starts, stops and meets it, who is told when it is missed, and what the product does then. */
import { instantAfterDays } from '@fascia/clinical/calendar';
import type { DeadlineName } from '@fascia/deadline/contract';
import type { Requested } from '../process.js';
import { DEADLINE_ROWS } from './deadline-rows.js';
import { keepDeadlines } from './keep-deadlines.process.js';
import { isAmong, LOOP_ENDS } from './leg.js';
import { CLINIC, NOW, POOL, PRACTICE, sampled, type SampleType } from './samples.spec-data.js';
import { assignmentOf, Story } from './story.spec-data.js';

const DAYS = 1;

/** The deadlines that it asks for are set, each due a day later, as the write door would. */
class Clocks extends Story {
  constructor() {
    super(keepDeadlines);
  }

  /** @returns `SetDeadline T-ACK`, and what else was asked for, by its type */
  told(type: SampleType, data: object = {}): readonly string[] {
    return this.set(this.on(type, data));
  }

  waits(days: number): readonly string[] {
    const asked: string[] = [];
    for (let day = 0; day < days; day += DAYS) asked.push(...this.set(this.passes(DAYS)));
    return asked;
  }

  /** What the door stores because of it comes back. */
  set(commands: readonly Requested[]): readonly string[] {
    return commands.flatMap((asked) => {
      const { command } = asked;
      const told =
        'name' in command && typeof command.name === 'string'
          ? [`${command.type} ${command.name}`]
          : [command.type];
      switch (command.type) {
        case 'SetDeadline': {
          const { type: _type, at: startedAt, dueOn: _dueOn, dueAt, ...said } = command;
          const due = { startedAt, dueAt: dueAt ?? instantAfterDays(startedAt, DAYS) };
          return [...told, ...this.set(this.on('DeadlineSet', { ...said, ...due }))];
        }
        case 'MissDeadline': {
          const { name, dueAt } = command;
          return [...told, ...this.set(this.on('DeadlineMissed', { name, dueAt }))];
        }
        default:
          return told;
      }
    });
  }
}

const after = (...happened: readonly SampleType[]): Clocks => {
  const clocks = new Clocks();
  for (const event of happened) clocks.told(event);
  return clocks;
};

/** What goes before, so that a row's clock may run. */
const BEFORE: Readonly<Partial<Record<DeadlineName, readonly SampleType[]>>> = {
  'T-ACK': ['ReferralDrafted'],
  'T-FIRST': ['ReferralDrafted'],
  'T-VALID': ['ReferralDrafted'],
  'T-TRIAGE': ['ReferralDrafted', 'ReferralSent'],
  'T-INFO': ['ReferralSent', 'ReferralReceived'],
  'T-INFO-STOP': ['ReferralSent', 'ReferralReceived'],
  'T-BOOK': ['ReferralSent'],
  'T-REBOOK': ['ReferralSent', 'ReferralAccepted', 'ReferralVisitBooked'],
  'T-DECLINED': ['ReferralSent'],
  'T-CANCEL': ['ReferralSent', 'ReferralAccepted'],
  'T-HOLD': ['ReferralSent', 'ReferralAccepted'],
  'T-OUTCOME': ['ReferralSent', 'ReferralAccepted', 'ReferralTreatmentStarted', 'PlanEstablished'],
  'T-ACKOUT': ['ReferralSent', 'ReferralAccepted', 'ReferralTreatmentStarted'],
};

const begun = (name: DeadlineName): Clocks => {
  const row = DEADLINE_ROWS.find(({ deadline }) => deadline === name);
  const clocks = after(...(BEFORE[name] ?? []));
  clocks.told(sampled(row?.startsOn[0] ?? ''));
  return clocks;
};

describe.each(DEADLINE_ROWS)('$deadline', ({ deadline, startsOn, metBy, calledOffBy = [], ...row }) => {
  it.each(startsOn.slice(0, 1))('starts on %s', (event) => {
    expect(after(...(BEFORE[deadline] ?? [])).told(sampled(event))).toContain(`SetDeadline ${deadline}`);
  });

  it.each(metBy)('is met by %s', (event) => {
    expect(begun(deadline).told(sampled(event))).toContain(`MeetDeadline ${deadline}`);
  });

  it.each([...calledOffBy, ...LOOP_ENDS.filter((end) => !metBy.includes(end))])(
    'is called off by %s',
    (event) => {
      expect(begun(deadline).told(sampled(event))).toContain(`CallOffDeadline ${deadline}`);
    },
  );

  for (const event of row.pausesOn ?? [])
    it(`stands still on ${event}`, () => {
      expect(begun(deadline).told(sampled(event))).toContain(`PauseDeadline ${deadline}`);
    });

  for (const event of row.resumesOn ?? [])
    it(`goes on with ${event}`, () => {
      expect(begun(deadline).told(sampled(event))).toContain(`ResumeDeadline ${deadline}`);
    });

  it('is looked at when it is due, and missed once', () => {
    const missed = begun(deadline).waits(100);
    expect(missed.filter((one) => one === `MissDeadline ${deadline}`)).toEqual([`MissDeadline ${deadline}`]);
  });

  it('is not looked at once it was met', () => {
    const clocks = begun(deadline);
    const end = metBy.find((type) => !isAmong(LOOP_ENDS, type)) ?? metBy[0];
    clocks.told(sampled(end ?? ''));
    expect(clocks.timers).not.toHaveProperty([deadline]);
  });
});

describe('the clock of the patient', () => {
  it.each(['ReferralInformationRequested', 'ReferralPutOnHold'] as const)(
    'does not stand still on %s',
    (event) => {
      const clocks = after('ReferralSent', 'ReferralAccepted');
      const told = clocks.told(event);
      expect(told).not.toContain('PauseDeadline T-FIRST');
      expect(told).not.toContain('PauseDeadline T-VALID');
    },
  );

  it('does not begin anew with another clinic', () => {
    const redirected = after('ReferralSent', 'ReferralDeclined').told('ReferralRedirected');
    expect(redirected).toContain('SetDeadline T-ACK');
    expect(redirected).not.toContain('SetDeadline T-FIRST');
    expect(redirected).not.toContain('SetDeadline T-VALID');
  });

  it('ends with what the order is valid for', () => {
    const [valid] = after('ReferralDrafted')
      .on('ReferralSent')
      .filter(({ command }) => command.type === 'SetDeadline' && command.name === 'T-VALID');
    expect(valid?.command).toMatchObject({ dueAt: '2026-06-30T23:59:59.999Z' });
  });
});

describe('a question', () => {
  it('after the acceptance, which lapses with it, has the clinic triage anew', () => {
    const clocks = after('ReferralSent', 'ReferralReceived', 'ReferralAccepted');
    expect(clocks.told('ReferralInformationRequested')).toContain('CallOffDeadline T-BOOK');
    expect(clocks.told('ReferralInformationSupplied')).toContain('SetDeadline T-TRIAGE');
  });

  it('that nobody answers ends in a decline', () => {
    const clocks = begun('T-INFO-STOP');
    expect(clocks.waits(2)).toContain('DeclineReferral');
  });
});

describe('a pause within a pause', () => {
  it('goes on when both are over', () => {
    const clocks = after(
      'ReferralSent',
      'ReferralAccepted',
      'ReferralPutOnHold',
      'ReferralCancellationRequested',
    );
    expect(clocks.told('ReferralCancellationRefused')).not.toContain('ResumeDeadline T-BOOK');
    expect(clocks.told('ReferralResumed')).toContain('ResumeDeadline T-BOOK');
  });
});

describe('who is told', () => {
  const asked = (clocks: Clocks, days: number) => {
    const all: Requested[] = [];
    for (let day = 0; day < days; day += DAYS) {
      const now = clocks.passes(DAYS);
      for (const one of now) {
        all.push(one);
        if (one.command.type === 'MissDeadline')
          all.push(...clocks.on('DeadlineMissed', { name: one.command.name, dueAt: one.command.dueAt }));
      }
    }
    return all.filter(({ command }) => command.type === 'CreateTask');
  };

  const ofClock = (tasks: readonly Requested[], name: DeadlineName) =>
    tasks.flatMap((task) =>
      task.command.type === 'CreateTask' && task.command.deadline === name ? [assignmentOf(task)] : [],
    );

  it('that an order is not picked up: its clinic at once, its physician after as long again', () => {
    const tasks = ofClock(asked(after('ReferralSent'), 2), 'T-ACK');
    expect(tasks).toEqual([
      { organizationIds: [CLINIC], roles: ['coordinator', 'therapist'] },
      { organizationIds: [PRACTICE], roles: ['physician', 'delegate'] },
    ]);
  });

  it('of a pool: all of it, while nobody has claimed', () => {
    const clocks = new Clocks();
    clocks.told('ReferralSent', { placement: POOL });
    expect(ofClock(asked(clocks, 1), 'T-ACK')[0]?.organizationIds).toEqual(POOL.organizationIds);
  });

  it('need not look any more once it is met late', () => {
    const clocks = after('ReferralSent');
    const [told] = asked(clocks, 1);
    const met = clocks.on('ReferralReceived').find(({ id }) => id === told?.id);
    expect(met?.command).toMatchObject({ type: 'CompleteTask' });
  });

  it('of what was missed before anybody looked, is nobody once it was met', () => {
    const clocks = after('ReferralSent', 'ReferralReceived');
    expect(clocks.on('DeadlineMissed', { name: 'T-ACK', dueAt: NOW })).toEqual([]);
  });

  it('of the clock of a clinic that has the order no more, is nobody', () => {
    const clocks = after('ReferralSent');
    clocks.on('ReferralRedirected');
    expect(clocks.on('DeadlineMissed', { name: 'T-ACK', dueAt: NOW })).toEqual([]);
  });
});

describe('what the product does itself', () => {
  it.each([
    ['T-CANCEL', 'ConfirmCancellation', 'SESSION_UNSIGNED'],
    ['T-VALID', 'ExpireReferral', 'VISIT_WITHIN_GRACE'],
  ] as const)('of %s, and is refused, it tries again the next day', (name, command, code) => {
    const clocks = begun(name);
    const days = name === 'T-VALID' ? 92 : 2;
    expect(clocks.waits(days)).toContain(command);
    const asked = { category: 'referral', id: CLINIC, command: { type: command } } as unknown as Requested;
    const tells = clocks.refused(asked, code).map((one) => one.command.type);
    expect(tells).toEqual(name === 'T-CANCEL' ? ['CreateTask'] : []);
    expect(clocks.refused(asked, code)).toEqual([]);
    expect(clocks.waits(1)).toContain(command);
  });

  it('is not tried again once the deadline stands no more', () => {
    const clocks = begun('T-CANCEL');
    clocks.waits(2);
    clocks.told('ReferralCancellationRefused');
    const asked = { category: 'referral', id: CLINIC, command: { type: 'ConfirmCancellation' } };
    expect(clocks.refused(asked as unknown as Requested, 'REFERRAL_ILLEGAL_TRANSITION')).toEqual([]);
    expect(clocks.waits(3)).not.toContain('ConfirmCancellation');
  });
});

describe('a deadline that could not be set', () => {
  it('does not stand, and is looked at by nobody', () => {
    const clocks = after('ReferralDrafted');
    const [set] = clocks.on('ReferralSent');
    if (set === undefined) throw new Error('nothing was set');
    clocks.refused(set, 'PERSON_ERASED');
    expect(clocks.told('ReferralReceived')).not.toContain('MeetDeadline T-ACK');
  });

  it('that is not due by the clock of the day is looked at again', () => {
    const clocks = after('ReferralSent');
    const dueAt = instantAfterDays(NOW, 1);
    const asked = {
      category: 'deadline',
      id: CLINIC,
      command: { type: 'MissDeadline', name: 'T-ACK', dueAt },
    };
    clocks.refused(asked as unknown as Requested, 'DEADLINE_NOT_DUE');
    expect(clocks.timers['T-ACK']).toBe('2026-04-02T09:01:00.000Z');
  });
});
