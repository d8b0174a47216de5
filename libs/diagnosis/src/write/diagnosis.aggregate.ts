import type { IcdCatalogue } from '@fascia/clinical/icd10';
import {
  dayAt,
  forStandingRecords,
  movable,
  ofAll,
  personOf,
  subjectOfPatient,
  toldFor,
  toldIn,
  type Person,
  type RecordFact,
  type Told,
} from '@fascia/directory';
import { patientIn, type ReferencesOf } from '@fascia/kernel';
import type { Aggregate, FactTools, Reference } from '@fascia/write-door';
import { DIAGNOSIS_COMMANDS, type DiagnosisCommand, type DiagnosisMoving } from '../contract/commands.js';
import { DIAGNOSIS_CONTRACT, type DiagnosisEvent } from '../contract/events.js';
import { diagnosisDecider, type CodeFact, type DiagnosisFacts } from '../domain/diagnosis.js';
import type { DiagnosisState } from '../domain/diagnosis.state.js';
import { standingDiagnosesOf } from '../read/lookups.js';

export type DiagnosisAggregate = Aggregate<
  DiagnosisState,
  DiagnosisCommand | DiagnosisMoving,
  DiagnosisEvent,
  DiagnosisFacts & Told<DiagnosisEvent> & { readonly record: RecordFact }
>;

export interface DiagnosisPorts {
  /** Loaded at first use. */
  readonly catalogue: () => IcdCatalogue;
}

type DiagnosisReference = Reference<DiagnosisState, DiagnosisCommand | DiagnosisMoving>;

const TOLD = toldIn<DiagnosisEvent>('diagnosis');

export const diagnosisAggregate = ({ catalogue }: DiagnosisPorts): DiagnosisAggregate => {
  const codeFact = async (
    code: string,
    day: string,
    about: { person: Person; id: string },
    tools: FactTools,
  ): Promise<CodeFact> => {
    const icd = catalogue();
    const others = await ofAll(about.person, standingDiagnosesOf, tools);
    const excluded = others.flatMap((other) => {
      if (other.id === about.id || other.code === null) return [];
      const exclusion = icd.excludes1(code, other.code);
      return exclusion === undefined
        ? []
        : [{ diagnosisId: other.id, code: other.code, note: exclusion.note }];
    });
    return {
      billability: icd.billableOn(code, day),
      text: icd.text(code, day) ?? '',
      side: icd.sideOf(code),
      excluded,
    };
  };

  return {
    // One that was recorded before a merge is confirmed, revised and resolved where it stands.
    decider: movable(
      forStandingRecords(
        diagnosisDecider,
        (command, state) => state === undefined && 'patientId' in command,
        (command) => command.type === 'RecordDiagnosis',
      ),
      (data) => ({ type: 'DiagnosisMoved', data }),
    ),
    contract: DIAGNOSIS_CONTRACT,
    commands: DIAGNOSIS_COMMANDS,
    subject: (request, tools) => subjectOfPatient(patientIn(request), tools),
    references: {
      RecordDiagnosis: { patientId: 'access' },
    } satisfies ReferencesOf<typeof DIAGNOSIS_COMMANDS, DiagnosisReference>,
    facts: async (request, tools) => {
      const { command, id, at, by } = request;
      const person = await personOf(patientIn(request) ?? '', tools);
      // Of those who say it: an onset is told, and a code looked up, where the patient sits.
      const today = await dayAt(by.organizationId ?? person.home[0], at, tools);
      const base = {
        today,
        record: person.record,
        told: await toldFor(TOLD, command, tools),
      };
      return 'code' in command && command.code !== undefined
        ? { ...base, code: await codeFact(command.code, today, { person, id }, tools) }
        : base;
    },
  };
};
