/**
 * The loop is closed by who began it. Headed by the card; where something is worse the next step is said first. By the key of the row it
 * is done at once where the goals are met and what was measured says so, and the card tells what was acknowledged.
 */
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useAct } from '../api/use-service.js';
import { Modal } from '../parts/Modal.js';
import { Loading, Trouble } from '../parts/states.js';
import { DeedForm, type DeedFormProps } from '../referrals/DeedForm.js';
import { BenefitCard } from './BenefitCard.js';
import { isPlain, isWorse } from './outcome.js';
import type { Course } from './use-course.js';
import { WithCourse } from './WithCourse.js';

type Outcome = NonNullable<Answer<'getReferral'>['outcome']>;

const Told = ({ outcome }: { readonly outcome: Outcome }) => {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={3} size="h5" mb="xs">
        {t('referral.outcome')}: {t(`names.outcomeKind.${outcome.kind}`)}
      </Title>
      {[outcome.goalsMetReason, outcome.summary]
        .filter((text) => text !== null)
        .map((text) => (
          <Text key={text} dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {text}
          </Text>
        ))}
    </section>
  );
};

type AtOnceProps = Pick<DeedFormProps, 'referral' | 'close'> & { readonly course: Course };

const AtOnce = ({ referral: { id }, course, close }: AtOnceProps) => {
  const { t } = useTranslation();
  const { mutate, error, isSuccess } = useAct<'referrals', 'AcknowledgeOutcome'>('referrals');
  // Of this intention: shown twice, it is done once.
  const [key] = useState(() => crypto.randomUUID());
  useEffect(() => mutate({ id, command: 'AcknowledgeOutcome', body: {}, key }), [mutate, id, key]);
  return (
    <Modal
      onClose={close}
      size="xl"
      title={t(isSuccess ? 'measures.outcome.done' : 'names.deed.AcknowledgeOutcome')}
      closeButtonProps={{ 'aria-label': t('measures.outcome.close') }}
    >
      <Stack>
        <div role="status">{isSuccess && <Text>{t('measures.outcome.doneText')}</Text>}</div>
        {!isSuccess && error === null && <Loading />}
        {error !== null && <Trouble error={error} />}
        <BenefitCard course={course} />
        <Group justify="flex-end">
          <Button onClick={close}>{t('measures.outcome.close')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
};

interface AcknowledgeOutcomeProps extends Pick<DeedFormProps, 'referral' | 'close'> {
  /** By the key of a row. */
  readonly byKey: boolean;
}

export const AcknowledgeOutcome = ({ referral, close, byKey }: AcknowledgeOutcomeProps) => {
  const { t } = useTranslation();
  const { outcome } = referral;
  return (
    <WithCourse referralId={referral.id} title={t('names.deed.AcknowledgeOutcome')} close={close}>
      {(course) => {
        // What is lacking may be what got worse: then somebody reads it first.
        if (byKey && outcome !== null && course.lacking === 0 && isPlain(outcome, course.series))
          return <AtOnce referral={referral} course={course} close={close} />;
        const worse = outcome !== null && isWorse(outcome, course.series);
        return (
          <DeedForm
            deed="AcknowledgeOutcome"
            referral={referral}
            close={close}
            {...(outcome === null ? {} : { about: t(`names.outcomeKind.${outcome.kind}`) })}
            head={
              <>
                <BenefitCard course={course} />
                {outcome !== null && <Told outcome={outcome} />}
                {worse && (
                  <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />}>
                    {t('measures.outcome.worse')}
                  </Alert>
                )}
              </>
            }
            asks={() => ({ fields: ['note'], needed: worse ? ['note'] : [] })}
            {...(worse ? { labels: { note: t('measures.outcome.nextStep') } } : {})}
          />
        );
      }}
    </WithCourse>
  );
};
