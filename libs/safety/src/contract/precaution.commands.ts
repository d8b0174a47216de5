/** What may be asked of a precaution: a fact of the patient, as a file or a person says it. */
import { REGIONS, SIDES, TECHNIQUES } from '@fascia/clinical';
import { CONTRAINDICATION_IDS, DETAILS } from '@fascia/clinical/contraindications';
import {
  acts,
  code,
  creates,
  day,
  flag,
  instant,
  line,
  list,
  partialDay,
  receives,
  ref,
  shape,
  text,
  type CommandOf,
  type CommandsOf,
} from '@fascia/kernel/contract';
import { CODE_SYSTEMS, ENDINGS, ORIGINS, PRECAUTION_SOURCES } from './precaution.events.js';

const site = shape('PrecautionSite', { region: code(REGIONS), side: code(SIDES).optional() });

/** As far as it is known: what is not said counts as the worse of what it may be. */
const circumstances = {
  site: site.optional(),
  since: partialDay('When it began (FHIR date).').optional(),
  beganAt: instant('When it began, where the hour matters.').optional(),
  details: list(code(DETAILS), { max: DETAILS.length }, 'What else is known of it.'),
};

export const PRECAUTION_COMMANDS = {
  /** What a file says of it now, under the id that follows from source, patient, row and code. */
  ProposePrecaution: receives('An import', {
    patientId: ref('patient'),
    system: line(300, 'URI of the source system.'),
    catalogueId: line(10, 'Row of the contraindication catalogue.'),
    tableVersion: line(20),
    from: code(ORIGINS),
    code: shape('PrecautionCode', { system: code(CODE_SYSTEMS), code: line(100) }),
    since: partialDay('FHIR date.').optional(),
    ended: flag('What it came from is over.'),
    endedOn: partialDay('FHIR date, as precise as the source.').optional(),
    lastUpdated: line(40, 'When the source changed it last, by its own clock (FHIR instant).').optional(),
  }),
  /** What a file ends, also of what was never proposed: an older file that comes later does not bring it. */
  EndPrecaution: receives('An import', {
    patientId: ref('patient'),
    catalogueId: line(10, 'Row of the contraindication catalogue.'),
    why: code(ENDINGS),
    endedOn: partialDay('FHIR date, as precise as the source.').optional(),
    lastUpdated: line(40, 'When the source changed it last, by its own clock (FHIR instant).').optional(),
  }),
  RecordPrecaution: creates('Record that care of a patient has to respect a row of the catalogue', {
    patientId: ref('patient'),
    catalogueId: code(CONTRAINDICATION_IDS, 'Row of the contraindication catalogue.'),
    ...circumstances,
    source: code(PRECAUTION_SOURCES, 'From whom or what it is known.'),
    note: text(4000).optional(),
  }),
  ConfirmPrecaution: acts('confirm', 'Confirm that care has to respect it'),
  DismissPrecaution: acts('dismiss', 'Say that it is none for this patient, with the reason', {
    reason: text(4000),
  }),
  SpecifyPrecaution: acts(
    'specify',
    'Say where it is, since when and what it is, in place of what was said',
    {
      ...circumstances,
    },
  ),
  ResolvePrecaution: acts('resolve', 'Say that it holds no longer, with the reason and what shows it', {
    reason: text(4000),
    evidence: text(4000, 'What shows it: a finding, an image, a letter.'),
  }),
  ClearPrecaution: acts(
    'clear',
    'Clear care all the same, from a day to a day, in place of any clearance before',
    {
      rationale: text(4000, 'Why care may go on.'),
      evidence: text(4000, 'What it rests on.'),
      from: day('First day.'),
      until: day('Last day.'),
      techniques: list(
        code(TECHNIQUES.map((technique) => technique.code)),
        { min: 1, max: 20 },
        'These alone; all when absent.',
      ).optional(),
      sites: list(site, { min: 1, max: 20 }, 'There alone; everywhere when absent.').optional(),
    },
  ),
  EndClearance: acts('end-clearance', 'Take the clearance back, with the reason', { reason: text(4000) }),
};

export type PrecautionCommand = CommandsOf<typeof PRECAUTION_COMMANDS>;
export type PrecautionCommandOf<T extends PrecautionCommand['type']> = CommandOf<
  typeof PRECAUTION_COMMANDS,
  T
>;
