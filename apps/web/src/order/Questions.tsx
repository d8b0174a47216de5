/** The safety questions, each asked in words and answered by hand: nothing is filled in beforehand. */
import { Group, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { answered, answerOf, SCREENED, type Screening } from './content.js';
import type { PartProps } from './parts.js';
import { Precautions } from './Precautions.js';

const ANSWERS = ['no', 'yes', 'unknown'] as const satisfies readonly Screening['answer'][];

export const Questions = ({ content: { screening = [], precautions }, change }: PartProps) => {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      {SCREENED.map(({ id, question, help }) => (
        <Radio.Group
          key={id}
          label={question}
          description={help}
          value={answerOf(screening, id) ?? null}
          onChange={(answer) => change({ screening: answered(screening, id, answer) })}
        >
          <Group gap="lg" mt="xs">
            {ANSWERS.map((answer) => (
              <Radio key={answer} value={answer} label={t(`order.answer.${answer}`)} />
            ))}
          </Group>
        </Radio.Group>
      ))}
      <Precautions
        label={t('order.precautions')}
        help={t('order.precautionsHelp')}
        none={t('order.precautionsNone')}
        value={precautions}
        change={(some) => change({ precautions: some })}
      />
    </Stack>
  );
};
