/** What letters say, and what they leave unsaid. */
import type { CourseTold, OrderTold } from '../read/case.js';
import type { Letter } from './letter.js';
import { orderLetter, type Writing } from './order.js';
import { outcomeLetter } from './outcome.js';

const AT = '2026-03-02T23:30:00.000Z';
const station = { at: AT, by: 'a', role: 'physician', byName: 'Amara Lindqvist' };

const order = (referral: object = {}, content: object = {}): OrderTold =>
  ({
    referral: {
      id: 'r',
      state: 'InTreatment',
      priority: 'urgent',
      validUntil: null,
      referrer: { organizationId: 'o1', name: 'Lakeside' },
      recipient: { organizationId: 'o2', name: 'Riverside' },
      loop: { sent: station },
      outcome: null,
      thread: [],
      legs: [],
      content: { sites: [{ region: 'knee', side: 'left', tissues: ['tendon'] }], ...content },
      ...referral,
    },
    patient: {
      name: 'Grace Tran',
      birthDate: '1980-05',
      sexAtBirth: 'female',
      language: null,
      contact: null,
    },
    diagnoses: [
      { code: 'M76.52', text: null, verification: 'provisional', site: { region: 'knee', side: 'left' } },
    ],
  }) as unknown as OrderTold;

const WRITING: Writing = {
  timeZone: 'America/New_York',
  codeText: (code) => (code === 'M76.52' ? 'Patellar tendinitis, left knee' : undefined),
  pool: ['Willow', 'Harbour'],
  made: 'made',
};

const nprs = (value: number, change: object | null) => ({
  measurement: { instrument: 'NPRS', version: '1', scale: '0-10', unit: '{score}', value },
  change,
  recordedAt: AT,
});

const BETTER = { label: 'improved', gain: 4, threshold: 2, source: 'S24', weak: false };

const course = (more: object = {}): CourseTold =>
  ({
    plans: [{ establishedAt: AT, inForce: { goals: [{ category: 'posture', text: 'Sits upright.' }] } }],
    assessments: [nprs(7, null), nprs(3, BETTER)],
    visits: [
      { state: 'Signed', start: AT, interventions: [{ region: 'knee', side: 'left', tissue: 'tendon' }] },
    ],
    ...more,
  }) as unknown as CourseTold;

const section = ({ sections, parties }: Letter, called: string) =>
  [...parties, ...sections].find(({ heading }) => heading === called);

const fact = (letter: Letter, called: string, label: string): readonly string[] =>
  (section(letter, called)?.facts ?? []).filter((one) => one.label === label).map(({ value }) => value);

describe('the letter of a referral', () => {
  it('says why, where and how urgent, in words', () => {
    const letter = orderLetter(order(), WRITING);
    expect(fact(letter, 'Why', 'Diagnosis')).toEqual([
      'M76.52 Patellar tendinitis, left knee; Knee, left; provisional',
    ]);
    expect(fact(letter, 'Why', 'Where')).toEqual(['Knee, left, tendon']);
    expect(fact(letter, 'Order', 'Priority')).toEqual(['Urgent']);
    expect(fact(letter, 'Patient', 'Born')).toEqual(['1980-05']);
  });

  it('is signed in the day of whoever writes', () => {
    expect(orderLetter(order(), WRITING).signed).toBe(
      'Signed electronically by Amara Lindqvist, March 2, 2026 at 6:30:00 PM EST',
    );
  });

  it('says that precautions were asked for, and nothing of what was not asked', () => {
    const precautions = (content: object) =>
      fact(orderLetter(order({}, content), WRITING), 'Safety', 'Precautions');
    expect([precautions({ precautions: [] }), precautions({})]).toEqual([['Asked: none'], []]);
  });

  it('tells what was answered with yes, with what is not known, and how much was denied', () => {
    const screening = [
      { flagId: 'F06', answer: 'yes', detail: 'Fell in May.' },
      { flagId: 'F08', answer: 'unknown' },
      { flagId: 'F01', answer: 'no' },
      { flagId: 'F02', answer: 'no' },
    ];
    expect(section(orderLetter(order({}, { screening }), WRITING), 'Safety')?.paragraphs).toEqual([
      'Yes: Possible fracture: Fell in May.',
      'Not known: Possible infection of the spine',
      'Asked and denied: 2',
    ]);
  });

  it('is to all of a pool until one of them has taken it', () => {
    const to = (referral: object) => section(orderLetter(order(referral), WRITING), 'To')?.paragraphs;
    expect([to({}), to({ recipient: null })]).toEqual([['Riverside'], ['Willow', 'Harbour']]);
  });
});

describe('the letter of an outcome', () => {
  const outcome = { kind: 'goals-met', summary: 'All is well.', goalsMetReason: null };
  const written = (referral: object = {}, more: object = {}): Letter => {
    const letter = outcomeLetter(order({ outcome, ...referral }), course(more), WRITING);
    if (letter === undefined) throw new Error('no letter');
    return letter;
  };

  it('is none without an outcome', () => {
    expect(outcomeLetter(order(), course(), WRITING)).toBeUndefined();
  });

  it('is headed by the five benefits, and says of which nothing is known', () => {
    const { table, paragraphs } = section(written(), 'The five benefits') ?? {};
    expect(table?.rows).toEqual([
      ['Mobility', '', '', 'Not measured', '', ''],
      [
        'Pain',
        'Pain (NPRS)',
        '7',
        '3',
        '',
        'Better by 4. 2 or more counts. Source: JOSPT 2014;44:560 and others',
      ],
      ['Recovery', '', '', 'Not measured', '', ''],
      ['Posture', 'Sits upright.', '', 'In words: whoever treats says whether it is met', '', ''],
      ['Wellbeing', '', '', 'Not measured', '', ''],
    ]);
    expect(paragraphs).toEqual(['1 visit given: March 2, 2026']);
  });

  it('says that what was measured once was not measured again', () => {
    const { table } = section(written({}, { assessments: [nprs(7, null)] }), 'The five benefits') ?? {};
    expect(table?.rows[1]).toEqual(['Pain', 'Pain (NPRS)', '7', 'Not measured again', '', '']);
  });

  it('says what was treated by visits that are signed, and no others', () => {
    expect(section(written(), 'Treated')?.paragraphs).toEqual(['Knee, left, tendon']);
    expect(section(written({}, { visits: [] }), 'Treated')?.paragraphs).toEqual([
      'No signed visit says what was treated.',
    ]);
  });

  it('has what was added since, by whom', () => {
    const thread = [
      { kind: 'message', text: 'Hello.' },
      { kind: 'outcome-addendum', at: AT, byName: 'Priya Sandoval', text: 'She ran.' },
    ];
    expect(section(written({ thread }), 'Added since')?.facts).toEqual([
      { label: 'March 2, 2026 at 6:30:00 PM EST, Priya Sandoval', value: 'She ran.' },
    ]);
  });
});
