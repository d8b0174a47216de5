/** Behaviour, held against what it was (see net.ts). */
import { DEEDS } from '@fascia/access';
import { accessPolicy, aggregateByCategory, commandTypes, contracts, refusalRows } from '@fascia/composition';
import { isDeclared } from '@fascia/coordination';
import { CATEGORIES, personalPaths, RELATIONS, ROLES, type Category, type Envelope } from '@fascia/kernel';
import { groupsOf } from '@fascia/read-store';
import { given } from '@fascia/testkit';
import { PLAN_CONTRACT } from '../../libs/plan/src/contract/events.js';
import { decide as decidePlan } from '../../libs/plan/src/domain/plan.decide.js';
import { evolve as evolvePlan, stageOf as planStageOf } from '../../libs/plan/src/domain/plan.js';
import * as plan from '../../libs/plan/src/domain/plan.scenes.spec-data.js';
import { REFERRAL_CONTRACT } from '../../libs/referral/src/contract/events.js';
import { decide as decideReferral } from '../../libs/referral/src/domain/referral.decide.js';
import { evolve as evolveReferral } from '../../libs/referral/src/domain/referral.js';
import { stageOf } from '../../libs/referral/src/domain/referral.state.js';
import * as referral from '../../libs/referral/src/domain/referral.scenes.spec-data.js';
import { SESSION_CONTRACT } from '../../libs/session/src/contract/events.js';
import { decide as decideSession } from '../../libs/session/src/domain/session.decide.js';
import { evolve as evolveSession, stageOf as sessionStageOf } from '../../libs/session/src/domain/session.js';
import * as session from '../../libs/session/src/domain/session.scenes.spec-data.js';
import { DescribedApi, inlined, trialsOf } from './described.js';
import { frozenLog, NOT_PLAYED } from './frozen-log.js';
import { everyModel, foldOf, forgottenVersion, freezeFolds, frozenFolds, held, rowsOf } from './net.js';

const same = (name: string, now: unknown): void => {
  const { frozen, now: current } = held(name, now);
  expect(current).toEqual(frozen);
};

describe('the frozen log', () => {
  let log: readonly Envelope[];

  beforeAll(async () => {
    log = await frozenLog();
  });

  it('is the log of a network in which everything happened that can', () => {
    expect(log.length).toBeGreaterThan(400);
    const stored = new Set(log.map(({ type }) => type));
    const declared = contracts.flatMap((contract) => Object.keys(contract));
    // One that is new is played by the courses first, and the log recorded again (test/journeys/courses.e2e.spec.ts).
    expect(declared.filter((type) => !stored.has(type) && !NOT_PLAYED.includes(type))).toEqual([]);
  });

  it.each(everyModel.map((model) => ({ name: model.name, model })))(
    'comes to the same rows of $name',
    ({ name, model }) => {
      const rows = rowsOf(model, log);
      expect(Object.keys(rows).length).toBeGreaterThan(0);
      same(`rows/${name}.json.gz`, rows);
    },
  );

  it.each(everyModel.map((model) => ({ name: model.name, model })))(
    'keeps every row of $name by the events of one stream: a stream can be taken again whole',
    ({ model }) => {
      const streams = new Map<string, string>();
      const shared = log
        .filter(({ type }) => model.takes.includes(type))
        .flatMap((event) =>
          groupsOf(model)
            .of(event)
            .filter((group) => {
              const first = streams.get(group) ?? event.stream;
              streams.set(group, first);
              return first !== event.stream;
            }),
        );
      expect(shared).toEqual([]);
    },
  );

  it('comes to other rows only where the version of the model was raised', () => {
    const frozen = frozenFolds();
    const now = Object.fromEntries(everyModel.map((model) => [model.name, foldOf(model, log)]));
    const forgotten = Object.entries(now).flatMap(
      ([name, fold]) => forgottenVersion(name, frozen[name], fold) ?? [],
    );
    expect(forgotten).toEqual([]);
    freezeFolds(now);
    expect(frozenFolds()).toEqual(now);
  });

  it('finds a version that was forgotten, and no other', () => {
    const was = { version: 2, columns: 'c', log: 'l', rows: 'r' };
    const said = (change: object) => forgottenVersion('plan', was, { ...was, ...change });
    expect(said({ rows: 'x' })).toMatch(/raise it/);
    expect(said({ columns: 'x' })).toMatch(/raise it/);
    expect(said({ version: 1 })).toMatch(/went back/);
    expect([said({}), said({ rows: 'x', log: 'x' }), said({ rows: 'x', version: 3 })]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('asks for nothing that the contracts do not declare', () => {
    const asked = log.flatMap(({ type, data }) =>
      type === 'CommandRequested'
        ? [data as { readonly category: Category; readonly command: Readonly<Record<string, unknown>> }]
        : [],
    );
    const odd = asked.filter(({ category, command }) => {
      const aggregate = aggregateByCategory.get(category);
      return aggregate === undefined || !isDeclared(aggregate, command);
    });
    expect(asked.length).toBeGreaterThan(50);
    expect(odd).toEqual([]);
  });

  it('would come to others if one event were missing', () => {
    const model = everyModel.find(({ name }) => name === 'referral');
    if (model === undefined) throw new Error('there are no referrals');
    const short = log.filter(({ type }) => type !== 'ReferralAccepted');
    expect(rowsOf(model, short)).not.toEqual(rowsOf(model, log));
  });
});

describe('the API', () => {
  let api: DescribedApi;

  beforeAll(async () => {
    api = await DescribedApi.open();
  });

  afterAll(() => api.close());

  it('describes itself as it did, whatever its components are called', () => {
    const { document } = api;
    same('openapi.json.gz', inlined(document.paths, document));
  });

  it('lists every operation once, under a heading for people', () => {
    const odd = Object.values(api.document.paths)
      .flatMap((methods) => Object.values(methods))
      .filter(({ tags = [] }) => tags.length !== 1 || /(Commands|Queries)$/.test(String(tags[0])));
    expect(odd.map(({ operationId }) => operationId)).toEqual([]);
  });

  it('takes and refuses the bodies that it did, with the same words at the same places', async () => {
    const { document } = api;
    const answers: Record<string, Record<string, unknown>> = {};
    for (const [path, methods] of Object.entries(document.paths)) {
      const schema = methods['post']?.requestBody?.content['application/json']?.schema;
      if (schema === undefined) continue;
      const tried: Record<string, unknown> = (answers[path] = {});
      for (const { what, body } of trialsOf(inlined(schema, document) as Parameters<typeof trialsOf>[0]))
        tried[what] = await api.post(path, body);
    }
    expect(Object.keys(answers).length).toBeGreaterThan(50);
    same('doors.json.gz', answers);
  });
});

describe('what is stored', () => {
  it('is sealed where it was, event by event', () => {
    const sealed = contracts
      .flatMap((contract) => Object.entries(contract))
      .map(([type, { schema }]) => [type, personalPaths(schema).map((path) => `/${path.join('/')}`)] as const)
      .filter(([, paths]) => paths.length > 0);
    expect(sealed.length).toBeGreaterThan(30);
    same('sealed.json', Object.fromEntries(sealed));
  });
});

describe('what rules say', () => {
  it('of every code, by status and title', () => {
    same('refusals.json', refusalRows);
  });

  it('of every command of referrals, plans and visits in every stage', () => {
    const referrals = {
      category: 'referral',
      initial: { kind: 'none' },
      evolve: evolveReferral,
      decide: decideReferral,
      stage: stageOf,
    } as const;
    const plans = {
      category: 'plan',
      initial: { stage: 'none' },
      evolve: evolvePlan,
      decide: decidePlan,
      stage: planStageOf,
    } as const;
    const sessions = {
      category: 'session',
      initial: { stage: 'none' },
      evolve: evolveSession,
      decide: decideSession,
      stage: sessionStageOf,
    } as const;
    const walk = <S extends object, C extends object>(
      scenes: S,
      commands: C,
      ask: (history: never, command: never, type: string) => unknown,
    ): object =>
      Object.fromEntries(
        Object.entries(scenes).map(([stage, history]) => [
          stage,
          Object.fromEntries(
            Object.entries(commands).map(([type, command]) => [
              type,
              ask(history as never, command as never, type),
            ]),
          ),
        ]),
      );
    same('decisions.json.gz', {
      referral: walk(referral.SCENES, referral.COMMANDS, (history: readonly never[], command: never) =>
        given(referrals, REFERRAL_CONTRACT, ...history).when(command, {
          facts: referral.FACTS,
          by: referral.COORDINATOR,
          at: '2026-04-01T10:00:00.000Z',
        }),
      ),
      plan: walk(plan.SCENES, plan.COMMANDS, (history: readonly never[], command: never) =>
        given(plans, PLAN_CONTRACT, ...history).when(command, {
          facts: plan.FACTS,
          by: plan.THERAPIST,
          at: '2026-04-01T10:00:00.000Z',
        }),
      ),
      session: walk(session.SCENES, session.COMMANDS, (history: readonly never[], command: never, type) =>
        given(sessions, SESSION_CONTRACT, ...history).when(command, {
          facts: session.FACTS,
          by: session.THERAPIST,
          at: session.atFor(type as keyof typeof session.COMMANDS),
        }),
      ),
    });
  });
});

describe('the access policy', () => {
  it('permits what it did: every role, in every relation, for every action', () => {
    const policy = accessPolicy();
    const permitted = ROLES.flatMap((role) =>
      CATEGORIES.flatMap((resource) =>
        [...commandTypes, ...DEEDS].flatMap((action) =>
          // Policies only permit: who may not with every relation may not with one.
          policy.decide({ role, resource, action, relations: [...RELATIONS] }).allowed
            ? [undefined, ...RELATIONS]
                .filter(
                  (relation) =>
                    policy.decide({
                      role,
                      resource,
                      action,
                      relations: relation === undefined ? [] : [relation],
                    }).allowed,
                )
                .map((relation) => `${role} ${action} ${resource} ${relation ?? '-'}`)
            : [],
        ),
      ),
    );
    expect(permitted.length).toBeGreaterThan(300);
    same('access.json', permitted.toSorted());
  });
});
