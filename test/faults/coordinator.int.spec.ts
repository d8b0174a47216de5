import { FlakyStore, type Breakage } from '@fascia/testkit';
import { instanceStream, type AnyProcess } from '@fascia/coordination';
import { idOf, streamOf } from '@fascia/kernel';
import { NAMING_NOTHING as PLAN_CONTENT } from '../../libs/plan/src/domain/plan.scenes.spec-data.js';
import {
  CLINIC,
  COORDINATOR,
  PATIENT,
  PHYSICIAN,
  SCENES,
  SYSTEM,
  THERAPIST,
  SESSION,
  REDIRECTED,
} from '../../libs/referral/src/domain/referral.scenes.spec-data.js';
import {
  history,
  id,
  MISSED,
  NEXT_PLAN,
  OTHER_THERAPIST,
  plan,
  PLAN,
  referral,
  REFERRAL,
  telling,
  told,
} from './coordinator.story.js';
import { checkpoints, openTasks, World, type Checkpoints } from './coordinator.world.js';

let rows: Checkpoints;
let world: World;
beforeAll(async () => {
  rows = await checkpoints();
});
afterAll(() => rows.close());
beforeEach(async () => {
  await rows.forget();
  world = new World(rows);
});
afterEach(() => world.stop());

type Picture = Awaited<ReturnType<World['picture']>>;

/** What a run without any trouble comes to, and how many appends it takes. */
const withoutTrouble = async (): Promise<{ picture: Picture; appends: number }> => {
  const calm = new World(rows);
  const counted = new FlakyStore(calm.log);
  await telling(calm);
  calm.start(counted);
  await calm.settled();
  await calm.stop();
  return { picture: await calm.picture(), appends: counted.appends };
};

describe('a coordinator', () => {
  it('asks for each next fact, shows the plan, books the visit', async () => {
    await telling(world);
    world.start();
    await world.settled();
    expect((await openTasks(world)).map(({ type }) => type).sort()).toEqual(['RED_FLAG_REVIEW']);
    expect(await world.typesOf(plan)).toEqual(['PlanDrafted', 'PlanEstablished', 'PlanSubmitted']);
    expect((await world.typesOf(referral)).at(-1)).toBe('ReferralVisitMissed');
  });

  it('writes down a refusal of what it asked for', async () => {
    await telling(world);
    world.start();
    await world.settled();
    const refused = (await world.everything()).filter(({ type }) => type === 'CommandRefused');
    expect(refused.map(({ data }) => data)).toEqual([expect.objectContaining({ code: 'VISIT_NOT_BOOKED' })]);
  });

  it('goes on after a command that can never be stored, and says so', async () => {
    await telling(world);
    await world.tell(
      streamOf('process', id(900)),
      { by: SYSTEM, patientId: PATIENT },
      {
        type: 'CommandRequested',
        data: {
          commandId: id(901),
          category: 'task',
          id: id(902),
          command: { type: 'CreateTask', taskType: 'TRIAGE', priority: 'whenever' },
        },
      },
    );
    world.start();
    await world.settled();
    expect(await world.typesOf(streamOf('process', id(900)))).toEqual(['CommandRequested', 'CommandRefused']);
    expect((await world.typesOf(referral)).at(-1)).toBe('ReferralVisitMissed');
  });

  it('takes a stream that begins with bookkeeping for what it is without', async () => {
    const data = { claimId: id(950), register: 'register-of-a-slot' };
    for (const stream of [streamOf('session', SESSION), streamOf('session', MISSED), plan])
      await world.tell(stream, { ...told, by: SYSTEM }, { type: 'ClaimLapsed', data });
    await telling(world);
    world.start();
    await world.settled();
    expect((await openTasks(world)).map(({ type }) => type).sort()).toEqual(['RED_FLAG_REVIEW']);
    expect(await world.typesOf(plan)).toEqual([
      'ClaimLapsed',
      'PlanDrafted',
      'PlanEstablished',
      'PlanSubmitted',
    ]);
    expect((await world.typesOf(referral)).at(-1)).toBe('ReferralVisitMissed');
  });

  it('asks for nothing again when it starts from the beginning of the log', async () => {
    await telling(world);
    world.start();
    await world.settled();
    await world.stop();
    const before = await world.log.head();
    await rows.query("update delivery.checkpoint set position = 0, stream = '', version = 0, digest = ''");
    world.start();
    await world.settled();
    expect(await world.log.head()).toEqual(before);
  });
});

describe('a refusal', () => {
  it('is final: read again when the rules would say otherwise, the command is carried out by nobody', async () => {
    await telling(world);
    world.start();
    await world.settled();
    await world.stop();
    const visit = { sessionId: MISSED, kind: 'treatment', start: '2026-04-08T09:00:00.000Z' };
    await world.tell(referral, told, { type: 'ReferralVisitBooked', data: visit });
    const before = await world.typesOf(referral);
    await rows.query("update delivery.checkpoint set position = 0, stream = '', version = 0, digest = ''");
    world.start();
    await world.settled();
    expect(await world.typesOf(referral)).toEqual(before);
  });
});

describe('a process about a practitioner', () => {
  const suspended = id(800);
  const asked = id(801);
  /** Somebody has to look at what a suspended practitioner leaves. */
  const lookAfter: AnyProcess = {
    name: 'look-after-a-suspension',
    takes: ['PractitionerSuspended'],
    initial: {},
    instanceOf: ({ stream }) => ({ category: 'practitioner', id: idOf(stream) }),
    react: (event, { key }) => ({
      gives: [
        {
          category: 'task',
          id: asked,
          command: {
            type: 'CreateTask',
            taskType: 'GENERAL',
            subject: key,
            assignment: { organizationIds: [CLINIC], roles: ['coordinator'] },
            priority: 'urgent',
            sourceEventId: event.id,
          },
        },
        { set: 'STILL-SUSPENDED', dueAt: '2026-05-02T09:00:00.000Z' },
      ],
    }),
  };
  /** Throws on whatever it is given. */
  const broken: AnyProcess = {
    ...lookAfter,
    name: 'cannot-take-it',
    react: () => {
      throw new TypeError('its own fault');
    },
  };

  const suspends = (): Promise<void> =>
    world.tell(
      streamOf('practitioner', suspended),
      { by: SYSTEM, patientId: PATIENT },
      { type: 'PractitionerSuspended', data: { reason: 'Licence.' } },
    );

  it('has an instance, a task and a timer of its own', async () => {
    await suspends();
    world.start(world.log, [lookAfter]);
    await world.settled();
    const key = { category: 'practitioner', id: suspended } as const;
    expect(await world.typesOf(instanceStream(lookAfter.name, key))).toEqual([
      'ProcessStarted',
      'InputHandled',
      'CommandRequested',
      'TimerSet',
    ]);
    expect(await world.typesOf(streamOf('task', asked))).toEqual(['CareTaskCreated']);
  });

  it('that throws stops nobody else', async () => {
    await suspends();
    world.start(world.log, [broken, lookAfter]);
    await world.settled();
    expect(await world.typesOf(streamOf('task', asked))).toEqual(['CareTaskCreated']);
    const parked = await rows.query<{ error: string }>('select error from delivery.parked');
    expect(parked).toEqual([{ error: 'TypeError' }]);
  });
});

describe('two coordinators at once', () => {
  it('ask for everything once', async () => {
    const { picture } = await withoutTrouble();
    world.start();
    world.start();
    await telling(world);
    await world.settled();
    expect(Object.keys(await world.picture()).filter((stream) => stream.startsWith('task-'))).toHaveLength(
      Object.keys(picture).filter((stream) => stream.startsWith('task-')).length,
    );
    const requested = (await world.everything())
      .filter(({ type }) => type === 'CommandRequested')
      .map(({ data }) => (data as { commandId: string }).commandId);
    expect(new Set(requested).size).toBe(requested.length);
  });
});

describe('a coordinator that dies at an append and is started again', () => {
  it.each<{ breakage: Breakage }>([{ breakage: 'before' }, { breakage: 'after' }])(
    '$breakage it was stored, at any of them, leaves the same story',
    async ({ breakage }) => {
      const { picture, appends } = await withoutTrouble();
      const expected = shapeOf(picture);
      expect(appends).toBeGreaterThan(15);
      for (let dying = 1; dying <= appends; dying += 1) {
        // Each is a log of its own: what is known of the one before would put all of this in doubt.
        await rows.forget();
        const struck = new World(rows);
        await telling(struck);
        const flaky = new FlakyStore(struck.log);
        flaky.breakOn((append) => (append === dying ? breakage : append > dying ? 'before' : undefined));
        struck.start(flaky);
        await struck.diedOf(flaky, dying);
        await struck.stop();
        struck.start();
        await struck.settled();
        await struck.stop();
        expect({ dying, story: shapeOf(await struck.picture()) }).toEqual({ dying, story: expected });
      }
    },
  );
});

/** Ids differ from run to run with the ids of their causes: streams by category and what is in them. */
const shapeOf = (picture: Picture): readonly string[] =>
  Object.entries(picture)
    .map(([stream, types]) => `${stream.slice(0, stream.indexOf('-'))}: ${types.join(', ')}`)
    .toSorted();

describe('a leg that ends while its plan is current', () => {
  const accepted = async (): Promise<void> => {
    await world.tell(referral, { ...told, by: PHYSICIAN }, ...history(SCENES.Accepted));
    expect(
      await world.ask('plan', PLAN, THERAPIST, {
        type: 'DraftPlan',
        referralId: REFERRAL,
        content: PLAN_CONTENT,
      } as { type: string }),
    ).toMatchObject({ kind: 'done' });
    world.start();
    await world.settled();
  };

  it('ends the plan, and the next clinic can make its own', async () => {
    await accepted();
    await world.tell(referral, { ...told, by: PHYSICIAN }, REDIRECTED, {
      type: 'ReferralAccepted',
      data: {},
    });
    await world.settled();
    expect(await world.typesOf(plan)).toEqual(['PlanDrafted', 'PlanDiscontinued']);
    expect(
      await world.ask('plan', NEXT_PLAN, OTHER_THERAPIST, {
        type: 'DraftPlan',
        referralId: REFERRAL,
        content: PLAN_CONTENT,
      } as { type: string }),
    ).toMatchObject({ kind: 'done' });
    await world.settled();
    expect(await world.typesOf(streamOf('plan', NEXT_PLAN))).toEqual(['PlanDrafted']);
    expect((await openTasks(world)).every(({ organizationIds }) => !organizationIds.includes(CLINIC))).toBe(
      true,
    );
  });

  it('asks for no outcome because of it when the referral is declined', async () => {
    await accepted();
    await world.tell(
      referral,
      { ...told, by: COORDINATOR },
      { type: 'ReferralDeclined', data: { reason: 'capacity', flagIds: [], bookingsCancelled: [] } },
    );
    await world.settled();
    expect(await world.typesOf(plan)).toEqual(['PlanDrafted', 'PlanDiscontinued']);
    expect((await openTasks(world)).map(({ type }) => type)).toEqual(['HANDLE_DECLINE']);
  });
});
