import { relabelAfterCorrection } from './relabel-after-correction.process.js';
import { Story } from './story.spec-data.js';

const [FIRST, SECOND, THIRD] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${String(n)}`) as [
  string,
  string,
  string,
];
const relabelled = (id: string) => ({ category: 'assessment', id, command: { type: 'RelabelChange' } });

const measured = (): Story => {
  const story = new Story(relabelAfterCorrection);
  for (const id of [FIRST, SECOND, THIRD]) expect(story.on('AssessmentRecorded', {}, id)).toEqual([]);
  return story;
};

describe('a correction', () => {
  it('of a baseline labels every later measurement anew', () => {
    expect(measured().on('AssessmentCorrected', {}, FIRST)).toEqual([relabelled(SECOND), relabelled(THIRD)]);
  });

  it('leaves what was measured before alone', () => {
    const story = measured();
    expect(story.on('AssessmentCorrected', {}, SECOND)).toEqual([relabelled(THIRD)]);
    expect(story.on('AssessmentCorrected', {}, THIRD)).toEqual([]);
  });
});
