/** Reasons that an order needs only where a rule asks for one: asked for when it does, and shown where one was given. */
import { Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Rehearsal } from '../api/use-service.js';
import type { Content } from './content.js';
import { partsLacking } from './Lacking.js';
import { LONG_TEXT, wordsOrNothing, type Change } from './parts.js';

const REASONS = ['suspicion', 'siteExplanation', 'duplicateOverrideReason'] as const;
type Reason = (typeof REASONS)[number];

/** Which rule asks for it. */
const ASKED_BY: Readonly<Partial<Record<Reason, string>>> = {
  siteExplanation: 'REFERRAL_SITE_DIFFERS',
  duplicateOverrideReason: 'REFERRAL_DUPLICATE',
};

/** @returns those to be shown */
export const reasonsAsked = (content: Content, refusals: Rehearsal['refusals']): readonly Reason[] =>
  REASONS.filter(
    (reason) =>
      content[reason] !== undefined ||
      refusals.some(({ code }) => code === ASKED_BY[reason]) ||
      (reason === 'suspicion' && partsLacking(refusals).includes('suspicion')),
  );

interface ReasonsProps {
  readonly content: Content;
  readonly refusals: Rehearsal['refusals'];
  readonly change: (part: Change) => void;
}

export const Reasons = ({ content, refusals, change }: ReasonsProps) => {
  const { t } = useTranslation();
  return (
    <Stack>
      {reasonsAsked(content, refusals).map((reason) => (
        <Textarea
          key={reason}
          {...LONG_TEXT}
          label={t(`order.${reason}`)}
          value={content[reason] ?? ''}
          onChange={({ currentTarget }) => change({ [reason]: wordsOrNothing(currentTarget.value) })}
        />
      ))}
    </Stack>
  );
};
