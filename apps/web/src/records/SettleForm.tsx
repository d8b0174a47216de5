/** What two records are: one person's, and which of them goes on; or two people's. Why is said with either. */
import { Alert, Button, Card, Group, Radio, Stack, Text, Textarea, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-service.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { Trouble } from '../parts/states.js';
import { agreementIn, survivorAtFirst, survivorsOf, type Match } from './compared.js';

const LONGEST = 1000;

interface Typed {
  /** The pair that it is about. */
  readonly pair: string;
  readonly survivorId: string;
  readonly reason: string;
}

/** Of another pair nothing is taken. */
const ofThisPair = (begun: Typed, left: Typed): Typed | undefined =>
  begun.pair === left.pair ? { ...begun, ...left } : undefined;

/** @param settled once nothing waits any more */
const useSettling = (match: Match, settled: () => void) => {
  const [first, second] = match.records;
  const form = useKept<Typed>(
    `MergePatients.${first?.id ?? ''}`,
    { pair: match.id, survivorId: survivorAtFirst(match) ?? '', reason: '' },
    ofThisPair,
  );
  const act = useAct<'patients', 'MergePatients' | 'DismissMatch'>('patients');
  const { typed, key, forget } = form;
  const reason = typed.reason.trim();
  const done = {
    onSuccess: ({ state }: { readonly state: string }) => {
      forget();
      if (state !== 'merge-proposed') settled();
    },
  };
  const merge = (): void => {
    const { survivorId } = typed;
    const away = match.records.find(({ id }) => id !== survivorId);
    if (reason === '' || away === undefined || act.isPending) return;
    act.mutate({ id: away.id, command: 'MergePatients', body: { survivorId, reason }, key }, done);
  };
  const dismiss = (): void => {
    if (reason === '' || first === undefined || second === undefined || act.isPending) return;
    act.mutate({ id: first.id, command: 'DismissMatch', body: { otherId: second.id, reason }, key }, done);
  };
  return { ...form, act, reason, merge, dismiss };
};

const Survivors = ({
  match,
  value,
  choose,
}: {
  readonly match: Match;
  readonly value: string;
  readonly choose: (id: string) => void;
}) => {
  const { t } = useTranslation();
  return (
    <Radio.Group label={t('records.survivor')} value={value} onChange={choose}>
      <Group mt="xs">
        {survivorsOf(match).map((record) => (
          <Radio
            key={record.id}
            value={record.id}
            label={t(record.id === match.records[0]?.id ? 'records.first' : 'records.second')}
          />
        ))}
      </Group>
    </Radio.Group>
  );
};

export const SettleForm = ({ match }: { readonly match: Match }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { typed, type, found, forget, act, reason, merge, dismiss } = useSettling(
    match,
    () => void navigate({ to: '/matches' }),
  );
  const [tried, setTried] = useState(false);
  const mayMerge = survivorsOf(match).length > 0;
  const mayDismiss = match.records[0]?.allowedActions.includes('DismissMatch') === true;
  const waits = match.records.some(({ mergeProposedInto }) => mergeProposedInto !== null);
  return (
    <Card withBorder component="section" aria-labelledby="settle">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (mayMerge) merge();
          else dismiss();
        }}
      >
        <Stack>
          <Title order={2} size="h4" id="settle">
            {t('records.settle')}
          </Title>
          {!mayMerge && !mayDismiss && <Text>{t('records.noActions')}</Text>}
          {waits && <Alert color="gray">{t('records.waits')}</Alert>}
          {agreementIn(match, 'death') === 'differs' && (
            <Alert color="gray">{t('records.deathDiffers')}</Alert>
          )}
          {found && <Found anew={forget} />}
          {mayMerge && (
            <Survivors
              match={match}
              value={typed.survivorId}
              choose={(survivorId) => type({ ...typed, survivorId })}
            />
          )}
          {(mayMerge || mayDismiss) && (
            <Textarea
              autosize
              minRows={2}
              maxRows={12}
              maxLength={LONGEST}
              dir="auto"
              required
              label={t('records.reason')}
              description={t('records.reasonHelp')}
              error={tried && reason === '' && t('act.needed')}
              value={typed.reason}
              onChange={({ currentTarget }) => type({ ...typed, reason: currentTarget.value })}
            />
          )}
          {act.error !== null && <Trouble error={act.error} />}
          <Group>
            {mayMerge && (
              <Button type="submit" loading={act.isPending}>
                {t(waits ? 'records.confirm' : 'records.same')}
              </Button>
            )}
            {mayDismiss && (
              <Button
                variant="default"
                onClick={() => {
                  setTried(true);
                  dismiss();
                }}
              >
                {t('records.notSame')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Card>
  );
};
