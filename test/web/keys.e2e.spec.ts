/** The way by keys goes where keys lead, and nowhere else. */
import { describeWithBrowser, TestBrowser } from './browser.js';
import { Keys } from './keys.js';
import { box, button, field, link, list, option, type Thing } from './things.js';

describeWithBrowser('the way of somebody who has nothing but keys', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await TestBrowser.start();
  });
  afterAll(() => browser.stop());

  /** @param content HTML */
  const on = async (content: string): Promise<Keys> => {
    const page = await browser.newPage({ locale: 'en-US' });
    await page.setContent(content);
    return new Keys(page);
  };

  it('leads to what stands before and behind, and does it', async () => {
    const keys = await on(`
      <input type="checkbox" aria-label="done" />
      <input aria-label="said" value="before" />
      <button onclick="document.title = 'pressed'; this.textContent = 'pressed'">press</button>`);
    await keys.pushes(button('press'));
    await keys.sees(button('pressed'));
    await keys.writes(field('said'), 'after');
    expect(await keys.reads(field('said'))).toBe('after');
    expect(await keys.counted(() => keys.pushes(box('done')))).toBe(1);
    await keys.sees({ selector: ':checked' });
  });

  it('fills in days and times as they are written here', async () => {
    const keys = await on(
      '<input type="date" aria-label="day" value="2020-01-01" /><input type="time" aria-label="time" />',
    );
    await keys.sets(field('time'), '14:05');
    await keys.sets(field('day'), '2026-04-03');
    await keys.sets(field('time'), '00:30');
    expect([await keys.reads(field('day')), await keys.reads(field('time'))]).toEqual([
      '2026-04-03',
      '00:30',
    ]);
  });

  it('chooses one of a few by arrow keys', async () => {
    const group: Thing = { role: 'group', name: 'Pain' };
    const cell = (name: string): string =>
      `<label><input type="radio" name="pain" onchange="said.value = '${name}'" />${name}</label>`;
    const keys = await on(
      `<fieldset><legend>Pain</legend>${['0', '1', '2'].map(cell).join('')}</fieldset><input id="said" aria-label="said" />`,
    );
    await keys.answers(group, '0');
    expect(await keys.reads(field('said'))).toBe('0');
    await keys.answers(group, '2');
    expect(await keys.reads(field('said'))).toBe('2');
  });

  it.each([
    ['what only a pointer can press', '<div role="button" onclick="">press</div>', button('press')],
    ['what the keyboard passes by', '<button tabindex="-1">press</button>', button('press')],
    ['a link that leads nowhere', '<a role="link">press</a>', link('press')],
    [
      'a box that is none',
      '<div role="checkbox" aria-label="press" aria-checked="false"></div>',
      box('press'),
    ],
  ])('finds no way to %s', async (_what, content, thing) => {
    const keys = await on(`<button>other</button>${content}`);
    await expect(keys.pushes(thing)).rejects.toThrow('no way by keyboard to');
  });

  it('finds no way to a choice that arrow keys do not come to', async () => {
    const keys = await on(
      '<input role="combobox" aria-label="list" /><ul role="listbox"><li role="option">one</li></ul>',
    );
    await expect(keys.chooses(list('list'), option('one'))).rejects.toThrow('no arrow key leads to');
  });

  it('has nothing of the page but its keys', async () => {
    expect(Reflect.ownKeys(await on(''))).toEqual([]);
  });
});
