/** A diagnosis: recorded, confirmed, revised, refuted, resolved; its code billable on the day and on the right side. */
import { DAY_MS, elapsedMs } from '@fascia/clinical/calendar';
import type { Billability, IcdSide } from '@fascia/clinical/icd10';
import { happened, type Actor, type CalendarDate, type Decider, type Decision } from '@fascia/kernel';
import type { DiagnosisCommand, DiagnosisCommandOf } from '../contract/commands.js';
import type { ACUITIES, DiagnosisEvent, Finding } from '../contract/events.js';
import { refuse, type DiagnosisRefusal } from '../contract/refusals.js';
import type { DiagnosisState } from './diagnosis.state.js';
import { receiveDiagnosis, retractDiagnosis, retractedAs } from './receiving.js';
import { codedSide, sideAgrees, sided, siteRefusal } from './side.js';

/** What the recorder says; the door looks the code up. */
type FindingSaid = Omit<DiagnosisCommandOf<'ReviseDiagnosis'>, 'type' | 'reason'>;

/** What the catalogue says about the code of a command. */
export interface CodeFact {
  readonly billability: Billability;
  readonly text: string;
  readonly side: IcdSide;
  /** Other open diagnoses of the patient whose code must not stand beside it. */
  readonly excluded: readonly {
    readonly diagnosisId: string;
    readonly code: string;
    readonly note: string;
  }[];
}

export interface DiagnosisFacts {
  readonly today: CalendarDate;
  readonly code?: CodeFact | undefined;
}

// Rules (docs/domain/diagnosis.md#codes)

type Rule = (said: FindingSaid, code: CodeFact) => DiagnosisRefusal | undefined;

const NOT_BILLABLE = {
  unknown: ['ICD_UNKNOWN', 'No loaded release of ICD-10-CM has this code.'],
  header: ['ICD_NOT_BILLABLE', 'This is a heading: choose one of the codes below it.'],
  needs7th: [
    'ICD_SEVENTH_CHAR',
    'An injury code needs its 7th character: A (initial), D (subsequent) or S (sequela).',
  ],
  retired: ['ICD_NOT_BILLABLE', 'The code is no longer billable on this date.'],
  notYet: ['ICD_NOT_BILLABLE', 'The code is not billable yet on this date.'],
} as const;

const codeIsBillable: Rule = (said, { billability }) => {
  if (billability.kind === 'notBillable') {
    const [code, detail] = NOT_BILLABLE[billability.because];
    return { code, detail, pointer: '/code', about: { suggestions: billability.suggestions } };
  }
  return billability.kind === 'warning' && said.acceptCodeWarning !== true
    ? {
        code: 'ICD_WARNING_UNACCEPTED',
        detail:
          'No loaded release covers the date, and only one neighbouring release bills the code: accept the warning (acceptCodeWarning) or choose another.',
        pointer: '/code',
      }
    : undefined;
};

const nothingExcluded: Rule = (said, { excluded }) => {
  const [first] = excluded;
  return first === undefined || said.unrelatedReason !== undefined
    ? undefined
    : {
        code: 'ICD_EXCLUDES1',
        detail:
          'ICD-10-CM excludes this code beside another diagnosis of the patient; say why they are unrelated (unrelatedReason), or resolve the other.',
        pointer: '/code',
        about: {
          diagnosisIds: excluded.map((other) => other.diagnosisId),
          codes: excluded.map((other) => other.code),
        },
      };
};

export const codeRules: readonly Rule[] = [codeIsBillable, sideAgrees, nothingExcluded];

const WEEK_MS = 7 * DAY_MS;

/** acute < 6 weeks ≤ subacute ≤ 12 weeks < chronic; only from an onset known to the day. */
export const acuityOf = (
  onset: string | undefined,
  today: CalendarDate,
): (typeof ACUITIES)[number] | undefined => {
  if (onset?.length !== 10) return undefined;
  const weeks = elapsedMs(onset, today) / WEEK_MS;
  return weeks < 6 ? 'acute' : weeks <= 12 ? 'subacute' : 'chronic';
};

const findingOf = (said: FindingSaid, { today, code }: DiagnosisFacts): Finding => {
  const { snomed, site, tissues, dysfunction, onset, unrelatedReason } = sided(said, code);
  const acuity = acuityOf(onset, today);
  return {
    tissues,
    dysfunction,
    ...(snomed === undefined ? {} : { snomed }),
    ...(site === undefined ? {} : { site }),
    ...(onset === undefined ? {} : { onset }),
    ...(unrelatedReason === undefined ? {} : { unrelatedReason }),
    ...(acuity === undefined ? {} : { acuity }),
    ...(code === undefined ? {} : { icd10: icdOf(code) }),
  };
};

const icdOf = (code: CodeFact): NonNullable<Finding['icd10']> => {
  const side = codedSide(code);
  return { ...billedAs(code), ...(side === undefined ? {} : { side }) };
};

const billedAs = ({ billability, text }: CodeFact): NonNullable<Finding['icd10']> => {
  switch (billability.kind) {
    case 'billable':
      return { code: billability.code, text, release: billability.release };
    case 'unconfirmed':
      return {
        code: billability.code,
        text,
        release: billability.releases.at(-1) ?? '',
        unconfirmedForDate: true,
      };
    case 'warning':
      return { code: billability.code, text, release: billability.billableIn, unconfirmedForDate: true };
    case 'notBillable':
      throw new Error('a code that is not billable has been refused before');
  }
};

const findingRefusal = (
  said: FindingSaid,
  facts: DiagnosisFacts,
  imported: boolean,
): DiagnosisRefusal | undefined => {
  const { code } = facts;
  if (code === undefined && said.snomed === undefined) {
    return {
      code: 'DIAGNOSIS_WITHOUT_CODE',
      detail: 'A diagnosis has an ICD-10-CM code, or at least a SNOMED CT code from its source.',
      pointer: '/code',
    };
  }
  if (said.onset !== undefined && said.onset > facts.today.slice(0, said.onset.length)) {
    return { code: 'ONSET_IN_FUTURE', detail: 'An onset lies in the past.', pointer: '/onset' };
  }
  const byCode =
    code === undefined
      ? undefined
      : codeRules.map((rule) => rule(said, code)).find((answer) => answer !== undefined);
  return siteRefusal(sided(said, code), imported) ?? byCode;
};

// Decisions

type Recorded = DiagnosisCommandOf<'RecordDiagnosis'>;

/** What a delegate writes down waits for a physician, however sure it sounds. */
const surenessOf = ({ verification }: Recorded, { role }: Actor): Recorded['verification'] =>
  role === 'delegate' && verification === 'confirmed' ? 'provisional' : verification;

const decide: Decider<DiagnosisState, DiagnosisCommand, DiagnosisEvent, DiagnosisFacts>['decide'] = (
  command,
  state,
  { facts, by },
) => {
  if (command.type === 'RecordDiagnosis') {
    if (state !== undefined) return refuse('DIAGNOSIS_EXISTS', 'This diagnosis is recorded already.');
    const refusal = findingRefusal(command, facts, false);
    if (refusal !== undefined) return { ok: false, refusal };
    const { patientId, note } = command;
    return happened({
      type: 'DiagnosisRecorded',
      data: {
        ...findingOf(command, facts),
        patientId,
        verification: surenessOf(command, by),
        source: 'clinician',
        ...(note === undefined ? {} : { note }),
      },
    });
  }
  if (command.type === 'ReceiveDiagnosis') {
    const refusal = findingRefusal(command, facts, true) ?? resolvedRefusal(command.endedOn, facts);
    return refusal === undefined
      ? receiveDiagnosis(command, state, findingOf(command, facts))
      : { ok: false, refusal };
  }
  if (command.type === 'RetractDiagnosis') return retractDiagnosis(command, state);
  if (state?.verification === 'refuted')
    return refuse('DIAGNOSIS_REFUTED', 'The diagnosis was refuted: record a new one.');
  return decideLater(command, state, facts);
};

const decideLater = (
  command: Exclude<DiagnosisCommand, { type: 'RecordDiagnosis' | 'ReceiveDiagnosis' | 'RetractDiagnosis' }>,
  state: DiagnosisState,
  facts: DiagnosisFacts,
): Decision<DiagnosisEvent> => {
  switch (command.type) {
    case 'ConfirmDiagnosis':
      return state?.verification === 'confirmed'
        ? happened()
        : happened({ type: 'DiagnosisConfirmed', data: {} });
    case 'ReviseDiagnosis': {
      const refusal = findingRefusal(command, facts, false);
      return refusal === undefined
        ? happened({
            type: 'DiagnosisRevised',
            data: { ...findingOf(command, facts), reason: command.reason },
          })
        : { ok: false, refusal };
    }
    case 'RefuteDiagnosis':
      return happened({ type: 'DiagnosisRefuted', data: { reason: command.reason } });
    case 'ResolveDiagnosis': {
      const refusal = resolvedRefusal(command.on, facts);
      if (refusal !== undefined) return { ok: false, refusal };
      return state?.resolved === true
        ? happened()
        : happened({ type: 'DiagnosisResolved', data: { status: 'resolved', on: command.on } });
    }
  }
};

const resolvedRefusal = (on: string | undefined, { today }: DiagnosisFacts): DiagnosisRefusal | undefined =>
  on !== undefined && on > today.slice(0, on.length)
    ? { code: 'RESOLVED_IN_FUTURE', detail: 'A resolution lies in the past.', pointer: '/on' }
    : undefined;

const findingIn = (data: Finding): Finding => {
  const { icd10, snomed, site, tissues, dysfunction, onset, acuity, unrelatedReason } = data;
  return { icd10, snomed, site, tissues, dysfunction, onset, acuity, unrelatedReason };
};

export const diagnosisDecider: Decider<DiagnosisState, DiagnosisCommand, DiagnosisEvent, DiagnosisFacts> = {
  category: 'diagnosis',
  initial: undefined,
  evolve: (state, fact) => {
    if (fact.type === 'DiagnosisRecorded') {
      const { patientId, verification } = fact.data;
      return { patientId, verification, resolved: false, finding: findingIn(fact.data) };
    }
    if (fact.type === 'DiagnosisRetracted') return retractedAs(fact.data);
    if (state === undefined) return state;
    switch (fact.type) {
      case 'DiagnosisConfirmed':
        return { ...state, verification: 'confirmed' };
      case 'DiagnosisRevised':
        return { ...state, finding: findingIn(fact.data) };
      case 'DiagnosisReceived':
        return { ...state, received: { ...fact.data, said: state.finding, ended: state.resolved } };
      case 'DiagnosisRefuted':
        return { ...state, verification: 'refuted' };
      case 'DiagnosisResolved':
        return { ...state, resolved: true };
      case 'DiagnosisRecurred':
        return { ...state, resolved: false };
      case 'DiagnosisMoved':
        return { ...state, movedTo: fact.data };
    }
  },
  decide,
  stage: (state) => (state === undefined ? 'none' : state.resolved ? 'resolved' : state.verification),
};
