/** What the plan says, to be taken over into the note by one press. */
import type { BodySite } from '@fascia/clinical';
import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BODY_WORDS, siteName } from '../body-map/words.js';
import { techniqueName } from '../safety/catalogue-words.js';
import { inReadersLanguage } from '../words/words.js';
import type { PlanInForce } from './rows.js';
import css from './visit.module.css';

interface PlanWordsProps {
  readonly plan: PlanInForce | undefined;
  /** The part of the note that it goes into, by name. */
  readonly into: string;
  readonly insert: (words: string) => void;
}

const useWords = (plan: PlanInForce | undefined): readonly string[] => {
  const { t } = useTranslation();
  if (plan === undefined) return [];
  const words = inReadersLanguage(BODY_WORDS);
  return [
    ...plan.goals.map(({ category, text }) => `${t(`names.goal.${category}`)}: ${text}`),
    ...plan.interventions.map(({ technique, sites, minutesPerVisit }) =>
      t('visit.plannedWork', {
        technique: techniqueName(technique),
        places: sites.map((site) => siteName(words, site as BodySite)).join(', '),
        count: minutesPerVisit,
      }),
    ),
    ...(plan.homeProgram === undefined ? [] : [plan.homeProgram]),
  ];
};

export const PlanWords = ({ plan, into, insert }: PlanWordsProps) => {
  const { t } = useTranslation();
  const said = useWords(plan);
  return (
    <Stack gap="xs" role="group" aria-label={t('visit.planWords')}>
      <Text size="sm" fw={500}>
        {t('visit.planWords')}
      </Text>
      <Text size="sm" c="dimmed" role="status">
        {said.length === 0 ? t('visit.noPlanWords') : t('visit.goesInto', { into })}
      </Text>
      {said.map((words) => (
        <Button
          key={words}
          variant="default"
          justify="flex-start"
          classNames={{ root: css['insert'] ?? '', label: css['insert'] ?? '' }}
          onClick={() => insert(words)}
        >
          <span dir="auto">{words}</span>
        </Button>
      ))}
    </Stack>
  );
};
