import type { Actor } from '@fascia/kernel';
import { actingAs, type Acting } from './acting.js';
import { asWhoMay } from './caller.js';

const HARBOR = '00000000-0000-4000-8000-000000000001';
const LINDEN = '00000000-0000-4000-8000-000000000002';
const ME = '00000000-0000-4000-8000-000000000010';
const COLLEAGUE = '00000000-0000-4000-8000-000000000011';

const mine = (role: Actor['role'], organizationId?: string): Actor => ({
  sub: 'lindqvist',
  practitionerId: ME,
  role,
  ...(organizationId === undefined ? {} : { organizationId }),
});
const HELD = [
  mine('physician', HARBOR),
  mine('delegate', LINDEN),
  mine('physician', LINDEN),
  mine('operator'),
];

/** The colleague is a physician of Linden, and so am I. */
const directory = {
  isPhysicianIn: (id: string, organizationId: string) =>
    Promise.resolve([COLLEAGUE, ME].includes(id) && organizationId === LINDEN),
};

const namesOf = ({ as }: Acting): readonly string[] =>
  as.map(({ role, organizationId = '', onBehalfOf = '' }) =>
    [role, organizationId.slice(-1), onBehalfOf.slice(-2)].filter((part) => part !== '').join(' '),
  );

describe('the role in which somebody acts', () => {
  it.each([
    [undefined, ['physician 1', 'delegate 2', 'physician 2', 'operator']],
    [`physician@${LINDEN}`, ['physician 2']],
    ['physician', ['physician 1', 'physician 2']],
    ['operator', ['operator']],
  ])('chosen by %s is %j', async (role, names) => {
    const acting = await actingAs(HELD, { role }, directory);
    expect(namesOf(acting)).toEqual(names);
    expect(acting.held).toBe(HELD);
  });

  it.each([
    ['a role that is not theirs', 'auditor'],
    ['a role that they hold elsewhere', `delegate@${HARBOR}`],
    ['another spelling', 'Physician'],
    ['nothing', ''],
  ])('is none when the header says %s, and what there is is told', async (_what, role) => {
    await expect(actingAs(HELD, { role }, directory)).rejects.toMatchObject({
      code: 'ROLE_NOT_YOURS',
      about: { roles: [`physician@${HARBOR}`, `delegate@${LINDEN}`, `physician@${LINDEN}`, 'operator'] },
    });
  });
});

describe('acting for another', () => {
  it('is for a delegate or a physician of the same organisation', async () => {
    expect(namesOf(await actingAs(HELD, { onBehalfOf: COLLEAGUE }, directory))).toEqual([
      'delegate 2 11',
      'physician 2 11',
    ]);
    const chosen = { role: `physician@${LINDEN}`, onBehalfOf: COLLEAGUE };
    expect(namesOf(await actingAs(HELD, chosen, directory))).toEqual(['physician 2 11']);
  });

  it.each([
    ['of another organisation', { role: `physician@${HARBOR}`, onBehalfOf: COLLEAGUE }],
    ['in a role that acts for nobody', { role: 'operator', onBehalfOf: COLLEAGUE }],
    ['who is the caller', { onBehalfOf: ME }],
    ['who is nobody', { onBehalfOf: 'nobody' }],
  ])('is refused for somebody %s', async (_what, chosen) => {
    await expect(actingAs(HELD, chosen, directory)).rejects.toMatchObject({ code: 'ON_BEHALF_NOT_ALLOWED' });
  });
});

describe('a request that chooses no role', () => {
  const [first, second, third] = HELD;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three');
  const acting: Acting = { held: HELD, as: [first, second, third] };
  const askedAs = async (allowed: readonly Actor[]) => {
    const asked: Actor[] = [];
    const answer = await asWhoMay(
      acting,
      (by) => {
        asked.push(by);
        return Promise.resolve(allowed.includes(by) ? 'yes' : `no to ${by.role}`);
      },
      (said) => said.startsWith('no'),
    );
    return { answer, times: asked.length };
  };

  it('is made in the first that may, and in no other after it', async () => {
    expect(await askedAs([first, third])).toEqual({ answer: 'yes', times: 1 });
    expect(await askedAs([second, third])).toEqual({ answer: 'yes', times: 2 });
  });

  it('is answered with the first no where none may', async () => {
    expect(await askedAs([])).toEqual({ answer: 'no to physician', times: 3 });
  });
});
