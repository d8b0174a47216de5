/** What treatment came to is reported from what is known: the card, the visits, a kind where what was measured says it, and a summary begun. */
import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DeedForm, type DeedFormProps } from '../referrals/DeedForm.js';
import type { Field } from '../referrals/deeds.js';
import { NOTHING_TYPED, type Typed } from '../referrals/form.js';
import { BenefitCard } from './BenefitCard.js';
import { nothingUnmet, proposedKind } from './outcome.js';
import { summaryOf } from './summary.js';
import type { Course } from './use-course.js';
import { WithCourse } from './WithCourse.js';

/** Why there is no measurement, or why goals are called met, is asked where it has to be said. */
const asksIn =
  ({ assessments, series, goals }: Course) =>
  ({ fields }: Typed): { readonly fields: readonly Field[]; readonly needed: readonly Field[] } => {
    const needed: readonly Field[] = [
      ...(fields.outcomeKind === 'goals-met' && !nothingUnmet(series, goals)
        ? ['goalsMetReason' as const]
        : []),
      ...(assessments.some(({ point }) => point === 'discharge') ? [] : ['noFinalMeasuresReason' as const]),
    ];
    return { fields: ['outcomeKind', ...needed, 'summary'], needed };
  };

type ReportOutcomeProps = Pick<DeedFormProps, 'referral' | 'close'>;

export const ReportOutcome = ({ referral, close }: ReportOutcomeProps) => {
  const { t } = useTranslation();
  return (
    <WithCourse referralId={referral.id} title={t('names.deed.ReportOutcome')} close={close}>
      {(course) => {
        const kind = proposedKind(referral, course.series, course.goals);
        return (
          <DeedForm
            deed="ReportOutcome"
            referral={referral}
            close={close}
            head={
              <>
                <BenefitCard course={course} />
                {kind !== undefined && (
                  <Alert variant="light">
                    {t('measures.outcome.proposed', { kind: t(`names.outcomeKind.${kind}`) })}
                  </Alert>
                )}
                {course.goals.length > 0 && !nothingUnmet(course.series, course.goals) && (
                  <Text>{t('measures.outcome.unmet')}</Text>
                )}
              </>
            }
            begun={{
              ...NOTHING_TYPED,
              fields: { summary: summaryOf(t, course), ...(kind === undefined ? {} : { outcomeKind: kind }) },
            }}
            asks={asksIn(course)}
          />
        );
      }}
    </WithCourse>
  );
};
