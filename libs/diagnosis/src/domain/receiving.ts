/** What a file says of a diagnosis, against what is on record and what the same source said before. */
import { isOlder } from '@fascia/directory/contract';
import { happened, sameJson, type Decision } from '@fascia/kernel';
import type { DiagnosisCommandOf } from '../contract/commands.js';
import type { DiagnosisEvent, Finding } from '../contract/events.js';
import { refuse } from '../contract/refusals.js';
import type { Diagnosis, DiagnosisState, Received } from './diagnosis.state.js';

type Receive = DiagnosisCommandOf<'ReceiveDiagnosis'>;

/** What a source can say of a finding; how it is coded here may follow another release, how acute it is another day. */
const saidOf = ({ icd10, snomed, site, tissues, dysfunction, onset }: Finding): object => ({
  code: icd10?.code,
  snomed,
  site,
  tissues,
  dysfunction,
  onset,
});

type Retract = DiagnosisCommandOf<'RetractDiagnosis'>;

const WORDS: Readonly<Record<Retract['retracted'], string>> = {
  refuted: 'The source refuted it.',
  'entered-in-error': 'The source had entered it in error.',
};

const receivedNow = ({
  system,
  lastUpdated,
}: {
  readonly system: string;
  readonly lastUpdated?: string | undefined;
}): DiagnosisEvent => ({
  type: 'DiagnosisReceived',
  data: { system, ...(lastUpdated === undefined ? {} : { lastUpdated }) },
});

const ending = ({ ended, endedOn }: Receive): readonly DiagnosisEvent[] =>
  ended === undefined
    ? []
    : [
        {
          type: 'DiagnosisResolved',
          data: { status: ended, ...(endedOn === undefined ? {} : { on: endedOn }) },
        },
      ];

/** What the source changed since: its finding, or whether it is over. */
const changes = (command: Receive, finding: Finding, before: Received): readonly DiagnosisEvent[] => {
  const revised: readonly DiagnosisEvent[] = sameJson(saidOf(finding), saidOf(before.said))
    ? []
    : [{ type: 'DiagnosisRevised', data: { ...finding, reason: 'The source changed it.' } }];
  const isOver = command.ended !== undefined;
  if (isOver === before.ended) return revised;
  return [...revised, ...(isOver ? ending(command) : [{ type: 'DiagnosisRecurred', data: {} } as const])];
};

/** What a person here confirmed, changed, ended or refuted. */
const isSettledHere = (state: Diagnosis, { said, ended }: Received): boolean =>
  state.verification !== 'provisional' ||
  state.resolved !== ended ||
  !sameJson(saidOf(state.finding), saidOf(said));

const DIFFERS = refuse('SOURCE_DIFFERS', 'It was settled here, and the source says otherwise.');
const NOT_THEIRS_AT_ALL = refuse(
  'SOURCE_OTHER_PERSON',
  'Under this id the source said it of another patient.',
);
const NOT_THEIRS = refuse('SOURCE_DIFFERS', 'It was not taken from this source.');

/** A source's own change goes on over what it said before; what was settled here is a person's, and the source's other word is told. */
export const receiveDiagnosis = (
  command: Receive,
  state: DiagnosisState,
  finding: Finding,
): Decision<DiagnosisEvent> => {
  const { patientId, system, lastUpdated } = command;
  if (state === undefined)
    return happened(
      {
        type: 'DiagnosisRecorded',
        data: { ...finding, patientId, verification: 'provisional', source: 'import' },
      },
      ...ending(command),
      receivedNow(command),
    );
  const { received } = state;
  if (state.patientId !== patientId) return NOT_THEIRS_AT_ALL;
  if (received?.system !== system) return NOT_THEIRS;
  if (isOlder(command, received))
    return refuse('SOURCE_OLDER', 'A newer state of this diagnosis was taken from the source before.');
  const news = changes(command, finding, received);
  if (news.length === 0)
    return received.lastUpdated === lastUpdated ? happened() : happened(receivedNow(command));
  return isSettledHere(state, received) ? DIFFERS : happened(...news, receivedNow(command));
};

/** Nothing was taken, and nothing of the source will be. */
export const retractedAs = ({
  patientId,
  ...received
}: Extract<DiagnosisEvent, { type: 'DiagnosisRetracted' }>['data']): Diagnosis => {
  const finding: Finding = { tissues: [], dysfunction: 'other' };
  return {
    patientId,
    verification: 'refuted',
    resolved: false,
    finding,
    received: { ...received, said: finding, ended: false },
  };
};

/** The source takes it back. */
export const retractDiagnosis = (command: Retract, state: DiagnosisState): Decision<DiagnosisEvent> => {
  const { patientId, system, lastUpdated } = command;
  if (state === undefined)
    return happened({
      type: 'DiagnosisRetracted',
      data: { patientId, system, ...(lastUpdated === undefined ? {} : { lastUpdated }) },
    });
  if (state.patientId !== patientId) return NOT_THEIRS_AT_ALL;
  if (state.received?.system !== system) return NOT_THEIRS;
  if (state.verification === 'refuted') return happened();
  return state.verification === 'confirmed'
    ? DIFFERS
    : happened({ type: 'DiagnosisRefuted', data: { reason: WORDS[command.retracted] } });
};
