/** The letter of a referral: the order as it stands, to the clinic that is to treat. */
import { TECHNIQUES } from '@fascia/clinical';
import { CONTRAINDICATIONS } from '@fascia/clinical/contraindications';
import { names } from '../contract/names.js';
import type { DiagnosisTold, OrderTold, PatientTold } from '../read/case.js';
import { facts, type Letter, type Section } from './letter.js';
import { called, dayText, momentText, placeText } from './said.js';

/** What letters are written with beside what they tell of. */
export interface Writing {
  /** Of whoever writes it (IANA). */
  readonly timeZone: string;
  /** The official text of a code, where the code is known. */
  readonly codeText: (code: string) => string | undefined;
  /** Those that it went to, where nobody of them has taken it yet. */
  readonly pool: readonly string[];
  readonly made: string;
}

type Order = OrderTold['referral']['content'];

export const patientSection = ({ name, birthDate, sexAtBirth, language, contact }: PatientTold): Section => ({
  heading: 'Patient',
  facts: facts(
    ['Name', name],
    ['Born', dayText(birthDate)],
    ['Sex', names.sex[sexAtBirth]],
    ['Language', language],
    ['Interpreter', contact?.interpreter === true ? 'Needed' : null],
    ['Telephone', contact?.telecom.find(({ system }) => system === 'phone')?.value],
  ),
});

export const diagnosisText = (
  { code, text, verification, site }: DiagnosisTold,
  codeText: Writing['codeText'],
): string =>
  [
    [code, code === null ? text : (codeText(code) ?? text)].filter(Boolean).join(' '),
    ...(site === null ? [] : [placeText(site)]),
    names.verification[verification].toLowerCase(),
  ].join('; ');

const requestedText = ({ frequencyPerWeek, weeks, visits }: NonNullable<Order['requested']>): string =>
  `${String(visits)} visits: ${String(frequencyPerWeek)} a week for ${String(weeks)} weeks`;

const techniqueText = (code: string): string => TECHNIQUES.find((one) => one.code === code)?.name ?? code;

const precautionText = (id: string): string => CONTRAINDICATIONS.find((one) => one.id === id)?.words ?? id;

/** Asked and none is an answer; not asked is none. */
const listText = (all: readonly string[] | undefined, none?: string): string | undefined =>
  all === undefined ? undefined : all.length === 0 ? none : all.join('; ');

const screeningTexts = (screening: NonNullable<Order['screening']>): readonly string[] => {
  const answered = (wanted: 'yes' | 'unknown'): readonly string[] =>
    screening
      .filter(({ answer }) => answer === wanted)
      .map(({ flagId, detail }) => [called(names.redFlag, flagId), detail].filter(Boolean).join(': '));
  const [yes, unknown] = [answered('yes'), answered('unknown')];
  const no = screening.length - yes.length - unknown.length;
  return [
    ...yes.map((one) => `Yes: ${one}`),
    ...unknown.map((one) => `Not known: ${one}`),
    ...(no === 0 ? [] : [`Asked and denied: ${String(no)}`]),
  ];
};

const why = (order: Order, diagnoses: readonly DiagnosisTold[], codeText: Writing['codeText']): Section => ({
  heading: 'Why',
  facts: facts(
    ...diagnoses.map((one) => ['Diagnosis', diagnosisText(one, codeText)] as const),
    ['Why it is suspected', order.suspicion],
    [
      'Where',
      listText(
        order.sites?.map((site) =>
          [placeText(site), ...site.tissues.map((one) => called(names.tissue, one))].join(', '),
        ),
      ),
    ],
    ['Why there', order.siteExplanation],
    ['Since', order.onset === undefined || order.onset === 'unknown' ? order.onset : dayText(order.onset)],
    ['How it came', order.mechanism],
    ['Pain, 0 to 10', order.severityNprs === undefined ? null : String(order.severityNprs)],
    ['Clinical question', order.clinicalQuestion],
  ),
});

const what = (order: Order): Section => ({
  heading: 'What is ordered',
  facts: facts(
    ['Service', order.service && 'Soft-tissue mobilization'],
    ['Techniques preferred', listText(order.service?.techniquesPreferred.map(techniqueText))],
    ['Techniques excluded', listText(order.service?.techniquesExcluded.map(techniqueText))],
    ['How much', order.requested && requestedText(order.requested)],
    ...(order.goals ?? []).map(({ category, text }) => [`Goal: ${names.goal[category]}`, text] as const),
    ['Payer', order.payer && names.payer[order.payer.profile]],
    [
      'Documents with it',
      order.attachments === undefined || order.attachments.length === 0
        ? null
        : String(order.attachments.length),
    ],
  ),
});

const safety = (order: Order): Section => ({
  heading: 'Safety',
  facts: facts(['Precautions', listText(order.precautions?.map(precautionText), 'Asked: none')]),
  paragraphs: screeningTexts(order.screening ?? []),
});

export const orderLetter = ({ referral, patient, diagnoses }: OrderTold, writing: Writing): Letter => {
  const { content, loop, referrer, recipient, state, priority, validUntil } = referral;
  const { timeZone, codeText, pool, made } = writing;
  const sent = loop.sent && momentText(loop.sent.at, timeZone);
  const to = recipient === null ? pool : [recipient.name ?? 'A clinic that the register does not name'];
  return {
    title: 'Referral for soft-tissue mobilization',
    parties: [
      {
        heading: 'From',
        paragraphs: [loop.sent?.byName, referrer.name].filter((line) => typeof line === 'string'),
      },
      { heading: 'To', paragraphs: to },
    ],
    sections: [
      {
        heading: 'Order',
        facts: facts(
          ['Priority', priority && names.priority[priority]],
          ['Sent', sent],
          ['Valid until', validUntil && dayText(validUntil, timeZone)],
          ['Stands at', names.stage[state]],
        ),
      },
      patientSection(patient),
      why(content, diagnoses, codeText),
      what(content),
      safety(content),
    ],
    signed: `Signed electronically by ${loop.sent?.byName ?? 'somebody whom the register does not name'}, ${sent ?? ''}`,
    made,
  };
};
