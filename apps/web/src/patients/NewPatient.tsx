/** Registers a patient who is new here, beside those who may be the same person, with the basis on which their data is shared. */
import { Button, Card, Checkbox, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BodyOf } from '../api/commands.js';
import type { Answer } from '../api/questions.js';
import { useSearch, useService } from '../api/use-service.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { Incomplete, Trouble } from '../parts/states.js';
import { dayOf, dayText } from '../parts/times.js';
import { useMe } from '../session/me.js';
import { names } from '../words/names.js';
import { languageNames } from './languages.js';
import { begunWith, isBirthDate, missingIn, registrationOf, type Needed, type Typed } from './register.js';

type Patient = Answer<'listPatients'>;

const TYPED_MS = 300;
const MOST = 5;

interface Alikes {
  readonly alike: readonly Patient[];
  /** How many things may be missing among them. */
  readonly lacking: number;
  readonly error: Error | null;
}

/** Known by the same name, or by the family name and the same day. */
const useAlike = ({ family, given, birthDate }: Typed): Alikes => {
  // The same until something is typed: what is new in every drawing would draw the form for ever.
  const typed = useMemo(
    () => ({ family: family.trim(), given: given.trim(), birthDate }),
    [family, given, birthDate],
  );
  const [asked] = useDebouncedValue(typed, TYPED_MS);
  const named = asked.family !== '' && asked.given !== '';
  const born = asked.family !== '' && isBirthDate(asked.birthDate);
  const byName = useSearch('listPatients', { name: `${asked.given} ${asked.family}`, limit: MOST }, named);
  const byDay = useSearch(
    'listPatients',
    { name: asked.family, birthDate: asked.birthDate.trim(), limit: MOST },
    born,
  );
  const asking = [...(named ? [byName] : []), ...(born ? [byDay] : [])];
  const found = asking.flatMap(({ data }) => data?.items ?? []);
  return {
    alike: [...new Map(found.map((patient) => [patient.id, patient])).values()],
    lacking: Math.max(0, ...asking.map(({ data }) => data?.incomplete?.streams ?? 0)),
    error: asking.find(({ error }) => error !== null)?.error ?? null,
  };
};

const Alike = ({
  patients,
  choose,
}: {
  readonly patients: readonly Patient[];
  readonly choose: (patient: Patient) => void;
}) => {
  const { t } = useTranslation();
  return (
    <Card withBorder component="section" aria-labelledby="alike">
      <Title order={3} size="h5" id="alike" mb="xs">
        {t('register.alike')}
      </Title>
      <Stack gap="xs">
        {patients.map((patient) => (
          <Group key={patient.id} justify="space-between">
            <Text>
              <bdi>{patient.name}</bdi>, {t('referrals.born', { date: dayText(patient.birthDate) })}
            </Text>
            <Button variant="light" onClick={() => choose(patient)}>
              {t('register.same')}
            </Button>
          </Group>
        ))}
      </Stack>
    </Card>
  );
};

interface FieldsProps {
  readonly typed: Typed;
  readonly change: (part: Partial<Typed>) => void;
  readonly missing: readonly Needed[];
}

const TEXTS = [
  ['given', 'name'],
  ['family', 'name'],
  ['birthDate', 'birthDate'],
  ['phone', undefined],
  ['recordNumber', undefined],
  ['mbi', undefined],
] as const satisfies readonly (readonly [keyof Typed, Needed | undefined])[];

const options = <C extends string>(codes: Readonly<Record<C, string>>, label: (code: C) => string) =>
  (Object.keys(codes) as C[]).map((value) => ({ value, label: label(value) }));

const Fields = ({ typed, change, missing }: FieldsProps) => {
  const { t } = useTranslation();
  const error = (needed: Needed | undefined) =>
    needed !== undefined && missing.includes(needed) && t('act.needed');
  return (
    <>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        {TEXTS.map(([part, needed]) => (
          <TextInput
            key={part}
            dir="auto"
            autoComplete="off"
            maxLength={200}
            label={t(`register.${part}`)}
            description={part === 'birthDate' ? t('register.birthDateHelp') : undefined}
            required={part === 'birthDate' || part === 'family'}
            error={error(needed)}
            value={typed[part]}
            onChange={({ currentTarget }) => change({ [part]: currentTarget.value })}
          />
        ))}
        <Select
          label={t('register.sexAtBirth')}
          required
          error={error('sexAtBirth')}
          data={options(names.sex, (code) => t(`names.sex.${code}`))}
          value={typed.sexAtBirth === '' ? null : typed.sexAtBirth}
          onChange={(value) => change({ sexAtBirth: value ?? '' })}
        />
        <Select
          label={t('register.language')}
          searchable
          clearable
          data={languageNames()}
          value={typed.language === '' ? null : typed.language}
          onChange={(value) => change({ language: value ?? '' })}
        />
        <Select
          label={t('register.basis')}
          description={t('register.basisHelp')}
          allowDeselect={false}
          data={options(names.basis, (code) => t(`names.basis.${code}`))}
          value={typed.basis}
          onChange={(value) => change({ basis: value ?? 'treatment' })}
        />
      </Group>
      <Checkbox
        label={t('contact.interpreter')}
        checked={typed.interpreter}
        onChange={({ currentTarget }) => change({ interpreter: currentTarget.checked })}
      />
    </>
  );
};

/** First who it is, then on what basis, each once: with the same key it may be tried again from the beginning. */
const useRegister = () => {
  const service = useService();
  const { organizationId } = useMe().actingAs;
  return async (typed: Typed, key: string): Promise<string> => {
    const { id } = await service.write('patients', registrationOf(typed, organizationId), key);
    if (typed.basis !== 'treatment') {
      const consent: BodyOf<'consents', 'GrantConsent'> = {
        patientId: id,
        purposes: ['TREAT'],
        organizationIds: [],
        from: dayOf(Date.now()),
        method: typed.basis,
      };
      await service.write('consents', consent, key);
    }
    return id;
  };
};

interface NewPatientProps {
  readonly like: { readonly name: string; readonly birthDate: string };
  /** Somebody who was known already. */
  readonly choose: (patient: Patient) => void;
  /** @returns once what follows is under way */
  readonly registered: (id: string) => Promise<void>;
}

export const NewPatient = ({ like, choose, registered }: NewPatientProps) => {
  const { t } = useTranslation();
  const { typed, type, key, found, forget } = useKept('RegisterPatient', begunWith(like));
  const [tried, setTried] = useState(false);
  const { alike, lacking, error: unasked } = useAlike(typed);
  const register = useRegister();
  const { mutate, isPending, error } = useMutation<void>({
    mutationFn: async () => registered(await register(typed, key)),
    onSuccess: forget,
  });
  const missing = missingIn(typed, alike.length > 0);
  const send = (): void => {
    setTried(true);
    if (missing.length === 0 && !isPending) mutate();
  };
  return (
    <form
      noValidate
      aria-label={t('register.title')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack>
        {found && <Found anew={forget} />}
        <Fields typed={typed} change={(part) => type({ ...typed, ...part })} missing={tried ? missing : []} />
        <Incomplete streams={lacking} />
        {unasked !== null && <Trouble error={unasked} />}
        {alike.length > 0 && (
          <>
            <Alike patients={alike} choose={choose} />
            <Checkbox
              label={t('register.isNew')}
              error={tried && missing.includes('isNew') && t('act.needed')}
              checked={typed.isNew}
              onChange={({ currentTarget }) => type({ ...typed, isNew: currentTarget.checked })}
            />
          </>
        )}
        {error !== null && <Trouble error={error} />}
        <Group>
          <Button type="submit" loading={isPending}>
            {t('register.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
