/** Before treatment: the red flags in words, skin, consent and pain, one press an answer. Nothing is filled in beforehand. */
import {
  CALL_STEPS,
  callScriptOf,
  forbidsSession,
  preventsStart,
  type RedFlagId,
  type RedFlagQuestion,
} from '@fascia/clinical';
import { Alert, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKept } from '../kept/use-kept.js';
import { NumberTyped } from '../parts/NumberTyped.js';
import { Trouble } from '../parts/states.js';
import { inReadersLanguage } from '../words/words.js';
import { Cells, ratings } from './Cells.js';
import {
  ASKED,
  MEASURED_QUESTION,
  NOTHING_ANSWERED,
  outsideIn,
  preScreenOf,
  unanswered,
  VITAL_SIGNS,
  YES_NO,
  type Typed,
} from './pre-screen.js';
import { useVisitAct } from './use-visit-act.js';
import css from './visit.module.css';

interface AskingProps {
  readonly typed: Typed;
  readonly type: (typed: Typed) => void;
}

/** What a yes leads to, at once: an emergency does not wait until the form is full. */
const Consequence = ({ id }: { readonly id: RedFlagId }) => {
  const { t } = useTranslation();
  if (!forbidsSession(id))
    return (
      <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />} role="status">
        {t(preventsStart(id) ? 'visit.flagPrevents' : 'visit.flagTold')}
      </Alert>
    );
  return (
    <Alert
      color="red"
      variant="light"
      title={t('visit.emergency')}
      icon={<IconAlertOctagon aria-hidden />}
      role="alert"
    >
      <ol>
        {CALL_STEPS[callScriptOf(id)].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Alert>
  );
};

const useYesNo = (worse?: 'yes' | 'no') => {
  const { t } = useTranslation();
  return YES_NO.map((value) => ({
    value,
    label: t(`visit.answer.${value}`),
    press: t(`visit.answerKey.${value}`),
    warns: value === worse,
  }));
};

const Question = ({ asked, typed, type }: AskingProps & { readonly asked: RedFlagQuestion }) => {
  const { id } = asked;
  const { question, help } = inReadersLanguage({ question: asked.question, help: asked.help });
  const cells = useYesNo('yes');
  return (
    <Stack gap="xs">
      <Cells
        label={question}
        help={help}
        cells={cells}
        chosen={typed.answers[id]}
        choose={(answer) => type({ ...typed, answers: { ...typed.answers, [id]: answer } })}
      />
      {typed.answers[id] === 'yes' && <Consequence id={id} />}
    </Stack>
  );
};

const Measured = ({ typed, type }: AskingProps) => {
  const { t } = useTranslation();
  const outside = outsideIn(typed);
  const measure = (sign: (typeof VITAL_SIGNS)[number][0], value: number | undefined): void => {
    const { [sign]: _before, ...others } = typed.vitals;
    type({ ...typed, vitals: value === undefined ? others : { ...others, [sign]: value } });
  };
  return (
    <fieldset className={css['plain']}>
      <legend>{MEASURED_QUESTION?.question}</legend>
      <Text size="xs" c="dimmed">
        {t('visit.vitalsHelp')}
      </Text>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }}>
        {VITAL_SIGNS.map(([sign, min, max]) => (
          <NumberTyped
            key={sign}
            label={t(`visit.vital.${sign}`)}
            min={min}
            max={max}
            decimalScale={1}
            allowNegative={false}
            hideControls
            inputMode="decimal"
            value={typed.vitals[sign]}
            change={(value) => measure(sign, value)}
          />
        ))}
      </SimpleGrid>
      {outside !== undefined && (
        <Alert color="red" variant="light" icon={<IconAlertOctagon aria-hidden />} role="alert">
          {t('visit.outside', {
            signs: outside.outside.map((sign) => t(`visit.vital.${sign}`)).join(', '),
            count: outside.recheckAfterMinutes,
          })}
        </Alert>
      )}
    </fieldset>
  );
};

const Today = ({ typed, type }: AskingProps) => {
  const { t } = useTranslation();
  const cells = useYesNo('no');
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {(['skinIntact', 'consentVerbal'] as const).map((asked) => (
        <Cells
          key={asked}
          label={t(`visit.${asked}`)}
          cells={cells}
          chosen={typed[asked]}
          choose={(answer) => type({ ...typed, [asked]: answer })}
        />
      ))}
    </SimpleGrid>
  );
};

const NOTHING_MEASURED: Pick<Typed, 'vitals'> = { vitals: {} };

export const PreScreenForm = ({
  visitId,
  done,
}: {
  readonly visitId: string;
  readonly done?: () => void;
}) => {
  const { t } = useTranslation();
  const { send, error, busy } = useVisitAct(visitId);
  // What was measured is kept; what was answered is answered anew.
  const measured = useKept(`RecordPreScreen.${visitId}`, NOTHING_MEASURED);
  const [answers, setAnswers] = useState(NOTHING_ANSWERED);
  const typed: Typed = { ...answers, vitals: measured.typed.vitals };
  const type = (next: Typed): void => {
    setAnswers(next);
    if (next.vitals !== typed.vitals) measured.type({ vitals: next.vitals });
  };
  const body = preScreenOf(typed);
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {t('visit.preScreenHelp')}
      </Text>
      {ASKED.map((asked) => (
        <Question key={asked.id} {...{ asked, typed, type }} />
      ))}
      <Today {...{ typed, type }} />
      <Cells
        label={t('visit.painBefore')}
        help={t('visit.painHelp')}
        cells={ratings(0, 10)}
        chosen={typed.nprsPre}
        choose={(nprsPre) => type({ ...typed, nprsPre })}
      />
      <Measured {...{ typed, type }} />
      {error !== null && <Trouble error={error} />}
      <Group>
        <Button
          disabled={body === undefined}
          loading={busy}
          onClick={() => {
            if (body !== undefined)
              send('RecordPreScreen', body, () => {
                measured.forget();
                done?.();
              });
          }}
        >
          {t('visit.recordPreScreen')}
        </Button>
        {body === undefined && (
          <Text size="sm" role="status">
            {t('visit.unanswered', { count: unanswered(typed).length })}
          </Text>
        )}
      </Group>
    </Stack>
  );
};
