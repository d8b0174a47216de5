/** Request classes of the referral's commands. */
import { PAYER_PROFILES, RED_FLAGS, REGIONS, SIDES, TISSUES, type Region } from '@fascia/clinical';
import {
  Amount,
  CalendarDate,
  Code,
  Codes,
  Flag,
  Id,
  Ids,
  Line,
  Lines,
  ListOf,
  Nested,
  OptionalText,
  Text,
  Whole,
} from '@fascia/http';
import { DECLINE_REASONS, OUTCOME_KINDS } from '../contract/events.js';
import { GOAL_CATEGORIES, PRIORITIES, SCREENING_ANSWERS } from '../contract/order.js';

const FLAG_IDS = RED_FLAGS.map((flag) => flag.id);
const SHA256 = /^[0-9a-f]{64}$/;
/** `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `unknown`. */
const ONSET = /^(unknown|\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)$/;

class ReferralServiceBody {
  @Code(['STM']) code!: 'STM';
  @Lines(40, { max: 20 }) techniquesPreferred!: string[];
  @Lines(40, { max: 20 }) techniquesExcluded!: string[];
}

class ReferralTargetBody {
  @Code(['directed', 'pool']) kind!: 'directed' | 'pool';
  @Id({ optional: true, description: 'Of a directed referral.' }) listingId?: string;
  @Ids({ optional: true, min: 1, max: 20, description: 'Of a pool.' }) listingIds?: string[];
}

export class ReferralSiteBody {
  @Code(REGIONS) region!: Region;
  @Code(SIDES, { optional: true }) side?: string;
  @Codes(TISSUES, { max: 5 }) tissues!: string[];
}

class ReferralGoalBody {
  @Code(GOAL_CATEGORIES) category!: string;
  @Text(4000) text!: string;
}

class ScreeningBody {
  @Code(FLAG_IDS) flagId!: string;
  @Code(SCREENING_ANSWERS) answer!: string;
  @OptionalText(4000) detail?: string;
}

class RequestedBody {
  @Amount(0.5, 7) frequencyPerWeek!: number;
  @Whole(1, 26) weeks!: number;
  @Whole(1, 60) visits!: number;
}

class PayerBody {
  @Code(PAYER_PROFILES) profile!: string;
  @Id({ optional: true }) authorizationId?: string;
}

class AttachmentBody {
  @Id() documentId!: string;
  @Line(64, { pattern: SHA256 }) sha256!: string;
}

export class ReferralContentBody {
  @Code(PRIORITIES, { optional: true }) priority?: string;
  @Nested(() => ReferralServiceBody, { optional: true }) service?: ReferralServiceBody;
  @Nested(() => ReferralTargetBody, { optional: true }) target?: ReferralTargetBody;
  @ListOf(() => ReferralSiteBody, { optional: true, max: 20 }) sites?: ReferralSiteBody[];
  @Ids({ optional: true, max: 20 }) diagnosisIds?: string[];
  @Line(10, { optional: true, pattern: ONSET, description: 'As precise as it is known, or "unknown".' })
  onset?: string;
  @OptionalText(4000) mechanism?: string;
  @OptionalText(4000, { description: 'Why a provisional diagnosis is suspected.' }) suspicion?: string;
  @Whole(0, 10, { optional: true }) severityNprs?: number;
  @OptionalText(4000) clinicalQuestion?: string;
  @ListOf(() => ReferralGoalBody, { optional: true, max: 20 }) goals?: ReferralGoalBody[];
  @ListOf(() => ScreeningBody, { optional: true, max: 40 }) screening?: ScreeningBody[];
  @Lines(10, { optional: true, max: 40, description: 'Precaution ids that apply; empty: asked, none.' })
  precautions?: string[];
  @Nested(() => RequestedBody, { optional: true }) requested?: RequestedBody;
  @Nested(() => PayerBody, { optional: true }) payer?: PayerBody;
  @ListOf(() => AttachmentBody, { optional: true, max: 20 }) attachments?: AttachmentBody[];
  @CalendarDate({ optional: true }) validUntil?: string;
  @OptionalText(4000, { description: 'Why a second open referral for the same place is needed.' })
  duplicateOverrideReason?: string;
}

export class DraftReferralBody {
  @Id() patientId!: string;
  @Nested(() => ReferralContentBody) content!: ReferralContentBody;
}

export class EditDraftBody {
  @Nested(() => ReferralContentBody) content!: ReferralContentBody;
}

export class ClaimReferralBody {
  @Id({ optional: true, description: 'Which of your listings takes it; the first of the pool when absent.' })
  listingId?: string;
}

export class ReferralReasonBody {
  @Text(4000) reason!: string;
}

export class QuestionBody {
  @Line(40) questionId!: string;
  @Text(4000) text!: string;
  @Flag() mandatory!: boolean;
}

export class RequestInformationBody {
  @ListOf(() => QuestionBody, { min: 1, max: 20 }) questions!: QuestionBody[];
}

export class AnswerBody {
  @Line(40) questionId!: string;
  @Text(4000) text!: string;
}

export class SupplyInformationBody {
  @ListOf(() => AnswerBody, { max: 20 }) answers!: AnswerBody[];
}

export class ReferralNoteBody {
  @OptionalText(4000) note?: string;
}

export class DeclineReferralBody {
  @Code(DECLINE_REASONS) reason!: string;
  @OptionalText(4000) note?: string;
  @Ids({ optional: true, max: 20, description: 'The flags, when the reason is red-flag.' })
  flagIds?: string[];
  @Code(['emergency', 'urgent', 'sameDay'], { optional: true }) urgency?: string;
}

export class ProposeRedirectBody {
  @Id() listingId!: string;
  @Text(4000) reason!: string;
}

export class RedirectReferralBody {
  @Nested(() => ReferralTargetBody) target!: ReferralTargetBody;
  @OptionalText(4000, { description: 'Why a recipient that declined is asked again.' })
  overrideReason?: string;
}

export class InterimNoteBody {
  @Id() documentId!: string;
}

export class HoldReferralBody {
  @Text(4000) reason!: string;
  @CalendarDate() reviewBy!: string;
}

export class EndReferralBody {
  @Text(4000) reason!: string;
  @Flag({ optional: true }) deceased?: boolean;
}

export class ReportOutcomeBody {
  @Code(OUTCOME_KINDS) kind!: string;
  @Text(4000, { description: 'The discharge summary; sending it signs it.' }) summary!: string;
  @OptionalText(4000) noFinalMeasuresReason?: string;
}

export class QueryOutcomeBody {
  @Text(4000) question!: string;
}

export class AmendOutcomeBody {
  @Text(4000) addendum!: string;
  @Text(4000) reason!: string;
}

export class ReviseReferralBody {
  @Nested(() => ReferralContentBody) content!: ReferralContentBody;
  @Text(4000) reason!: string;
}

export class SupersedeReferralBody {
  @Id({ description: 'The referral that takes its place.' }) replacementId!: string;
  @Text(4000) reason!: string;
}

export class ReferralMessageBody {
  @OptionalText(4000) text?: string;
  @Id({ optional: true }) documentId?: string;
}
