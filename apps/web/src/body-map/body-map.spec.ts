import { REGIONS } from '@fascia/clinical';
import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { BodyMap, type BodyMapProps } from './BodyMap.js';
import { placesOf } from './sites.js';
import { BODY_WORDS, siteName } from './words.js';

const markupOf = (props: Partial<BodyMapProps>): string =>
  renderToStaticMarkup(
    createElement(MantineProvider, null, createElement(BodyMap, { sites: [], words: BODY_WORDS, ...props })),
  ).replaceAll(/<style[^>]*>.*?<\/style>/gs, '');

const editable = (props: Partial<BodyMapProps> = {}): string =>
  markupOf({ onToggle: () => undefined, ...props });

type Tag = Readonly<Record<string, string>>;

const tags = (markup: string, kind: RegExp): readonly Tag[] =>
  [...markup.matchAll(/<[a-z]+ ([^>]*)>/g)]
    .filter(([tag]) => kind.test(tag))
    .map(([, attributes = '']) =>
      Object.fromEntries(
        [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
      ),
    );

const onFigures = (markup: string): readonly Tag[] => tags(markup, /^<g .*role="checkbox"/);
const inList = (markup: string): readonly Tag[] => tags(markup, /^<input .*type="checkbox"/);

/** What stands in the element that describes another. */
const descriptionOf = (markup: string, { 'aria-describedby': id }: Tag): string | undefined =>
  id === undefined ? undefined : new RegExp(` id="${id}"[^>]*>([^<]*)<`).exec(markup)?.[1];

const names = (boxes: readonly Tag[]): readonly string[] => boxes.map((box) => box['aria-label'] ?? '');

const KNEES = { region: 'knee', side: 'bilateral' } as const;

describe('a map to choose from', () => {
  it('has every place as a checkbox in the list', () => {
    const all = REGIONS.flatMap(placesOf).map((site) => siteName(BODY_WORDS, site));
    expect(names(inList(editable())).toSorted()).toEqual(all.toSorted());
  });

  it('says the same on the figures and in the list', () => {
    const markup = editable({ sites: [KNEES, { region: 'plantar', side: 'left' }] });
    expect(names(inList(markup).filter((box) => 'checked' in box))).toEqual([
      'left knee',
      'right knee',
      'left sole of the foot',
    ]);
    expect(names(onFigures(markup).filter((box) => box['aria-checked'] === 'true'))).toEqual([
      'right knee, front',
      'left knee, front',
      'left knee, back',
      'right knee, back',
      'left sole of the foot, soles',
    ]);
  });

  it('has one tab stop in each view, at what is marked there', () => {
    const stops = onFigures(editable({ sites: [KNEES] })).filter((box) => box['tabindex'] === '0');
    expect(names(stops)).toEqual(['right knee, front', 'left knee, back', 'right sole of the foot, soles']);
  });

  it('says at a barred place why, twice, and leaves it in reach', () => {
    const markup = editable({ whyNot: ({ region }) => (region === 'rib' ? 'A rib is broken.' : undefined) });
    const barred = [...onFigures(markup), ...inList(markup)].filter((box) => box['aria-disabled'] === 'true');
    expect(names(barred).toSorted()).toEqual([
      'left ribs',
      'left ribs, back',
      'left ribs, front',
      'right ribs',
      'right ribs, back',
      'right ribs, front',
    ]);
    expect(new Set(barred.map((box) => descriptionOf(markup, box)))).toEqual(new Set(['A rib is broken.']));
    expect(barred.filter((box) => 'disabled' in box)).toEqual([]);
  });
});

describe('a map to look at', () => {
  it('can be reached by no key and says in words what is marked', () => {
    const markup = markupOf({ sites: [{ ...KNEES, tone: 'tendon' }] });
    expect(markup).not.toContain('tabindex');
    expect([...onFigures(markup), ...inList(markup)]).toEqual([]);
    expect(names(tags(markup, /^<svg .*role="img"/))).toEqual([
      'Body, front: right knee: tendon; left knee: tendon',
      'Body, back: left knee: tendon; right knee: tendon',
    ]);
    expect(markup).toContain('<li>Left knee: tendon</li><li>Right knee: tendon</li>');
  });

  it('says that nothing is', () => {
    expect(markupOf({})).toContain(BODY_WORDS.nothingMarked);
  });
});

describe('the words of a map', () => {
  /** As in another script; `{{gaps}}` stay. */
  const foreign = (words: unknown): unknown => {
    if (typeof words === 'string')
      return words.replaceAll(/\{\{\w+\}\}|[a-z]/gi, (at) => (at.length > 1 ? at : 'ж'));
    return Object.fromEntries(Object.entries(words as object).map(([key, value]) => [key, foreign(value)]));
  };
  const heard = (markup: string): string =>
    [
      markup.replaceAll(/<[^>]*>/g, ' '),
      ...[...markup.matchAll(/aria-label="([^"]*)"/g)].map(([, said]) => said),
    ].join(' ');
  const english = (markup: string): readonly string[] => heard(markup).match(/[a-z]+/gi) ?? [];

  it('all come from outside', () => {
    const sites = [{ ...KNEES, tone: 'scar' }] as const;
    const words = foreign(BODY_WORDS) as BodyMapProps['words'];
    expect(english(editable({ sites, words }))).toEqual([]);
    expect(english(markupOf({ sites, words }))).toEqual([]);
    expect(english(editable({ sites }))).toContain('knee');
  });
});
