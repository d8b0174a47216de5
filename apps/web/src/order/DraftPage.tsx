/** One order on one page: kept on the server while it is written, and sent once nothing stands in the way. */
import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useAct, useOne, useRehearsal } from '../api/use-service.js';
import { useAutosave } from '../kept/autosave.js';
import { Kept } from '../kept/Kept.js';
import { Incomplete, Loading, Trouble } from '../parts/states.js';
import { dayText } from '../parts/times.js';
import { useTitle } from '../parts/use-title.js';
import { Warnings } from '../safety/Warnings.js';
import type { Content } from './content.js';
import { Attachments } from './Attachments.js';
import { Findings } from './Findings.js';
import { Lacking } from './Lacking.js';
import { Dose, Goals, Words, type Change, type PartProps } from './parts.js';
import { Places } from './Places.js';
import { Questions } from './Questions.js';
import { Reasons } from './Reasons.js';
import { Recipient } from './Recipient.js';

type Referral = Answer<'getReferral'>;

const PARTS: readonly (readonly [
  'findings' | 'places' | 'words' | 'goals' | 'dose' | 'papers' | 'clinic' | 'questions',
  (props: PartProps) => React.ReactNode,
])[] = [
  ['findings', Findings],
  ['places', Places],
  ['words', Words],
  ['goals', Goals],
  ['dose', Dose],
  ['papers', Attachments],
  ['clinic', Recipient],
  ['questions', Questions],
];

const Draft = ({ referral }: { readonly referral: Referral }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id, patient } = referral;
  const [content, setContent] = useState(referral.content as Content);
  const act = useAct('referrals');
  // What is said now stands beside what was said last, also by whoever began to say it before.
  const latest = useRef(content);
  const show = (whole: Content): void => {
    latest.current = whole;
    setContent(whole);
  };
  const { save, flush, saving, error } = useAutosave('referrals', { ...referral, content }, show);
  const maySend = referral.allowedActions.includes('SendReferral');
  const { data: rehearsed } = useRehearsal<'referrals', 'SendReferral'>(
    { id, command: 'SendReferral', body: {} },
    { enabled: maySend && saving === 'saved', of: referral.version },
  );
  const refusals = rehearsed?.refusals ?? [];
  const change = (part: Change): void => {
    show({ ...latest.current, ...(typeof part === 'function' ? part(latest.current) : part) });
    save(latest.current);
  };
  const send = async (): Promise<void> => {
    if (!(await flush())) return;
    act.mutate(
      { id, command: 'SendReferral', body: {}, key: crypto.randomUUID() },
      { onSuccess: () => void navigate({ to: '/referrals/$id', params: { id } }) },
    );
  };
  return (
    <Stack maw={860}>
      <Title order={1}>
        <bdi>{patient.name ?? t('state.unnamed')}</bdi>
      </Title>
      {patient.birthDate !== null && <Text>{t('referrals.born', { date: dayText(patient.birthDate) })}</Text>}
      <Warnings patientId={patient.id} />
      {PARTS.map(([name, Part]) => (
        <Card key={name} component="section" aria-labelledby={`part-${name}`} withBorder>
          <Title order={2} size="h4" id={`part-${name}`} mb="sm">
            {t(`order.part.${name}`)}
          </Title>
          <Part patientId={patient.id} birthDate={patient.birthDate} {...{ content, refusals, change }} />
        </Card>
      ))}
      {error !== undefined && <Trouble error={error} again={() => void flush()} />}
      {act.error !== null && <Trouble error={act.error} />}
      <Reasons content={content} refusals={refusals} change={change} />
      {rehearsed !== undefined && <Lacking refusals={refusals} />}
      <Group>
        {maySend && (
          <Button loading={act.isPending} onClick={() => void send()}>
            {t('names.deed.SendReferral')}
          </Button>
        )}
        <Kept saving={saving} />
      </Group>
    </Stack>
  );
};

const page = getRouteApi('/referrals/$id/draft');

export const DraftPage = () => {
  const { t } = useTranslation();
  useTitle(t('order.title'));
  const { id } = page.useParams();
  const { data, error, refetch } = useOne('getReferral', id);
  if (error !== null && data === undefined) return <Trouble error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const { body: referral, lacking } = data;
  return (
    <>
      <Incomplete streams={lacking} />
      <Draft referral={referral} />
    </>
  );
};
