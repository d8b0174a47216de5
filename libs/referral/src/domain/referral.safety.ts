/** Guard G4: the screening, and what of the catalogue of contraindications an order has to respect (docs/domain/safety.md#where-it-decides). */
import { isRegion, SIDES, TISSUES, type BodySite, type Tissue } from '@fascia/clinical';
import { HOUR_MS, instantAfterMs } from '@fascia/clinical/calendar';
import {
  codesOf,
  isContraindicationId,
  judge,
  saidOf,
  type SiteJudgement,
} from '@fascia/clinical/contraindications';
import type { OrderContent } from '../contract/order.js';
import type { ReferralRefusal } from '../contract/refusals.js';
import type { ReferralFacts } from './facts.js';
import type { Draft } from './referral.state.js';

type Guard = (draft: Draft, facts: ReferralFacts) => ReferralRefusal | undefined;

/** Product default: whoever is asked before a draft is begun is asked for it, if it is no longer ago. */
const SCREENED_HOURS_BEFORE = 24;

/** G4: every red-flag question is answered. */
export const screeningIsAnswered: Guard = ({ content: { screening = [] } }, { screeningItems }) => {
  const answers = new Map(screening.map((item) => [item.flagId, item.answer]));
  const open = screeningItems.filter((item) => (answers.get(item) ?? 'unknown') === 'unknown');
  return open.length === 0
    ? undefined
    : {
        code: 'REFERRAL_SCREENING_UNANSWERED',
        detail: 'Every red-flag question is answered with yes or no before a referral is sent.',
        pointer: '/content/screening',
        about: { items: open },
      };
};

/** G4: nothing is open that forbids treatment. */
export const noFlagIsOpen: Guard = (_draft, { flags }) => {
  const open = flags.filter((flag) => flag.open);
  return open.length === 0
    ? undefined
    : {
        code: 'REFERRAL_FLAG_OPEN',
        detail: 'A red flag is open for this patient; a physician clears or confirms it first.',
        about: { flagIds: open.map((flag) => flag.flagId) },
      };
};

/** G4: what was answered with yes is raised, as an open flag or as one that a physician has settled. */
export const screeningIsSettled: Guard = ({ content: { screening = [] }, begunAt }, { flags }) => {
  const asked = instantAfterMs(begunAt, -SCREENED_HOURS_BEFORE * HOUR_MS);
  const raised = new Set(
    flags.filter(({ open, raisedAt }) => open || raisedAt >= asked).map(({ catalogueId }) => catalogueId),
  );
  const positive = screening
    .filter(({ flagId, answer }) => answer === 'yes' && !raised.has(flagId))
    .map(({ flagId }) => flagId);
  return positive.length === 0
    ? undefined
    : {
        code: 'REFERRAL_SCREENING_POSITIVE',
        detail:
          'A red-flag question was answered with yes: a physician raises and settles the flag in one step (RaiseFlag, settled) before sending.',
        about: { items: positive },
      };
};

const judged = ({ sites = [] }: OrderContent, { holds }: ReferralFacts): readonly SiteJudgement[] =>
  sites.flatMap(({ region, side, tissues }) => {
    if (!isRegion(region)) return [];
    const site: BodySite = { region, side: SIDES.find((one) => one === side) };
    const known = TISSUES.filter((tissue): tissue is Tissue => tissues.includes(tissue));
    return judge({ ...holds, sites: [site], ...(known.length === 0 ? {} : { tissues: known }) });
  });

export const precautionsAreKnown: Guard = ({ content }) => {
  const unknown = (content.precautions ?? []).filter((id) => !isContraindicationId(id));
  return unknown.length === 0
    ? undefined
    : {
        code: 'PRECAUTION_ROW_UNKNOWN',
        detail:
          'Precautions are named by rows of the contraindication catalogue (GET /api/v1/catalogue/precautions).',
        pointer: '/content/precautions',
        about: { catalogueIds: unknown },
      };
};

/** An order that names the row itself has taken note of it. */
export const precautionsAreSettled: Guard = ({ content }, { unsettled }) => {
  const open = unsettled.filter(({ catalogueId }) => content.precautions?.includes(catalogueId) !== true);
  return open.length === 0
    ? undefined
    : {
        code: 'REFERRAL_PRECAUTION_UNSETTLED',
        detail:
          "The patient's file proposes precautions that nobody has looked at: confirm, dismiss or resolve each, or name its row in the order.",
        pointer: '/content/precautions',
        about: {
          precautionIds: open.map(({ precautionId }) => precautionId),
          catalogueIds: [...new Set(open.map(({ catalogueId }) => catalogueId))],
        },
      };
};

/** What is closed at a place may have opened by the first visit; what closes the whole body is settled before anybody is asked. */
export const careIsNotContraindicated: Guard = ({ content }, facts) => {
  for (const { site, findings, allowedTechniques } of judged(content, facts)) {
    const finding = findings.find(({ whole, effect }) => whole && effect !== 'MOD');
    if (finding !== undefined && allowedTechniques.length === 0)
      return { code: 'REFERRAL_CONTRAINDICATED', detail: saidOf(finding), about: codesOf(finding, site) };
  }
  return undefined;
};

export const preferredTechniquesAreAllowed: Guard = ({ content }, facts) => {
  const preferred = content.service?.techniquesPreferred ?? [];
  for (const { site, findings } of judged(content, facts)) {
    for (const finding of findings.filter(({ effect }) => effect === 'MOD')) {
      const closed = preferred.filter((code) => finding.techniques.some((technique) => technique === code));
      if (closed.length > 0)
        return {
          code: 'REFERRAL_TECHNIQUE_CONTRAINDICATED',
          detail: `${closed.join(', ')} cannot be preferred. ${saidOf(finding)}`,
          pointer: '/content/service/techniquesPreferred',
          about: { ...codesOf(finding, site), techniques: closed },
        };
    }
  }
  return undefined;
};
