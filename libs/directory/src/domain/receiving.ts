/** What a file says of a patient, against what the record says and what the same source said before. */
import { happened, sameJson, type Decision } from '@fascia/kernel';
import type { PatientCommand } from '../contract/commands.js';
import type { Demographics, PatientEvent } from '../contract/events.js';
import { refuse } from '../contract/refusals.js';
import { isOlder } from '../contract/sources.js';
import type { Patient, PatientState, Received } from './patient.state.js';

type Receive = Extract<PatientCommand, { type: 'ReceivePatient' }>;
type Identifier = Patient['identifiers'][number];

const same = (a: Identifier) => (b: Identifier) => a.system === b.system && a.value === b.value;

const demographicsIn = ({
  name,
  birthDate,
  sexAtBirth,
  telecom,
  address,
  language,
  interpreter,
}: Receive): Demographics => ({
  name,
  birthDate,
  sexAtBirth,
  telecom,
  address,
  interpreter,
  ...(language === undefined ? {} : { language }),
});

const key = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Neither born on the day nor called what the record says: an id that was used again, not a correction. */
const isSomebodyElse = (here: Demographics, said: Demographics): boolean =>
  here.birthDate !== said.birthDate && key(here.name.family) !== key(said.name.family);

const receivedNow = ({
  system,
  takenIdentifiers,
  lastUpdated,
  inactive,
  replacedById,
}: Receive): PatientEvent => ({
  type: 'PatientReceived',
  data: {
    system,
    takenIdentifiers,
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
    ...(inactive === undefined ? {} : { inactive }),
    ...(replacedById === undefined ? {} : { replacedById }),
  },
});

/** A source's own change goes on over what it said before; what a person changed here since is theirs to settle. */
export const receivePatient = (command: Receive, state: PatientState): Decision<PatientEvent> => {
  const said = demographicsIn(command);
  if (state === undefined)
    return happened(
      {
        type: 'PatientRegistered',
        data: { ...said, identifiers: command.identifiers, homeOrganizationId: command.organizationId },
      },
      receivedNow(command),
    );
  const before = state.received.find(({ system }) => system === command.system);
  if (isOlder(command, before))
    return refuse('SOURCE_OLDER', 'A newer state of this patient was taken from the source before.');
  if (isSomebodyElse(state.demographics, said))
    return refuse(
      'SOURCE_OTHER_PERSON',
      'Under this id the source said another birth date and another family name: it is not taken for a correction.',
    );
  const links = command.identifiers.filter((one) => !state.identifiers.some(same(one)));
  const linked = links.map((data): PatientEvent => ({ type: 'PatientIdentifierLinked', data }));
  if (sameJson(said, state.demographics))
    return linked.length === 0 && before !== undefined && isNothingNew(command, said, before)
      ? happened()
      : happened(...linked, receivedNow(command));
  const isCorrectedHere = before === undefined || !sameJson(before.said, state.demographics);
  return isCorrectedHere
    ? refuse('SOURCE_DIFFERS', 'The record was corrected here, and the source still says otherwise.')
    : happened({ type: 'PatientDemographicsCorrected', data: said }, ...linked, receivedNow(command));
};

const isNothingNew = (command: Receive, said: Demographics, before: Received): boolean =>
  sameJson(before.said, said) &&
  before.lastUpdated === command.lastUpdated &&
  before.inactive === command.inactive &&
  before.replacedById === command.replacedById &&
  command.takenIdentifiers.every((one) => before.takenIdentifiers.some(same(one)));
