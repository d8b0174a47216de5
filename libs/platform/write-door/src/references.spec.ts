import { toolsOver } from '@fascia/testkit';
import type { Actor } from '@fascia/kernel';
import type { References } from './aggregate.js';
import { unknownReference } from './references.js';

const BY: Actor = { sub: 'nurse', role: 'coordinator', organizationId: 'clinic' };
const asked: string[] = [];
const references: References<undefined, { readonly type: string }> = {
  Name: {
    patientId: 'access',
    one: ({ named }) => Promise.resolve(named === 'known'),
    'content.things': ({ named }) => {
      asked.push(named);
      return Promise.resolve(named === 'known');
    },
    'content.parts.documentId': ({ named }) => Promise.resolve(named === 'known'),
  },
};

const pointerOf = async (body: object, by = BY, type = 'Name'): Promise<string | undefined> => {
  const request = {
    command: { type, ...body },
    state: undefined,
    id: 'it',
    by,
    at: '2026-04-01T09:00:00.000Z',
  };
  return (await unknownReference(references, request, { parties: {} }, toolsOver({})))?.pointer;
};

describe('what a command names', () => {
  it.each<[string, object, string | undefined]>([
    ['nothing', {}, undefined],
    ['what belongs', { one: 'known', content: { things: ['known', 'known'] } }, undefined],
    ['by itself', { one: 'other' }, '/one'],
    ['in a list', { content: { things: ['known', 'other'] } }, '/content/things/1'],
    [
      'in things of a list',
      { content: { parts: [{ documentId: 'known' }, {}, { documentId: 'other' }] } },
      '/content/parts/2/documentId',
    ],
    ['what access is decided by', { patientId: 'other' }, undefined],
  ])('is looked up, and said where it stands: %s', async (_what, body, pointer) => {
    expect(await pointerOf(body)).toBe(pointer);
  });

  it('is looked up no further than the first that is not known', async () => {
    asked.length = 0;
    await pointerOf({ one: 'other', content: { things: ['known'] } });
    expect(asked).toEqual([]);
  });

  it('is taken from the product itself, which has it from stored facts', async () => {
    expect(await pointerOf({ one: 'other' }, { sub: 'process', role: 'system' })).toBeUndefined();
  });

  it('is nothing where the command has no ids', async () => {
    expect(await pointerOf({ one: 'other' }, BY, 'Other')).toBeUndefined();
  });
});
