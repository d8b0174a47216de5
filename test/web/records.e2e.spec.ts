/** Those who look after records, at their screens: who is one person and who is two, said with why, and taken back. */
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { CLERK, typedTwice } from './records-office.js';
import { button, DIALOG, field, heading, row, words } from './things.js';
import type { Way } from './way.js';

/** As the issue of the screens budgets it. */
const MOST_PRESSES = 3;

describeWithBrowser('whoever looks after records', () => {
  const screens = atTheScreens();

  const settles = async (way: Way, family: string, as: string): Promise<void> => {
    await way.opens(row(family));
    await way.sees(words('The same date of birth, and a name in common'));
    await way.sees(heading('What are they?'));
    await way.writes(field('Why'), 'Called the practice.');
    await way.pushes(button(as));
    await way.sees(heading('One person or two'));
    await way.seesNoMore(row(family));
  };

  it('settles proposed matches with why, in at most three presses each, and undoes a merge', async () => {
    const { fascia } = screens.product;
    await typedTwice(fascia, 'Quintero', '1951-02-03');
    await typedTwice(fascia, 'Sandoval-Reed', '1962-03-04');
    const hands = await screens.open(CLERK);
    await hands.sees(heading('One person or two'));
    for (const [family, as] of [
      ['Quintero', 'The same person: merge'],
      ['Sandoval-Reed', 'Two people'],
    ] as const) {
      expect(await hands.counted(() => settles(hands, family, as))).toBeLessThanOrEqual(MOST_PRESSES);
    }
    await hands.goesTo('Merged records');
    await hands.sees(words('Called the practice.'));
    const undone = await hands.counted(async () => {
      await hands.doesFirst(row('Quintero'), button('Undo'));
      await hands.writes(field('Why they are of two people', DIALOG), 'Twins.');
      await hands.pushes(button('Make them two records again', DIALOG));
      await hands.sees(words('Twins.'));
    });
    expect(undone).toBeLessThanOrEqual(MOST_PRESSES);
  });

  it('does all of it by keys', async () => {
    await typedTwice(screens.product.fascia, 'Vandermeer', '1973-04-05');
    const keys = await screens.openByKeys(CLERK);
    await keys.sees(heading('One person or two'));
    await settles(keys, 'Vandermeer', 'The same person: merge');
    await keys.goesTo('Merged records');
    await keys.doesFirst(row('Vandermeer'), button('Undo'));
    await keys.writes(field('Why they are of two people', DIALOG), 'Twins.');
    await keys.pushes(button('Make them two records again', DIALOG));
    await keys.sees(words('Twins.'));
  });

  it('is told what to do where a pair is settled, and others that it is not for their role', async () => {
    const [one, other] = await typedTwice(screens.product.fascia, 'Whitcombe', '1984-05-06');
    await screens.product.fascia
      .as(CLERK)
      .does(`/api/v1/patients/${one}/dismiss-match`, { otherId: other, reason: 'Twins.' });
    const path = `/matches/${one}/${other}`;
    await (await screens.open(CLERK, { path })).sees(heading('This pair is not proposed any more'));
    await (await screens.open('physician-demo', { path })).sees(heading('This is not for your role'));
  });
});
