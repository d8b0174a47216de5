import { changedIn, changedSinceSigned, type Plan } from './changes.js';

const content = { plannedVisits: 8, durationDays: 60, homeProgram: 'Stretch.' } as Plan['content'];
const inForce = { ...content } as NonNullable<Plan['inForce']>;

describe('what changed of a plan', () => {
  it('is nothing where it says the same, or was not in force before', () => {
    expect(changedIn({ content, inForce })).toEqual([]);
    expect(changedIn({ content, inForce: null })).toEqual([]);
  });

  it('is what is said otherwise, no more, or now', () => {
    expect(changedIn({ content: { ...content, plannedVisits: 12 }, inForce })).toEqual(['plannedVisits']);
    const { homeProgram: _dropped, ...without } = content;
    expect(changedIn({ content: without, inForce })).toEqual(['homeProgram']);
    expect(changedIn({ content: { ...content, startDate: '2026-04-01' }, inForce })).toEqual(['startDate']);
  });

  it('is, once it is signed, what the version before said otherwise', () => {
    const fewer = { ...content, plannedVisits: 6 } as NonNullable<Plan['inForce']>;
    expect(changedSinceSigned({ content, inForce, signedBefore: null })).toEqual([]);
    expect(changedSinceSigned({ content, inForce, signedBefore: fewer })).toEqual(['plannedVisits']);
    expect(
      changedSinceSigned({ content: { ...content, durationDays: 30 }, inForce, signedBefore: fewer }),
    ).toEqual(['durationDays']);
  });
});
