/** A diagnosis that is not on the record yet: found by everyday words, with its place. */
import type { DYSFUNCTIONS, VERIFICATIONS } from '@fascia/diagnosis/contract';
import type { Tissue } from '@fascia/clinical';
import { Button, Group, MultiSelect, Select, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreate, useService } from '../api/use-service.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { Trouble } from '../parts/states.js';
import { names } from '../words/names.js';
import { placeOfValue, placesIn } from './place-list.js';

type Dysfunction = (typeof DYSFUNCTIONS)[number];
type Verification = (typeof VERIFICATIONS)[number];

interface Code {
  readonly code: string;
  readonly text: string;
}

const TYPED_MS = 250;

/** Codes by words, as the service finds them: the order is theirs. */
const useCodes = (typed: string): readonly Code[] => {
  const service = useService();
  const [q] = useDebouncedValue(typed.trim(), TYPED_MS);
  const { data } = useQuery({
    queryKey: ['icd10', q],
    queryFn: async ({ signal }) =>
      (await service.read<{ items: readonly Code[] }>(`icd10/codes?q=${encodeURIComponent(q)}`, signal)).body
        .items,
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  return data ?? [];
};

interface Typed {
  readonly code: Code | null;
  readonly place: string | null;
  readonly tissues: readonly string[];
  readonly dysfunction: string | null;
  readonly verification: string | null;
}

const NOTHING: Typed = { code: null, place: null, tissues: [], dysfunction: null, verification: 'confirmed' };

const labelOf = ({ code, text }: Code): string => `${code} ${text}`;

interface RecordFindingProps {
  readonly patientId: string;
  readonly recorded: (id: string) => void;
}

export const RecordFinding = ({ patientId, recorded }: RecordFindingProps) => {
  const { t } = useTranslation();
  const { typed, type, key, found, forget } = useKept(`RecordDiagnosis.${patientId}`, NOTHING);
  const { code, place, tissues, dysfunction, verification } = typed;
  const [words, search] = useState('');
  const listed = useCodes(words);
  // What is chosen has its words, also before anybody looked for it again.
  const codes = code === null || listed.some((one) => one.code === code.code) ? listed : [code, ...listed];
  const create = useCreate('diagnoses');
  const ready = code !== null && dysfunction !== null && verification !== null;
  const change = (part: Partial<Typed>): void => type((now) => ({ ...now, ...part }));
  const record = (): void => {
    if (!ready) return;
    const site = place === null ? undefined : placeOfValue(place);
    create.mutate(
      {
        command: 'RecordDiagnosis',
        body: {
          patientId,
          code: code.code,
          ...(site === undefined ? {} : { site }),
          tissues: tissues as Tissue[],
          dysfunction: dysfunction as Dysfunction,
          verification: verification as Verification,
        },
        key,
      },
      {
        onSuccess: ({ id }) => {
          forget();
          recorded(id);
        },
      },
    );
  };
  const named = (of: 'dysfunction' | 'verification' | 'tissue', data: readonly string[]) =>
    data.map((value) => ({
      value,
      label: t(`names.${of}.${value}` as 'names.tissue.muscle'),
    }));
  return (
    <Stack>
      {found && <Found anew={forget} />}
      <Select
        label={t('order.code')}
        description={t('order.codeHelp')}
        searchable
        data={codes.map((one) => ({ value: one.code, label: labelOf(one) }))}
        // The service has already found what fits.
        filter={({ options }) => options}
        searchValue={words}
        onSearchChange={search}
        value={code?.code ?? null}
        onChange={(value) => change({ code: codes.find((one) => one.code === value) ?? null })}
      />
      <Group grow align="flex-start">
        <Select
          label={t('order.codePlace')}
          searchable
          data={placesIn(t)}
          value={place}
          onChange={(value) => change({ place: value })}
        />
        <MultiSelect
          label={t('order.tissues')}
          data={named('tissue', Object.keys(names.tissue))}
          value={[...tissues]}
          onChange={(some) => change({ tissues: some })}
        />
      </Group>
      <Group grow align="flex-start">
        <Select
          label={t('order.dysfunction')}
          data={named('dysfunction', Object.keys(names.dysfunction))}
          value={dysfunction}
          onChange={(value) => change({ dysfunction: value })}
        />
        <Select
          label={t('order.verification')}
          data={named('verification', Object.keys(names.verification))}
          value={verification}
          onChange={(value) => change({ verification: value })}
        />
      </Group>
      {create.error !== null && <Trouble error={create.error} />}
      <Group>
        <Button variant="default" disabled={!ready} loading={create.isPending} onClick={record}>
          {t('order.record')}
        </Button>
      </Group>
    </Stack>
  );
};
