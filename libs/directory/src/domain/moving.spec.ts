/** A fact that goes to somebody else's record, as it was. */
import { gist, given, past } from '@fascia/testkit';
import { CONSENT_CONTRACT, type ConsentEvent } from '../contract/events.js';
import { consentDecider } from './consent.js';
import { movable } from './moving.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [THEIRS, OURS, NEW, OLD] = [uuid(1), uuid(2), uuid(3), uuid(4)];

const consents = movable(consentDecider, (data): ConsentEvent => ({ type: 'ConsentMoved', data }));
const restricted: ConsentEvent = {
  type: 'ConsentRestricted',
  data: { patientId: THEIRS, organizationIds: [uuid(5)], reason: 'A quarrel.' },
};
const withdrawn: ConsentEvent = {
  type: 'ConsentWithdrawn',
  data: { effectiveAt: '2026-04-01T09:00:00.000Z' },
};
const moved = (toId: string): ConsentEvent => ({
  type: 'ConsentMoved',
  data: { toPatientId: OURS, toId },
});

const takeOver = { type: 'TakeOverConsent', patientId: OURS, fromId: OLD } as const;
const move = { type: 'MoveConsent', toPatientId: OURS, toId: NEW } as const;

const answer = (
  events: readonly ConsentEvent[],
  command: typeof takeOver | typeof move | { readonly type: 'WithdrawConsent' },
  told: readonly ConsentEvent[],
) =>
  given(consents, CONSENT_CONTRACT, ...events.map((event) => past<ConsentEvent>(event))).when(command, {
    facts: { told },
  });

describe('a fact that is taken over', () => {
  it('is recorded as it was, event by event, of the one whose it is', () => {
    expect(answer([], takeOver, [restricted, withdrawn])).toEqual({
      ok: true,
      events: [{ ...restricted, data: { ...restricted.data, patientId: OURS } }, withdrawn],
    });
  });

  it('is taken over once', () => {
    expect(gist(answer([restricted], takeOver, [restricted]))).toEqual([]);
  });

  it('is not there when it went to somebody else', () => {
    expect(gist(answer([], takeOver, []))).toEqual('FACT_MOVED');
  });
});

describe('a fact that moves away', () => {
  it('ends where it was, once it is on the other record', () => {
    expect(gist(answer([restricted], move, [restricted]))).toEqual(['ConsentMoved']);
    expect(gist(answer([restricted], move, []))).toEqual('FACT_MOVED');
  });

  it('ends once, and goes to one alone', () => {
    expect(gist(answer([restricted, moved(NEW)], move, [restricted]))).toEqual([]);
    expect(gist(answer([restricted, moved(uuid(8))], move, [restricted]))).toEqual('FACT_MOVED');
  });

  it('takes nothing more', () => {
    expect(gist(answer([restricted, moved(NEW)], { type: 'WithdrawConsent' }, []))).toEqual('FACT_MOVED');
  });
});
