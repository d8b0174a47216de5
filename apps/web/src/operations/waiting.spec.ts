import type { Model, ParkedStream } from './answers.js';
import { causeOf } from './causes.js';
import { waitingIn } from './waiting.js';

const model = (name: string, ...parked: readonly ParkedStream[]): Model => ({
  name,
  behind: '0',
  behindSeconds: null,
  parked,
  building: null,
});

const stream: ParkedStream = {
  stream: 'flag-1',
  error: 'DatabaseError 23514 not_this_one',
  since: '2026-04-01T09:00:00.000Z',
  held: true,
  aboutPatient: true,
};

const subject = {
  follower: 'process-inputs',
  subject: 'process-1',
  error: 'RangeError',
  since: '2026-04-01T08:00:00.000Z',
};

describe('what waits', () => {
  it('is nothing where nobody held anything back', () => {
    expect(waitingIn([model('flag'), model('plan')], [])).toEqual([]);
  });

  it('is of models and of processes, the longest first, each with what tries it again', () => {
    const waiting = waitingIn([model('plan'), model('flag', stream)], [subject]);
    expect(waiting.map(({ what, where, holder }) => [what, where, holder])).toEqual([
      ['process-1', 'process-inputs', 'followers'],
      ['flag-1', 'flag', { model: 'flag' }],
    ]);
  });

  it('is another row for every model that holds the same stream', () => {
    const ids = waitingIn([model('flag', stream), model('care', stream)], []).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  it.each([
    [{ held: true, aboutPatient: true }, 'patient'],
    [{ held: true, aboutPatient: false }, 'stream'],
    [{ held: false, aboutPatient: true }, 'patient'],
    [{ held: false, aboutPatient: false }, 'passed'],
  ])('means something for people: %j', (how, effect) => {
    expect(waitingIn([model('flag', { ...stream, ...how })], [])[0]?.effect).toBe(effect);
  });
});

describe('the cause', () => {
  it.each([
    ['NotKnown PlanLearnt', 'release'],
    ['UpgradeNeeded', 'release'],
    ['SealBroken', 'sealed'],
    ['StreamUnreadable', 'sealed'],
    ['SyntaxError', 'sealed'],
    ['DatabaseError 23514 not_this_one', 'refused'],
    ['PerhapsDecided', 'perhaps'],
    ['RangeError', 'failed'],
    ['toString', 'failed'],
    ['', 'failed'],
  ])('of %s is %s', (error, cause) => {
    expect(causeOf(error)).toBe(cause);
  });
});
