/** A measurement is recorded, or corrected: what it says against the baseline is shown while it is typed. */
import { Button, Group, Select, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCreate } from '../api/use-service.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { Modal } from '../parts/Modal.js';
import { goToMissing } from '../parts/missing.js';
import { Trouble } from '../parts/states.js';
import { momentText } from '../parts/times.js';
import { useMe } from '../session/me.js';
import { names } from '../words/names.js';
import { Score } from './Score.js';
import { earlierThan, type Assessment, type Series } from './series.js';
import { kindText } from './texts.js';
import { againOf, anotherOf, correctionOf, saidOf, verdictOn, type Typed, type Verdict } from './typed.js';
import type { Course } from './use-course.js';
import { VerdictText } from './VerdictText.js';

const INSTRUMENTS = Object.keys(names.instrument) as readonly (keyof typeof names.instrument)[];
const POINTS = Object.keys(names.point) as readonly (keyof typeof names.point)[];
const LONGEST = 2000;

interface Written {
  readonly typed: Typed;
  readonly type: (typed: Typed) => void;
}

/** What was measured before comes first: then the score is all that is left to type. */
const What = ({ typed, type, series }: Written & { readonly series: readonly Series[] }) => {
  const { t } = useTranslation();
  return (
    <Select
      label={t('measures.what')}
      required
      data={[
        ...series.map((one) => ({ value: one.key, label: kindText(t, one.now.measurement) })),
        ...INSTRUMENTS.map((value) => ({
          value,
          label: t('measures.another', { instrument: t(`names.instrument.${value}`) }),
        })),
      ]}
      allowDeselect={false}
      value={typed.kind === '' ? typed.instrument : typed.kind}
      onChange={(value) => {
        const again = series.find(({ key }) => key === value);
        const another = INSTRUMENTS.find((one) => one === value);
        if (again !== undefined) type(againOf(again, typed.sessionId));
        else if (another !== undefined) type(anotherOf(another, typed));
      }}
    />
  );
};

const When = ({ typed, type, visits }: Written & Pick<Course, 'visits'>) => {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select
        label={t('measures.point')}
        allowDeselect={false}
        data={POINTS.map((value) => ({ value, label: t(`names.point.${value}`) }))}
        value={typed.point}
        onChange={(value) => type({ ...typed, point: value ?? typed.point })}
      />
      <Select
        label={t('measures.session')}
        placeholder={t('measures.noSession')}
        clearable
        data={visits.toReversed().map(({ id, start }) => ({ value: id, label: momentText(start) }))}
        value={typed.sessionId === '' ? null : typed.sessionId}
        onChange={(sessionId) => type({ ...typed, sessionId: sessionId ?? '' })}
      />
    </SimpleGrid>
  );
};

interface FrameProps {
  readonly title: string;
  readonly close: () => void;
  readonly send: () => void;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly children: ReactNode;
}

const Frame = ({ title, close, send, busy, error, children }: FrameProps) => {
  const { t } = useTranslation();
  return (
    <Modal onClose={close} title={title} centered>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          goToMissing(event.currentTarget);
          send();
        }}
      >
        <Stack>
          {children}
          {error !== null && <Trouble error={error} />}
          <Group justify="flex-end">
            <Button variant="default" mih={44} onClick={close}>
              {t('act.cancel')}
            </Button>
            <Button type="submit" mih={44} loading={busy}>
              {t('measures.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};

const useRater = (): string => {
  const { practitionerId, sub } = useMe();
  return practitionerId ?? sub;
};

const NoScore = () => {
  const { t } = useTranslation();
  return (
    <Text role="alert" c="var(--mantine-color-error)">
      {t('measures.noScore')}
    </Text>
  );
};

const asksToConfirm = (verdict: Verdict | undefined): boolean =>
  verdict?.refusal?.about?.['confirm'] !== undefined;

export interface RecordProps {
  readonly referralId: string;
  readonly course: Course;
  /** What is measured again. */
  readonly like?: Series;
  readonly close: () => void;
}

export const RecordMeasure = ({ referralId, course: { series, visits }, like, close }: RecordProps) => {
  const { t } = useTranslation();
  const create = useCreate('assessments');
  const first = like ?? series[0];
  const { typed, type, key, found, forget } = useKept(
    `RecordAssessment.${referralId}`,
    first === undefined ? anotherOf('NPRS') : againOf(first),
    // A score that was typed for something else is not taken for one of what is measured now.
    (begun, left) => (like === undefined || left.kind === begun.kind ? { ...begun, ...left } : undefined),
  );
  const verdict = verdictOn(typed, useRater(), series);
  const measurement = saidOf(typed);
  const [tried, setTried] = useState(false);
  const send = (): void => {
    setTried(true);
    if (measurement === undefined || verdict?.measurement === undefined) return;
    const { point, sessionId } = typed;
    create.mutate(
      {
        command: 'RecordAssessment',
        body: { referralId, point, measurement, ...(sessionId === '' ? {} : { sessionId }) },
        key,
      },
      {
        onSuccess: () => {
          forget();
          close();
        },
      },
    );
  };
  return (
    <Frame title={t('measures.record')} busy={create.isPending} error={create.error} {...{ close, send }}>
      {found && <Found anew={forget} />}
      <What typed={typed} type={type} series={series} />
      <Score {...{ typed, type }} fixed={typed.kind !== ''} asksToConfirm={asksToConfirm(verdict)} />
      <VerdictText verdict={verdict} />
      {tried && measurement === undefined && <NoScore />}
      <When typed={typed} type={type} visits={visits} />
    </Frame>
  );
};

export interface CorrectProps {
  readonly assessment: Assessment;
  readonly course: Course;
  readonly close: () => void;
}

export const CorrectMeasure = ({ assessment, course, close }: CorrectProps) => {
  const { t } = useTranslation();
  const act = useAct<'assessments', 'CorrectAssessment'>('assessments');
  const { typed, type, key, found, forget } = useKept(
    `CorrectAssessment.${assessment.id}`,
    correctionOf(assessment),
  );
  const [tried, setTried] = useState(false);
  const verdict = verdictOn(typed, assessment.raterId, earlierThan(course.assessments, assessment));
  const measurement = saidOf(typed);
  const reason = typed.reason.trim();
  const send = (): void => {
    setTried(true);
    if (measurement === undefined || verdict?.measurement === undefined || reason === '') return;
    act.mutate(
      { id: assessment.id, command: 'CorrectAssessment', body: { measurement, reason }, key },
      {
        onSuccess: () => {
          forget();
          close();
        },
      },
    );
  };
  return (
    <Frame title={t('measures.correctTitle')} busy={act.isPending} error={act.error} {...{ close, send }}>
      {found && <Found anew={forget} />}
      <Score {...{ typed, type }} fixed={false} asksToConfirm={asksToConfirm(verdict)} />
      <VerdictText verdict={verdict} />
      {tried && measurement === undefined && <NoScore />}
      <Textarea
        autosize
        minRows={2}
        maxRows={8}
        maxLength={LONGEST}
        dir="auto"
        required
        label={t('measures.reason')}
        error={tried && reason === '' && t('act.needed')}
        value={typed.reason}
        onChange={({ currentTarget }) => type({ ...typed, reason: currentTarget.value })}
      />
    </Frame>
  );
};
