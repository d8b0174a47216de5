import { acts, body, line } from '@fascia/kernel/contract';
import { checkedBody } from './body-class.js';
import { commandDoor } from './command-door.js';
import { ProblemException } from './problems.js';

const schema = body({ name: line(10), other: line(10).optional() });

const faultsOf = (sent: unknown): unknown => {
  try {
    return checkedBody(schema, sent);
  } catch (error) {
    if (error instanceof ProblemException) return error.problem.errors;
    throw error;
  }
};

describe('a body', () => {
  it('comes out as its schema leaves it', () => {
    expect(faultsOf({ name: ' e\u0301 ' })).toEqual({ name: '\u00e9' });
  });

  it.each([
    'surprise',
    'hasOwnProperty',
    'isPrototypeOf',
    'propertyIsEnumerable',
    '__defineGetter__',
    'toString',
  ])('is told of a name that is not known: %s', (name) => {
    const sent = Object.fromEntries([
      ['name', 'x'],
      [name, 1],
    ]);
    expect(faultsOf(sent)).toEqual([
      { pointer: `/${name}`, detail: 'is not known here: remove it, or check the spelling' },
    ]);
  });
});

describe('the door of a command', () => {
  it('takes no second id beside that of its address', () => {
    const aggregate = { commands: { RenameThing: acts('rename', 'Rename it', { id: line(10) }) } } as never;
    expect(() => commandDoor({ path: 'things', tag: 'Things', aggregate })).toThrow('RenameThing');
  });
});
