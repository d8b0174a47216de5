/** For whom: found by what is known of them, with what is under way for them, so that nothing is ordered twice unawares. */
import { Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BodyOf } from '../api/commands.js';
import type { Answer } from '../api/questions.js';
import { lackingIn, useCreate, useList, useSearch, useService } from '../api/use-service.js';
import { ADDRESSES } from '../api/questions.js';
import { ORDERERS } from '../app/places.js';
import { Lasting } from '../parts/Moment.js';
import { Empty, Incomplete, Loading, NotForYou, Trouble } from '../parts/states.js';
import { dayText } from '../parts/times.js';
import { useTitle } from '../parts/use-title.js';
import { NewPatient } from '../patients/NewPatient.js';
import { useMe } from '../session/me.js';
import { likeLast, NEW_ORDER, type Content } from './content.js';

type Patient = Answer<'listPatients'>;

const TYPED_MS = 250;
const RECENT = 5;

/** With nothing to go on from. */
const useBeginFor = () => {
  const navigate = useNavigate();
  const service = useService();
  return async (patientId: string): Promise<void> => {
    const draft: BodyOf<'referrals', 'DraftReferral'> = { patientId, content: NEW_ORDER };
    const { id } = await service.write('referrals', draft, `first-${patientId}`);
    await navigate({ to: '/referrals/$id/draft', params: { id } });
  };
};

const Chosen = ({ patient }: { readonly patient: Patient }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const service = useService();
  const create = useCreate('referrals');
  const [key] = useState(() => crypto.randomUUID());
  const [unread, setUnread] = useState<Error>();
  const { data, error } = useList('listReferrals', { patientId: patient.id, limit: RECENT });
  const begin = (content: Content): void =>
    create.mutate(
      { command: 'DraftReferral', body: { patientId: patient.id, content }, key },
      { onSuccess: ({ id }) => void navigate({ to: '/referrals/$id/draft', params: { id } }) },
    );
  const again = async (id: string): Promise<void> => {
    try {
      const { body } = await service.read<Answer<'getReferral'>>(ADDRESSES.getReferral.replace(':id', id));
      setUnread(undefined);
      begin(likeLast(body.content as Content));
    } catch (failed) {
      setUnread(failed instanceof Error ? failed : new Error('not an error'));
    }
  };
  const recent = data?.pages[0]?.items ?? [];
  return (
    <Stack gap="xs">
      <Incomplete streams={lackingIn(data)} />
      {error !== null && <Trouble error={error} />}
      {unread !== undefined && <Trouble error={unread} />}
      {create.error !== null && <Trouble error={create.error} />}
      {recent.map((referral) => (
        <Group key={referral.id} justify="space-between" wrap="wrap">
          <Text>
            {t(`names.stage.${referral.state}`)}, <Lasting since={referral.enteredStateAt} />
            {referral.recipient !== null &&
              `, ${t('referrals.to', { name: referral.recipient.name ?? t('state.unnamed') })}`}
          </Text>
          <Button variant="default" loading={create.isPending} onClick={() => void again(referral.id)}>
            {t('order.likeThis')}
          </Button>
        </Group>
      ))}
      <Group>
        <Button loading={create.isPending} onClick={() => begin(NEW_ORDER)}>
          {t('order.begin')}
        </Button>
      </Group>
    </Stack>
  );
};

const Found = ({
  patients,
  chosen,
  choose,
}: {
  readonly patients: readonly Patient[];
  readonly chosen: Patient | undefined;
  readonly choose: (patient: Patient) => void;
}) => {
  const { t } = useTranslation();
  return patients.map((patient) => (
    <Card key={patient.id} withBorder>
      <Stack gap="sm">
        <Group justify="space-between">
          <Stack gap={0}>
            <Text fw={600}>
              <bdi>{patient.name}</bdi>
            </Text>
            <Text size="sm" c="dimmed">
              {t('referrals.born', { date: dayText(patient.birthDate) })}
              {patient.deceased && `, ${t('order.deceased')}`}
            </Text>
          </Stack>
          {chosen?.id !== patient.id && (
            <Button variant="light" onClick={() => choose(patient)}>
              {t('order.choose')}
            </Button>
          )}
        </Group>
        {chosen?.id === patient.id && <Chosen patient={patient} />}
      </Stack>
    </Card>
  ));
};

const WhomFor = () => {
  const { t } = useTranslation();
  useTitle(t('order.new'));
  const [name, setName] = useState('');
  const [birthDate, setBirthDate] = useState('');
  const [identifier, setIdentifier] = useState('');
  const [chosen, setChosen] = useState<Patient>();
  const [registering, setRegistering] = useState(false);
  const beginFor = useBeginFor();
  const choose = (patient: Patient): void => {
    setRegistering(false);
    setChosen(patient);
  };
  // The same until something is typed: what is new in every drawing would draw the page for ever.
  const typed = useMemo(
    () => ({ name: name.trim(), birthDate, identifier: identifier.trim() }),
    [name, birthDate, identifier],
  );
  const [asked] = useDebouncedValue(typed, TYPED_MS);
  const nothing = asked.name === '' && asked.birthDate === '' && asked.identifier === '';
  const { data, error, isFetching } = useSearch(
    'listPatients',
    {
      ...(asked.name === '' ? {} : { name: asked.name }),
      ...(asked.birthDate === '' ? {} : { birthDate: asked.birthDate }),
      ...(asked.identifier === '' ? {} : { identifier: { value: asked.identifier } }),
      limit: 20,
    },
    !nothing,
  );
  // Whoever was chosen stays, though what is typed may find others.
  const found = data?.items ?? [];
  const shown = [...(chosen === undefined ? [] : [chosen]), ...found.filter(({ id }) => id !== chosen?.id)];
  return (
    <Stack maw={760}>
      <Title order={1}>{t('order.new')}</Title>
      <Text>{t('order.whom')}</Text>
      <Group align="flex-end" grow preventGrowOverflow={false}>
        <TextInput
          label={t('order.name')}
          value={name}
          maxLength={100}
          autoComplete="off"
          data-autofocus
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('order.birthDate')}
          value={birthDate}
          onChange={({ currentTarget }) => setBirthDate(currentTarget.value)}
        />
        <TextInput
          label={t('order.identifier')}
          value={identifier}
          maxLength={200}
          autoComplete="off"
          onChange={({ currentTarget }) => setIdentifier(currentTarget.value)}
        />
      </Group>
      {error !== null && <Trouble error={error} />}
      {isFetching && data === undefined && <Loading />}
      {data !== undefined && !nothing && (
        <>
          <Incomplete streams={data.incomplete?.streams ?? 0} />
          {data.items.length === 0 && <Empty title={t('order.nobody')} text={t('order.nobodyText')} />}
          {!registering && <Found patients={shown} chosen={chosen} choose={choose} />}
          {!registering && (
            <Group>
              <Button variant="default" onClick={() => setRegistering(true)}>
                {t('order.newPatient')}
              </Button>
            </Group>
          )}
        </>
      )}
      {registering && <NewPatient like={{ name, birthDate }} choose={choose} registered={beginFor} />}
    </Stack>
  );
};

export const NewReferralPage = () => (ORDERERS.includes(useMe().actingAs.role) ? <WhomFor /> : <NotForYou />);
