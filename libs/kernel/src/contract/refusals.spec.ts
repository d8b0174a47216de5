import { allTold, refusals, refusing } from './refusals.js';

const REFUSALS = refusals({
  404: { ACCOUNT_UNKNOWN: 'No such account' },
  409: { ACCOUNT_CLOSED: 'The account is closed', TOO_LITTLE: 'There is not enough in it' },
});

const refuse = refusing<keyof typeof REFUSALS>();

describe('the refusals of a context', () => {
  it('have a status and a title by code', () => {
    expect(REFUSALS).toEqual({
      ACCOUNT_UNKNOWN: { status: 404, title: 'No such account' },
      ACCOUNT_CLOSED: { status: 409, title: 'The account is closed' },
      TOO_LITTLE: { status: 409, title: 'There is not enough in it' },
    });
  });

  it('are said with a sentence, and with what is to blame where that is known', () => {
    expect(refuse('ACCOUNT_CLOSED', 'It was closed in May.')).toEqual({
      ok: false,
      refusal: { code: 'ACCOUNT_CLOSED', detail: 'It was closed in May.' },
    });
    expect(refuse('TOO_LITTLE', 'Take less.', { pointer: '/amount', about: { balance: 3 } })).toEqual({
      ok: false,
      refusal: { code: 'TOO_LITTLE', detail: 'Take less.', pointer: '/amount', about: { balance: 3 } },
    });
  });

  it('are told all at once: the first is the answer, and the others stand beside it', () => {
    const [closed, empty] = [
      { code: 'ACCOUNT_CLOSED', detail: 'It was closed in May.' },
      { code: 'TOO_LITTLE', detail: 'Take less.', pointer: '/amount' },
    ];
    expect(allTold([])).toBeUndefined();
    expect(allTold([closed])).toEqual(closed);
    expect(allTold([closed, empty])).toEqual({ ...closed, also: [empty] });
  });

  it('are not said by a code that nobody has', () => {
    // @ts-expect-error a misspelt code does not compile
    expect(refuse('ACCOUNT_CLOSD', 'It was closed in May.').ok).toBe(false);
  });
});
