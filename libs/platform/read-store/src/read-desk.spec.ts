import type { AccessPolicy, Actor } from '@fascia/kernel';
import { ReadDesk, type Disclosure } from './read-desk.js';

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

const deskWith = (policy: AccessPolicy): { readonly desk: ReadDesk; readonly records: Disclosure[] } => {
  const records: Disclosure[] = [];
  const rows = { query: () => Promise.reject(new Error('nothing is asked of tables')) };
  const disclosures = { record: (record: Disclosure) => void records.push(record) };
  return { desk: new ReadDesk(rows, policy, disclosures, { now: () => new Date(0) }), records };
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
  it('leaves a record of who looked at whom, each patient once', () => {
    const { desk, records } = deskWith(policyOf());
    desk.disclose(BY, 'referral', 'read.recipient', ['p1', null, 'p2', 'p1']);
    expect(records).toEqual([
      { by: BY, resource: 'referral', policy: 'read.recipient', patientIds: ['p1', 'p2'] },
    ]);
  });

  it('of nobody leaves none', () => {
    const { desk, records } = deskWith(policyOf());
    desk.disclose(BY, 'listing', 'read.all', [null]);
    expect(records).toEqual([]);
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
