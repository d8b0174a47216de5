/** A precaution of one patient that a file proposed: nothing until a person confirms it, and theirs from then on. */
import { isOlder } from '@fascia/directory/contract';
import { happened, sameJson, type Decider, type Decision } from '@fascia/kernel';
import type { PrecautionCommand, PrecautionCommandOf } from '../contract/precaution.commands.js';
import type { PrecautionEvent, PrecautionSaid } from '../contract/precaution.events.js';
import type { PrecautionStage } from '../contract/precaution.lifecycle.js';
import { refuse } from '../contract/refusals.js';
import { endPrecaution, saidAtEnd } from './ending.js';

export type PrecautionState =
  | {
      readonly status: Exclude<PrecautionStage, 'none'>;
      readonly patientId: string;
      /** What the source says as long as it says nothing new. */
      readonly said: PrecautionSaid;
      /** Dismissed by the source's word alone: proposed again when the source says so. */
      readonly endedAtSource?: boolean | undefined;
      /** Of a source that ended it before it was proposed here. */
      readonly unseen?: true | undefined;
    }
  | undefined;

type Propose = PrecautionCommandOf<'ProposePrecaution'>;

const saidIn = ({ tableVersion, since, ended, endedOn, lastUpdated }: PrecautionSaid): PrecautionSaid => ({
  tableVersion,
  ended,
  ...(since === undefined ? {} : { since }),
  ...(endedOn === undefined ? {} : { endedOn }),
  ...(lastUpdated === undefined ? {} : { lastUpdated }),
});

/** What a person weighs; which table found it, and when the source touched it, changes nothing for them. */
const weighed = ({ since, ended, endedOn }: PrecautionSaid): object => ({ since, ended, endedOn });

/** A later prescription of the same medicine is no later beginning. */
const sinceTheFirst = (said: PrecautionSaid, before: PrecautionSaid): PrecautionSaid =>
  before.since !== undefined && (said.since === undefined || before.since < said.since)
    ? { ...said, since: before.since }
    : said;

const propose = (command: Propose, state: PrecautionState): Decision<PrecautionEvent> => {
  const { type: _type, ...data } = command;
  if (state === undefined) return happened({ type: 'PrecautionProposed', data });
  if (state.patientId !== command.patientId)
    return refuse('SOURCE_OTHER_PERSON', 'Under this id the source said it of another patient.');
  const said = sinceTheFirst(saidIn(command), state.said);
  const isNews = !sameJson(weighed(said), weighed(state.said));
  if (isOlder(said, state.said))
    return isNews
      ? refuse('SOURCE_OLDER', 'A newer state of this precaution was taken from the source before.')
      : happened();
  if (sameJson(said, state.said)) return happened();
  if (state.endedAtSource === true && !said.ended)
    return happened({ type: 'PrecautionProposed', data: { ...data, ...said } });
  return state.status === 'proposed' || !isNews
    ? happened({ type: 'PrecautionRestated', data: said })
    : refuse('SOURCE_DIFFERS', 'It was settled here, and the source says otherwise.');
};

const decide: Decider<PrecautionState, PrecautionCommand, PrecautionEvent, unknown>['decide'] = (
  command,
  state,
) => {
  if (command.type === 'ProposePrecaution') return propose(command, state);
  if (command.type === 'EndPrecaution') return endPrecaution(command, state);
  if (state === undefined || state.unseen === true)
    return refuse('PRECAUTION_UNKNOWN', 'There is no such precaution.');
  if (command.type === 'ConfirmPrecaution')
    return state.status === 'confirmed'
      ? refuse('PRECAUTION_SETTLED', 'It is confirmed already.')
      : happened({ type: 'PrecautionConfirmed', data: {} });
  return state.status === 'dismissed'
    ? refuse('PRECAUTION_SETTLED', 'It is dismissed already.')
    : happened({ type: 'PrecautionDismissed', data: { reason: command.reason } });
};

const endReceived = ({
  patientId,
  lastUpdated,
}: Extract<PrecautionEvent, { type: 'PrecautionEndReceived' }>['data']): PrecautionState => ({
  status: 'dismissed',
  patientId,
  said: { tableVersion: '', ended: true, ...(lastUpdated === undefined ? {} : { lastUpdated }) },
  endedAtSource: true,
  unseen: true,
});

export const precautionDecider: Decider<PrecautionState, PrecautionCommand, PrecautionEvent, unknown> = {
  category: 'precaution',
  initial: undefined,
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'PrecautionProposed':
        return { status: 'proposed', patientId: fact.data.patientId, said: saidIn(fact.data) };
      case 'PrecautionRestated':
        return state && { ...state, said: fact.data };
      case 'PrecautionEndReceived':
        return endReceived(fact.data);
      case 'PrecautionSourceEnded':
        return (
          state && {
            ...state,
            status: state.status === 'proposed' ? 'dismissed' : state.status,
            said: saidAtEnd(state.said, fact.data),
            endedAtSource: state.status === 'proposed' || state.endedAtSource === true,
          }
        );
      case 'PrecautionConfirmed':
        return state && { ...state, status: 'confirmed', endedAtSource: false };
      case 'PrecautionDismissed':
        return state && { ...state, status: 'dismissed', endedAtSource: false };
    }
  },
  decide,
  stage: (state) => (state === undefined || state.unseen === true ? 'none' : state.status),
};
