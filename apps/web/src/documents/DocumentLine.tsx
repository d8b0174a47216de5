/** One document: what it is called, what it is, and a way to have it. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useOne, useService } from '../api/use-service.js';
import { Saying } from '../kept/Saying.js';
import { Trouble } from '../parts/states.js';
import { save, savedAs, sizeText } from './files.js';

type Paper = Answer<'getDocument'>;

export const calledIn = (t: TFunction, { title, kind }: Pick<Paper, 'title' | 'kind'>): string =>
  title ?? t(`names.documentKind.${kind}`);

/** What else may be done with it here. */
interface Also {
  readonly label: string;
  readonly act: () => void;
}

/** @param called absent while nobody knows */
const AlsoButton = ({ label, act, called }: Also & { readonly called?: string }) => (
  <Button
    variant="subtle"
    mih={44}
    aria-label={[label, called].filter((said) => said !== undefined).join(': ')}
    onClick={act}
  >
    {label}
  </Button>
);

interface KnownProps {
  readonly paper: Paper;
  readonly also: Also | undefined;
}

const Known = ({ paper, also }: KnownProps) => {
  const { t } = useTranslation();
  const service = useService();
  const { id, kind, bytes, status, mediaType } = paper;
  const called = calledIn(t, paper);
  const [withdrawing, setWithdrawing] = useState(false);
  const { mutate, isPending, error } = useMutation<void>({
    mutationFn: async () => save(await service.bytes(`documents/${id}/content`), savedAs(called, mediaType)),
  });
  return (
    <Stack gap={4}>
      <Group justify="space-between">
        <Stack gap={0} flex={1} miw={180}>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{called}</bdi>
          </Text>
          <Text size="sm" c="dimmed">
            {[
              t(`names.documentKind.${kind}`),
              sizeText(bytes),
              ...(status === 'withdrawn' ? [t('documents.withdrawn')] : []),
            ].join(', ')}
          </Text>
        </Stack>
        <Group gap="xs">
          {status === 'filed' && (
            <Button
              variant="default"
              mih={44}
              loading={isPending}
              aria-label={`${t('documents.save')}: ${called}`}
              onClick={() => mutate()}
            >
              {t('documents.save')}
            </Button>
          )}
          {also !== undefined && <AlsoButton {...also} called={called} />}
          {paper.allowedActions.includes('WithdrawDocument') && (
            <AlsoButton label={t('documents.withdraw')} act={() => setWithdrawing(true)} called={called} />
          )}
        </Group>
      </Group>
      {withdrawing && (
        <Saying
          collection="documents"
          id={id}
          command="WithdrawDocument"
          bodyOf={(reason) => ({ reason })}
          title={t('documents.withdraw')}
          label={t('act.reason')}
          help={t('documents.withdrawHelp')}
          ends
          close={() => setWithdrawing(false)}
        />
      )}
      {error !== null && <Trouble error={error} />}
    </Stack>
  );
};

interface DocumentLineProps {
  readonly id: string;
  readonly also?: Also;
}

export const DocumentLine = ({ id, also }: DocumentLineProps) => {
  const { t } = useTranslation();
  const { data, error } = useOne('getDocument', id);
  if (data !== undefined) return <Known paper={data.body} also={also} />;
  return (
    <Group justify="space-between">
      <Text role="status">{t(error === null ? 'state.loading' : 'state.missing')}</Text>
      {also !== undefined && <AlsoButton {...also} />}
    </Group>
  );
};
