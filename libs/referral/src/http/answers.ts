/** What the queries of `queries.ts` answer. */
import { PAYER_PROFILES } from '@fascia/clinical';
import {
  asSent,
  day,
  instant,
  integer,
  many,
  maybe,
  oneOfCodes,
  orNull,
  shape,
  text,
  uuid,
  yesOrNo,
} from '@fascia/http';
import { ROLES } from '@fascia/kernel';
import { DECLINE_REASONS, OUTCOME_KINDS } from '../contract/events.js';
import { PRIORITIES } from '../contract/order.js';
import { COMMAND_TYPES, STAGES } from '../contract/transition-table.js';
import { AnswerBody, QuestionBody, ReferralContentBody, ReferralSiteBody } from './bodies.js';
import { CHECKED_GUARDS } from './check.js';

export const SENT = [AnswerBody, QuestionBody, ReferralContentBody, ReferralSiteBody];

const station = maybe(shape({ at: instant, by: text, role: oneOfCodes(ROLES) }));

const summary = {
  id: uuid,
  version: integer,
  state: oneOfCodes(STAGES),
  open: yesOrNo,
  whoseMove: oneOfCodes(['referrer', 'recipient', 'patient', 'nobody']),
  enteredStateAt: instant,
  patient: shape({ id: uuid, name: orNull(text), birthDate: orNull(text) }),
  referrer: shape({ organizationId: uuid, name: orNull(text), practitionerId: orNull(uuid) }),
  recipient: orNull(shape({ organizationId: uuid, name: orNull(text) })),
  priority: orNull(oneOfCodes(PRIORITIES)),
  sites: many(asSent(ReferralSiteBody)),
  diagnosisCodes: many(text),
  payerProfile: orNull(oneOfCodes(PAYER_PROFILES)),
  validUntil: orNull(instant),
  leg: { ...integer, description: 'How many recipients it was sent to so far.' },
  loop: shape({
    sent: station,
    received: station,
    accepted: station,
    booked: station,
    firstVisit: station,
    outcome: station,
    acknowledged: station,
  }),
  allowedActions: many(oneOfCodes(COMMAND_TYPES)),
};

const leg = shape({
  no: integer,
  kind: oneOfCodes(['directed', 'pool']),
  listingIds: many(uuid),
  organizationIds: many(uuid),
  recipientOrganizationId: orNull(uuid),
  ended: orNull(oneOfCodes(['declined', 'redirected'])),
});

/** Which of the details are there follows from `kind`. */
const entry = shape({
  id: uuid,
  at: instant,
  by: text,
  role: oneOfCodes(ROLES),
  kind: oneOfCodes([
    'message',
    'questions',
    'answers',
    'accepted',
    'released',
    'declined',
    'decline-reversed',
    'redirect-proposed',
    'stop-proposed',
    'proposal-rejected',
    'interim-note',
    'on-hold',
    'withdrawn',
    'cancellation-requested',
    'cancellation-refused',
    'revised',
    'outcome',
    'outcome-question',
    'outcome-addendum',
    'outcome-acknowledged',
  ]),
  text: orNull(text),
  details: orNull(
    shape({
      documentId: maybe(uuid),
      questions: maybe(many(asSent(QuestionBody))),
      answers: maybe(many(asSent(AnswerBody))),
      reason: maybe(oneOfCodes(DECLINE_REASONS)),
      urgency: maybe(text),
      listingId: maybe(uuid),
      reviewBy: maybe(day),
      material: maybe(yesOrNo),
      kind: maybe(oneOfCodes(OUTCOME_KINDS)),
    }),
  ),
});

export const summaryAnswer = shape(summary);

export const detailAnswer = shape({
  ...summary,
  content: asSent(ReferralContentBody),
  legs: many(leg),
  booked: many(shape({ sessionId: uuid, start: instant })),
  proposal: orNull(oneOfCodes(['redirect', 'stop'])),
  revisionToAcknowledge: yesOrNo,
  holder: orNull(oneOfCodes(['referrer', 'recipient', 'safety'])),
  outcome: orNull(shape({ kind: oneOfCodes(OUTCOME_KINDS), summary: text })),
  thread: many(entry),
});

export const checkAnswer = shape({
  patientId: uuid,
  clear: yesOrNo,
  findings: many(shape({ guard: oneOfCodes(CHECKED_GUARDS), code: text, detail: text, ids: many(uuid) })),
  diagnosisIds: many(uuid),
});
