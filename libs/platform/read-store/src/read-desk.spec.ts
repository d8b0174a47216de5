import type { AccessPolicy, Actor } from '@fascia/kernel';
import { NotingDesk, ReadDesk, type Access, type Occasion } from './read-desk.js';

const BY: Actor = {
  sub: 'therapist-1',
  role: 'therapist',
  organizationId: '00000000-0000-4000-8000-000000000002',
};
const SCOPE = { referrer: 'of the practice', recipient: 'of the clinic', pool: 'of the pool' };

/** Allows where the caller is the recipient, or one of the actions is named. */
const policyOf = (actions: readonly string[] = []): AccessPolicy => ({
  decide: ({ relations, action }) => ({
    allowed: relations.includes('recipient') || actions.includes(action),
    policy: 'read.recipient',
  }),
});

const ON: Occasion = { route: 'GET /api/v1/referrals/:id', objectId: 'r1' };

const deskWith = (policy: AccessPolicy): { readonly desk: NotingDesk; readonly records: Access[] } => {
  const records: Access[] = [];
  const rows = { query: () => Promise.reject(new Error('nothing is asked of tables')) };
  const log = { record: (record: Access) => void records.push(record) };
  return { desk: new NotingDesk(new ReadDesk(rows, policy, log, { now: () => new Date(0) }), ON), records };
};

describe('what a caller sees of a list', () => {
  it('is what the policy allows in each relation by itself', () => {
    expect(deskWith(policyOf()).desk.seenBy(BY, 'referral', SCOPE)).toEqual({
      relations: ['recipient'],
      policy: 'read.recipient',
    });
  });

  it('is everything where the policy asks for no relation', () => {
    expect(deskWith(policyOf(['Read'])).desk.seenBy(BY, 'referral', SCOPE).relations).toBe('all');
  });

  it.each<[string, Actor, Partial<typeof SCOPE>]>([
    ['without a relation that is allowed', BY, { referrer: 'of the practice' }],
    ['without an organisation', { sub: 'therapist-1', role: 'therapist' }, SCOPE],
  ])('is nothing %s', (_what, by, scope) => {
    expect(deskWith(policyOf()).desk.seenBy(by, 'referral', scope)).toEqual({
      relations: [],
      policy: 'none',
    });
  });
});

describe('a read', () => {
  it('leaves a record of who looked at whom and where, each patient once', () => {
    const { desk, records } = deskWith(policyOf());
    desk.disclose(BY, 'referral', 'read.recipient', ['p1', null, 'p2', 'p1']);
    expect(records).toEqual([
      {
        kind: 'read',
        by: BY,
        on: ON,
        resource: 'referral',
        policy: 'read.recipient',
        patientIds: ['p1', 'p2'],
      },
    ]);
  });

  it('of nobody leaves none', () => {
    const { desk, records } = deskWith(policyOf());
    desk.disclose(BY, 'listing', 'read.all', [null]);
    expect(records).toEqual([]);
  });

  it('that asked about somebody and showed nothing of them leaves one too', () => {
    const { desk, records } = deskWith(policyOf());
    desk.disclose(BY, 'referral', 'read.recipient', ['p1']);
    desk.asked(BY, 'referral', ['p1', 'p2']);
    expect(records.slice(1)).toEqual([
      { kind: 'queried', by: BY, on: ON, resource: 'referral', patientIds: ['p2'] },
    ]);
  });
});

describe('the actions of a row', () => {
  it('are those that the caller may do in the relation they have to it, each once', () => {
    const { desk } = deskWith(policyOf(['A']));
    const parties = { recipient: ['00000000-0000-4000-8000-000000000009'] };
    expect(desk.allowedActions(BY, 'referral', parties, ['A', 'B', 'A'])).toEqual(['A']);
    const theirs = { recipient: [BY.organizationId ?? ''] };
    expect(desk.allowedActions(BY, 'referral', theirs, ['A', 'B'])).toEqual(['A', 'B']);
  });
});
