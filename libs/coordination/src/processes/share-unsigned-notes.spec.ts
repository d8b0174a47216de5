import { askForTheNextFact } from './ask-for-the-next-fact.process.js';
import { CLINIC, happening } from './samples.spec-data.js';
import { shareUnsignedNotes } from './share-unsigned-notes.process.js';
import { Story } from './story.spec-data.js';

const DAYS = 7;
const HOURS = 4;

describe('a note that nobody signs', () => {
  it('is asked of the whole clinic after a week, by the task that asks for it', () => {
    const tasks = new Story(askForTheNextFact(HOURS, {}));
    const story = new Story(shareUnsignedNotes(DAYS));
    tasks.on('ReferralSent');
    for (const event of [happening('SessionScheduled'), happening('SessionPerformed')]) {
      const [asked] = tasks.take(event);
      expect(story.take(event)).toEqual([]);
      if (event.type === 'SessionScheduled') continue;
      expect(story.passes(DAYS - 0.01)).toEqual([]);
      expect(story.passes(0.01)).toEqual([
        {
          category: 'task',
          id: asked?.id,
          command: { type: 'ReassignTask', organizationIds: [CLINIC], roles: ['therapist'] },
        },
      ]);
    }
    expect(story.passes(365)).toEqual([]);
  });

  it.each(['SessionSigned', 'SessionVoided'] as const)('is left alone after %s', (over) => {
    const story = new Story(shareUnsignedNotes(DAYS));
    story.on('SessionScheduled');
    story.on('SessionPerformed');
    story.on(over);
    expect(story.timers).toEqual({});
    expect(story.passes(365)).toEqual([]);
  });
});
