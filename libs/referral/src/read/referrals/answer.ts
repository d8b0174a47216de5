/** What is answered of a referral: in a list, and in detail. */
import { PAYER_PROFILES } from '@fascia/clinical';
import { DEADLINE_NAMES, SIDES } from '@fascia/deadline/contract';
import { offered } from '@fascia/kernel';
import {
  answer,
  asSent,
  date,
  integer,
  many,
  maybe,
  moment,
  oneOfCodes,
  orNull,
  ROLES,
  uuid,
  words,
  yesOrNo,
} from '@fascia/kernel/contract';
import {
  answerSent,
  contentSent,
  questionSent,
  REFERRAL_COMMANDS,
  siteSent,
} from '../../contract/commands.js';
import { DECLINE_REASONS, OUTCOME_KINDS } from '../../contract/events.js';
import { HOLDERS, SIDES_TO_MOVE, STAGES } from '../../contract/lifecycle.js';
import { PRIORITIES } from '../../contract/order.js';
import { STATIONS, type ReferralRow } from './row.js';
import { ENTRY_KINDS, type ThreadRow } from './thread.model.js';

const who = { at: moment(), by: words(), role: oneOfCodes(ROLES) };

/** Of `by`. */
const byName = orNull(words('As the register has it; null of whom it does not have.'));

const ofStations = <S>(station: S) =>
  Object.fromEntries(STATIONS.map((name) => [name, station])) as Readonly<
    Record<(typeof STATIONS)[number], S>
  >;

export const summary = {
  id: uuid(),
  version: integer(),
  state: oneOfCodes(STAGES),
  open: yesOrNo(),
  whoseMove: oneOfCodes(SIDES_TO_MOVE),
  enteredStateAt: moment(),
  patient: answer({ id: uuid(), name: orNull(words()), birthDate: orNull(words()) }),
  referrer: answer({ organizationId: uuid(), name: orNull(words()), practitionerId: orNull(uuid()) }),
  recipient: orNull(answer({ organizationId: uuid(), name: orNull(words()) })),
  priority: orNull(oneOfCodes(PRIORITIES)),
  sites: many(asSent<ReferralRow['sites'][number]>(siteSent)),
  diagnosisCodes: many(words()),
  payerProfile: orNull(oneOfCodes(PAYER_PROFILES)),
  validUntil: orNull(moment()),
  nextDue: orNull(
    answer({
      what: oneOfCodes(DEADLINE_NAMES),
      at: moment('In the past: it was missed, and is still waited for.'),
      whose: oneOfCodes(SIDES),
    }),
  ),
  leg: integer('How many recipients it was sent to so far.'),
  loop: answer(ofStations(maybe(answer(who)))),
  allowedActions: many(oneOfCodes(offered(REFERRAL_COMMANDS))),
};

const leg = answer({
  no: integer(),
  kind: oneOfCodes(['directed', 'pool']),
  listingIds: many(uuid(), 'Asked for: of a pool all of them.'),
  organizationIds: many(uuid()),
  recipientOrganizationId: orNull(uuid()),
  recipientListingId: orNull(uuid()),
  ended: orNull(oneOfCodes(['declined', 'redirected'])),
});

type Details = NonNullable<ThreadRow['details']>;

/** Which of the details are there follows from `kind`. */
export const entry = answer({
  id: uuid(),
  ...who,
  byName,
  kind: oneOfCodes(ENTRY_KINDS),
  text: orNull(words()),
  details: orNull(
    answer({
      documentId: maybe(uuid()),
      questions: maybe(many(asSent<NonNullable<Details['questions']>[number]>(questionSent))),
      answers: maybe(many(asSent<NonNullable<Details['answers']>[number]>(answerSent))),
      reason: maybe(oneOfCodes(DECLINE_REASONS)),
      urgency: maybe(words()),
      listingId: maybe(uuid()),
      reviewBy: maybe(date()),
      material: maybe(yesOrNo()),
      kind: maybe(oneOfCodes(OUTCOME_KINDS)),
    }),
  ),
});

export const detail = answer({
  ...summary,
  loop: answer(ofStations(maybe(answer({ ...who, byName })))),
  content: asSent<ReferralRow['content']>(contentSent),
  earlier: many(
    answer({ content: asSent<ReferralRow['content']>(contentSent), until: moment() }),
    'What it said before it was revised, oldest first.',
  ),
  legs: many(leg),
  booked: many(answer({ sessionId: uuid(), start: moment() })),
  missed: answer({ inARow: integer('Since the last one that was kept.'), total: integer() }),
  proposal: orNull(oneOfCodes(['redirect', 'stop'])),
  revisionToAcknowledge: yesOrNo(),
  holder: orNull(oneOfCodes(HOLDERS)),
  deadlines: many(
    answer({
      name: oneOfCodes(DEADLINE_NAMES),
      whose: oneOfCodes(SIDES),
      dueAt: orNull(moment('null while its clock stands still.')),
      missed: yesOrNo(),
    }),
    'The clocks that stand.',
  ),
  outcome: orNull(
    answer({
      kind: oneOfCodes(OUTCOME_KINDS),
      summary: words(),
      goalsMetReason: orNull(words('Why it is called goals-met, though what was measured does not say it.')),
    }),
  ),
  thread: many(
    entry,
    'What was said last, oldest first: the latest 50, and a question that waits for its answer.',
  ),
  saidEarlier: yesOrNo('Whether more was said before: `GET /api/v1/referrals/{id}/thread`.'),
});
