import { acts, creates, internal, offered, typesOf, type CommandsOf } from './commands.js';
import { flag, id, line } from './words.js';

const ID = '0f0f0f0f-0000-4000-8000-000000000001';

const COMMANDS = {
  OpenAccount: creates('Open an account', { alias: line(20) }, { importedFrom: id().optional() }),
  PayIn: acts('pay-in', 'Put money in', { remark: line(20).optional() }, { byEventId: id() }),
  CloseAccount: acts('close', 'Close it'),
  Dun: internal('the timer that looks for debts', { late: flag() }),
};

type Command = CommandsOf<typeof COMMANDS>;

describe('a command that creates', () => {
  const { OpenAccount } = COMMANDS;

  it('may bring the id of what it creates, which is no part of the command', () => {
    expect(OpenAccount.body.parse({ alias: 'a', id: ID })).toEqual({ alias: 'a', id: ID });
    expect(OpenAccount.body.safeParse({ alias: 'a' }).success).toBe(true);
    expect(OpenAccount.schema.safeParse({ alias: 'a', id: ID }).success).toBe(false);
  });

  it('has no address of its own below the collection', () => {
    expect(OpenAccount).toMatchObject({ kind: 'creates', summary: 'Open an account' });
    expect(OpenAccount).not.toHaveProperty('at');
  });
});

describe('a command that acts', () => {
  it('stands at its address and brings no id: the address does', () => {
    expect(COMMANDS.PayIn).toMatchObject({ kind: 'acts', at: 'pay-in', summary: 'Put money in' });
    expect(COMMANDS.PayIn.body.safeParse({ id: ID }).success).toBe(false);
  });

  it('may have nothing to say', () => {
    expect(COMMANDS.CloseAccount.body.parse({})).toEqual({});
    expect(COMMANDS.CloseAccount.body.safeParse({ why: 'x' }).success).toBe(false);
  });
});

describe("the product's own parts", () => {
  it('are known to the command and refused from outside', () => {
    expect(COMMANDS.OpenAccount.schema.safeParse({ alias: 'a', importedFrom: ID }).success).toBe(true);
    expect(COMMANDS.OpenAccount.body.safeParse({ alias: 'a', importedFrom: ID }).success).toBe(false);
    expect(COMMANDS.PayIn.body.safeParse({ byEventId: ID }).success).toBe(false);
  });

  it('may say otherwise what the outside says, too', () => {
    const { schema, body } = acts('rename', 'Rename', { name: line(3) }, { name: line(30) });
    expect(schema.safeParse({ name: 'a longer one' }).success).toBe(true);
    expect(body.safeParse({ name: 'a longer one' }).success).toBe(false);
  });

  it('are in the type that a decider takes', () => {
    const commands: readonly Command[] = [
      { type: 'OpenAccount', alias: 'a', importedFrom: ID },
      { type: 'PayIn', byEventId: ID },
      { type: 'CloseAccount' },
      { type: 'Dun', late: true },
    ];
    for (const { type, ...rest } of commands) expect(COMMANDS[type].schema.parse(rest)).toEqual(rest);
  });
});

describe('an internal command', () => {
  it('has no address and says who asks for it', () => {
    expect(COMMANDS.Dun).toMatchObject({ kind: 'internal', summary: 'the timer that looks for debts' });
    expect(COMMANDS.Dun).not.toHaveProperty('at');
  });
});

describe('the commands of a contract', () => {
  it('are listed as they were declared', () => {
    expect(typesOf(COMMANDS)).toEqual(['OpenAccount', 'PayIn', 'CloseAccount', 'Dun']);
  });

  it('are offered on a thing that exists only if they act on one', () => {
    expect(offered(COMMANDS)).toEqual(['PayIn', 'CloseAccount']);
    expect(offered(COMMANDS, ['CloseAccount', 'Dun', 'OpenAccount'])).toEqual(['CloseAccount']);
  });
});
