/** What the map says, in everyday words: names of places, and what a screen reader hears of them. */
import { sidesOf, type BodySite, type Region } from '@fascia/clinical';
import { filled } from '@fascia/letter/contract';
import type { Part } from './parts.js';
import type { View } from './regions.js';
import type { Tone } from './tones.js';

type PlaceSide = 'left' | 'right' | 'midline';

export interface BodyWords {
  readonly map: string;
  /** `{{view}}`: one of `views`. */
  readonly figure: string;
  /** Of a figure that is only looked at; `{{places}}`: what is marked on it. */
  readonly marksOn: string;
  readonly keys: string;
  readonly list: string;
  readonly legend: string;
  readonly whichView: string;
  /** `{{count}}`: how many places are marked on it. */
  readonly viewWithMarks: string;
  readonly nothingMarked: string;
  readonly choose: string;
  /** Between two remarks or places. */
  readonly between: string;
  /** `{{place}}`: a region with its side. */
  readonly inView: string;
  readonly remark: string;
  readonly regions: Readonly<Record<Region, string>>;
  readonly sides: Readonly<Record<PlaceSide, string>>;
  /** `{{region}}`: one of `regions`. */
  readonly sided: Readonly<Record<PlaceSide, string>>;
  readonly letters: Readonly<Record<'left' | 'right', string>>;
  readonly views: Readonly<Record<View, string>>;
  readonly parts: Readonly<Record<Part, string>>;
  readonly tones: Readonly<Record<Tone, string>>;
}

export const BODY_WORDS: BodyWords = {
  map: 'Body map',
  figure: 'Body, {{view}}',
  marksOn: 'Body, {{view}}: {{places}}',
  keys: 'Arrow keys go from region to region, Space or Enter marks one. A list of the same follows.',
  list: 'Regions as a list',
  legend: 'What the marks mean',
  whichView: 'View of the body',
  viewWithMarks: '{{view}} ({{count}})',
  nothingMarked: 'Nothing is marked.',
  choose: 'Choose regions on the body or in the list.',
  between: '; ',
  inView: '{{place}}, {{view}}',
  remark: '{{place}}: {{note}}',
  regions: {
    'head-tmj': 'head and jaw',
    cervical: 'neck',
    shoulder: 'shoulder',
    'upper-arm': 'upper arm',
    elbow: 'elbow',
    forearm: 'forearm',
    'wrist-hand': 'wrist and hand',
    thoracic: 'upper back',
    rib: 'ribs',
    lumbar: 'lower back',
    'sacroiliac-gluteal': 'buttock and sacroiliac joint',
    hip: 'hip',
    'thigh-anterior': 'anterior thigh',
    'thigh-posterior': 'posterior thigh',
    knee: 'knee',
    'lower-leg': 'lower leg',
    'ankle-foot': 'ankle and foot',
    plantar: 'sole of the foot',
    abdomen: 'abdomen',
    widespread: 'widespread',
  },
  sides: { left: 'left', right: 'right', midline: 'midline' },
  sided: { left: 'left {{region}}', right: 'right {{region}}', midline: '{{region}}, midline' },
  letters: { left: 'L', right: 'R' },
  views: { front: 'front', back: 'back', soles: 'soles' },
  parts: {
    head: 'head and neck',
    arm: 'shoulder and arm',
    trunk: 'trunk',
    leg: 'hip and leg',
    whole: 'whole body',
  },
  tones: {
    muscle: 'muscle',
    tendon: 'tendon',
    ligament: 'ligament',
    fascia: 'fascia',
    scar: 'scar',
    improved: 'improved',
    unchanged: 'unchanged',
    worsened: 'worsened',
  },
};

/** A side is named where there is a choice. */
const sideToName = ({ region, side }: BodySite): PlaceSide | undefined =>
  side === 'bilateral' || sidesOf(region).length === 1 ? undefined : side;

export const siteName = (words: BodyWords, site: BodySite): string => {
  const side = sideToName(site);
  const region = words.regions[site.region];
  return side === undefined ? region : filled(words.sided[side], { region });
};

/** Where the region stands beside it already. */
export const sideName = (words: BodyWords, site: BodySite): string => {
  const side = sideToName(site);
  return side === undefined ? words.regions[site.region] : words.sides[side];
};

/** The list and the figures use the same words; here one begins a line. */
export const headline = (text: string): string => {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase() + rest.join('');
};
