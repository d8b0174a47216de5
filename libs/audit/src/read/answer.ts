/** What is answered of a stream or a case that is replayed. */
import { ROLES } from '@fascia/kernel';
import {
  answer,
  anything,
  integer,
  many,
  maybe,
  moment,
  oneOfCodes,
  orNull,
  uuid,
  words,
  type AnswerOf,
} from '@fascia/kernel/contract';

const actor = answer({
  sub: words(),
  role: oneOfCodes(ROLES),
  organizationId: maybe(uuid()),
  practitionerId: maybe(uuid()),
  onBehalfOf: maybe(uuid()),
});

const storedEvent = {
  position: words('Decimal; of the whole log.'),
  version: integer(),
  id: uuid(),
  type: words(),
  occurredAt: moment(),
  recordedAt: moment(),
  actor,
  commandId: uuid(),
  correlationId: uuid(),
  causationId: uuid(),
  data: anything('As stored, personal fields opened or `[erased]`.'),
  digest: words(),
};

const standing = {
  stream: words(),
  stage: orNull(words()),
  state: anything("As the stream's rules see it; null where it has none."),
};

export const history = answer({ ...standing, at: orNull(moment()), events: many(answer(storedEvent)) });

export const caseHistory = answer({
  id: uuid('Of the referral.'),
  patient: answer({
    id: uuid(),
    name: orNull(words('As it is now.')),
    birthDate: orNull(words('FHIR date.')),
  }),
  at: orNull(moment()),
  streams: many(answer({ ...standing, version: integer() }), 'Those that were there then.'),
  events: many(
    answer({
      ...storedEvent,
      stream: words(),
      stage: orNull(words('Where its stream stood after it.')),
      byName: orNull(words('Of `actor.sub`, as the register has it now; null of whom it does not have.')),
      reason: orNull(words('In the words of whoever did it, where the event has one.')),
    }),
    'Of all its streams, in the order in which they were recorded.',
  ),
});

export type CaseHistory = AnswerOf<typeof caseHistory>;
