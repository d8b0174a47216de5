/** Words of what files propose as precautions, for whoever settles it and whoever asks them to. */
import type { Answer } from '../api/questions.js';

type Named<Code extends string> = Readonly<Record<Code, string>>;
type Precaution = Answer<'listPrecautions'>;

export const proposed = {
  about:
    'What an import brings counts as if it were confirmed until somebody has looked, unless its source says that it is over.',
  empty: 'Nothing is proposed',
  emptyText:
    'Conditions and medicines that an import brings are proposed here as precautions, until a physician or therapist who treats the patient has looked.',
  columns: {
    patient: 'Patient',
    what: 'To be respected',
    from: 'From what',
    since: 'Since',
    proposed: 'Proposed',
    action: 'Next step',
  },
  unassigned: 'It came while two records were one, and nobody has said yet of whom it is.',
  origin: { condition: 'A condition', medication: 'A medicine' } satisfies Named<
    NonNullable<Precaution['from']>
  >,
  codeSystem: {
    'icd-10-cm': 'ICD-10-CM',
    snomed: 'SNOMED CT',
    rxnorm: 'RxNorm',
    atc: 'ATC',
    name: 'By its name',
  } satisfies Named<NonNullable<Precaution['code']>['system']>,
  noSince: 'not known',
  over: 'Over, as its source says',
  overOn: 'Over since {{date}}, as its source says',
  confirm: 'Confirm',
  confirmOf: 'Confirm: {{what}}, of {{name}}',
  dismiss: 'It is none',
  dismissOf: 'It is none: {{what}}, of {{name}}',
  reason: 'Why it is none for this patient',
  reasonHelp:
    'Care respects it no longer. It stays in the record with this reason, and can be confirmed again.',
  byOthers: 'A physician or therapist who treats this patient settles it.',
  notDone: '{{what}}, of {{name}}',
} as const;
