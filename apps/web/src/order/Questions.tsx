/** The safety questions, each asked in words and answered by hand: nothing is filled in beforehand. */
import { CONTRAINDICATIONS } from '@fascia/clinical/contraindications';
import { Checkbox, Group, MultiSelect, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { answered, answerOf, SCREENED, type Content, type Screening } from './content.js';
import type { PartProps } from './parts.js';

const ANSWERS = ['no', 'yes', 'unknown'] as const satisfies readonly Screening['answer'][];

const PRECAUTIONS = CONTRAINDICATIONS.map(({ id, words }) => ({ value: id, label: words }));

/** None that apply is an answer; none that were asked for is not. */
const Precautions = ({ precautions, change }: Pick<PartProps, 'change'> & Pick<Content, 'precautions'>) => {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <MultiSelect
        label={t('order.precautions')}
        description={t('order.precautionsHelp')}
        searchable
        data={PRECAUTIONS}
        value={[...(precautions ?? [])]}
        onChange={(some) => change({ precautions: some.length === 0 ? undefined : some })}
      />
      <Checkbox
        label={t('order.precautionsNone')}
        checked={precautions?.length === 0}
        onChange={({ currentTarget }) => change({ precautions: currentTarget.checked ? [] : undefined })}
      />
    </Stack>
  );
};

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
      <Precautions precautions={precautions} change={change} />
    </Stack>
  );
};
