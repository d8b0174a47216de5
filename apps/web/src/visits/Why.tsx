/** What whoever treats has to know first, on one screen: why, within what limits, how far it has come, how the last visit was taken. */
import './own-words.js';
import { Card, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { BODY_WORDS, headline, siteName } from '../body-map/words.js';
import { useDiagnosesOf } from '../order/use-diagnosed.js';
import { Moment } from '../parts/Moment.js';
import { dayText } from '../parts/times.js';
import { lastDayOf } from '../plans/last-day.js';
import { precautionWords, techniqueName } from '../safety/catalogue-words.js';
import { inReadersLanguage } from '../words/words.js';
import type { Visit } from './rows.js';
import { siteOf } from './site.js';
import css from './visit.module.css';

type Referral = Answer<'getReferral'>;
type Plan = Answer<'listPlans'>;

interface WhyProps {
  readonly referral: Referral;
  /** The current one. */
  readonly plan: Plan | undefined;
  /** The last one that was signed. */
  readonly last: Visit | undefined;
  /** Visits that were signed. */
  readonly signed: number | undefined;
}

const Reason = ({ referral }: Pick<WhyProps, 'referral'>) => {
  const { content } = referral;
  const said = useDiagnosesOf(referral);
  return (
    <>
      {said.length > 0 && <Text dir="auto">{said.join('; ')}</Text>}
      {content.clinicalQuestion !== undefined && (
        <Text dir="auto" className={css['words'] ?? ''}>
          {content.clinicalQuestion}
        </Text>
      )}
    </>
  );
};

/** What must not be done, or not without care. */
const Limits = ({ referral: { content } }: Pick<WhyProps, 'referral'>) => {
  const { t } = useTranslation();
  const { precautions = [], service } = content;
  const excluded = service?.techniquesExcluded ?? [];
  return (
    <>
      {precautions.length > 0 && (
        <Text fw={600}>
          {t('visit.ordered')}: {precautions.map(precautionWords).join('; ')}
        </Text>
      )}
      {excluded.length > 0 && (
        <Text fw={600}>
          {t('referral.excluded')}: {excluded.map(techniqueName).join('; ')}
        </Text>
      )}
    </>
  );
};

const SoFar = ({ referral, plan, signed }: Omit<WhyProps, 'last'>) => {
  const { t } = useTranslation();
  const agreed = plan?.inForce?.plannedVisits ?? referral.content.requested?.visits;
  const until = lastDayOf(plan);
  return (
    <>
      {signed !== undefined && agreed !== undefined && (
        <Text>{t('visit.soFar', { count: agreed, signed })}</Text>
      )}
      {until !== undefined && <Text>{t('visit.planUntil', { day: dayText(until) })}</Text>}
    </>
  );
};

const Last = ({ last }: { readonly last: Visit }) => {
  const { t } = useTranslation();
  const words = inReadersLanguage(BODY_WORDS);
  return (
    <Stack gap={2}>
      <Text fw={600}>
        {t('visit.last')} <Moment at={last.start} />
      </Text>
      {last.nprs.before !== null && last.nprs.after !== null && (
        <Text>{t('visit.painChange', { before: last.nprs.before, after: last.nprs.after })}</Text>
      )}
      {last.interventions
        .filter(({ response }) => response !== undefined)
        .map((done) => (
          <Text key={done.seq} dir="auto" className={css['words'] ?? ''}>
            {headline(siteName(words, siteOf(done)))}: {done.response}
          </Text>
        ))}
      {last.narrative !== null && (
        <Text dir="auto" className={css['words'] ?? ''}>
          {t('visit.narrative.plan')}: {last.narrative.plan}
        </Text>
      )}
    </Stack>
  );
};

export const Why = ({ last, ...known }: WhyProps) => {
  const { t } = useTranslation();
  return (
    <Card component="section" aria-labelledby="why" withBorder>
      <Stack gap="xs">
        <Title order={2} size="h4" id="why">
          {t('visit.why')}
        </Title>
        <Reason {...known} />
        <Limits {...known} />
        <SoFar {...known} />
        {last === undefined ? <Text c="dimmed">{t('visit.noLast')}</Text> : <Last last={last} />}
      </Stack>
    </Card>
  );
};
