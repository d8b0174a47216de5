/** The safety questions, each asked in words and answered by hand: nothing is filled in beforehand. */
import { Group, Radio, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKept } from '../kept/use-kept.js';
import { sourceText } from '../measures/texts.js';
import { inReadersLanguage } from '../words/words.js';
import { answered, answerOf, SCREENED, type Screening } from './content.js';
import type { PartProps } from './parts.js';
import { Precautions } from './Precautions.js';
import { Settle, unsettledIn } from './Settle.js';

const ANSWERS = ['no', 'yes', 'unknown'] as const satisfies readonly Screening['answer'][];

const SOURCES = [...new Set(SCREENED.map(({ source }) => source))].join('; ');

/** Why each "yes" is no danger, as far as it is written. */
const NO_REASONS: { readonly reasons: Readonly<Record<string, string>> } = { reasons: {} };

export const Questions = ({
  patientId,
  content: { screening = [], precautions },
  refusals,
  change,
}: PartProps) => {
  const { t } = useTranslation();
  const { typed, type } = useKept(`RaiseFlag.${patientId}`, NO_REASONS);
  const unsettled = unsettledIn(refusals);
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {t('order.screenedAfter', { source: sourceText(t, SOURCES) })}
      </Text>
      {SCREENED.map(({ id, ...asked }) => {
        const { question, help } = inReadersLanguage({ question: asked.question, help: asked.help });
        return (
          <div key={id}>
            <Radio.Group
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
            {answerOf(screening, id) === 'yes' && unsettled.includes(id) && (
              <Settle
                patientId={patientId}
                flagId={id}
                reason={typed.reasons[id] ?? ''}
                say={(reason) => type(({ reasons }) => ({ reasons: { ...reasons, [id]: reason } }))}
              />
            )}
          </div>
        );
      })}
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
