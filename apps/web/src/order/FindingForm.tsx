/** What is found: its code by everyday words, where it is, and what is wrong there. */
import type { Tissue } from '@fascia/clinical';
import { Button, Group, MultiSelect, Select, Stack, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.js';
import { useService } from '../api/use-service.js';
import { BodyMap } from '../body-map/BodyMap.js';
import { BODY_WORDS } from '../body-map/words.js';
import { names } from '../words/names.js';
import { inReadersLanguage } from '../words/words.js';
import { placeAfter, type Code, type Finding } from './finding.js';
import { LONG_TEXT } from './parts.js';
import { placeOfValue, placesIn } from './place-list.js';

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

interface FieldProps {
  readonly finding: Finding;
  readonly change: (part: Partial<Finding>) => void;
}

const CodeField = ({ finding: { code }, change }: FieldProps) => {
  const { t } = useTranslation();
  const [words, search] = useState('');
  const listed = useCodes(words);
  // What is chosen has its words, also before anybody looked for it again.
  const codes = code === null || listed.some((one) => one.code === code.code) ? listed : [code, ...listed];
  return (
    <Select
      label={t('order.code')}
      description={t('order.codeHelp')}
      searchable
      data={codes.map((one) => ({ value: one.code, label: `${one.code} ${one.text}` }))}
      // The service has already found what fits.
      filter={({ options }) => options}
      searchValue={words}
      onSearchChange={search}
      value={code?.code ?? null}
      onChange={(value) => change({ code: codes.find((one) => one.code === value) ?? null })}
    />
  );
};

/** The same place as in the list, where somebody would rather point at it. It is large, and shown to who asks. */
const OnBody = ({ finding: { place, tissues }, change }: FieldProps) => {
  const { t } = useTranslation();
  const [shown, show] = useState(false);
  const id = useId();
  const site = place === null ? undefined : placeOfValue(place);
  const words = {
    ...inReadersLanguage(BODY_WORDS),
    choose: t('order.onBodyHelp'),
    keys: t('order.onBodyKeys'),
  };
  return (
    <div>
      <Button variant="default" aria-expanded={shown} aria-controls={id} onClick={() => show(!shown)}>
        {t('order.onBody')}
      </Button>
      <div id={id}>
        {shown && (
          <BodyMap
            withList={false}
            label={t('order.onBody')}
            words={words}
            sites={site === undefined ? [] : [{ ...site, tone: tissues[0] as Tissue | undefined }]}
            onToggle={(chosen) => change({ place: placeAfter(place, chosen) })}
          />
        )}
      </div>
    </div>
  );
};

const EXCLUDED = 'ICD_EXCLUDES1';

const isExcluded = (error: Error | null): boolean =>
  error instanceof Problem &&
  [error.document, ...(error.document.refusals ?? [])].some(({ code }) => code === EXCLUDED);

interface FindingFormProps extends FieldProps {
  /** Why it was not taken, the last time: that may ask for more. */
  readonly error: Error | null;
  /** What is said beside what is wrong there. */
  readonly children?: ReactNode;
}

export const FindingForm = ({ finding, change, error, children }: FindingFormProps) => {
  const { t } = useTranslation();
  const { place, tissues, dysfunction, unrelatedReason } = finding;
  const named = (of: 'dysfunction' | 'tissue') =>
    Object.keys(names[of]).map((value) => ({
      value,
      label: t(`names.${of}.${value}` as 'names.tissue.muscle'),
    }));
  return (
    <Stack>
      <CodeField {...{ finding, change }} />
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
          data={named('tissue')}
          value={[...tissues]}
          onChange={(some) => change({ tissues: some })}
        />
      </Group>
      <OnBody {...{ finding, change }} />
      <Group grow align="flex-start">
        <Select
          label={t('order.dysfunction')}
          data={named('dysfunction')}
          value={dysfunction}
          onChange={(value) => change({ dysfunction: value })}
        />
        {children}
      </Group>
      {(unrelatedReason !== '' || isExcluded(error)) && (
        <Textarea
          {...LONG_TEXT}
          label={t('order.unrelated')}
          value={unrelatedReason}
          onChange={({ currentTarget }) => change({ unrelatedReason: currentTarget.value })}
        />
      )}
    </Stack>
  );
};
