/** Which rows of the catalogue of precautions apply, or that none does. */
import { CONTRAINDICATIONS } from '@fascia/clinical/contraindications';
import { Checkbox, MultiSelect, Stack } from '@mantine/core';

const PRECAUTIONS = CONTRAINDICATIONS.map(({ id, words }) => ({ value: id, label: words }));

interface PrecautionsProps {
  readonly label: string;
  readonly help: string;
  readonly none: string;
  readonly value: readonly string[] | undefined;
  readonly change: (some: string[] | undefined) => void;
}

/** None that apply is an answer; none that were asked for is not. */
export const Precautions = ({ label, help, none, value, change }: PrecautionsProps) => (
  <Stack gap="xs">
    <MultiSelect
      label={label}
      description={help}
      searchable
      data={PRECAUTIONS}
      value={[...(value ?? [])]}
      onChange={(some) => change(some.length === 0 ? undefined : some)}
    />
    <Checkbox
      label={none}
      checked={value?.length === 0}
      onChange={({ currentTarget }) => change(currentTarget.checked ? [] : undefined)}
    />
  </Stack>
);
