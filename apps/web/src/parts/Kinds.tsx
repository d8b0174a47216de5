/** Which kind of a list is shown, and how many there are of each. */
import { SegmentedControl, Text } from '@mantine/core';
import { readersLocale } from '../words/words.js';

interface KindsProps<K extends string> {
  readonly label: string;
  readonly kinds: readonly K[];
  readonly nameOf: (kind: K) => string;
  readonly shown: K;
  readonly show: (kind: K) => void;
  /** As the list's own answer says it. */
  readonly counts: Readonly<Partial<Record<string, number>>> | null | undefined;
}

export const Kinds = <K extends string>({ label, kinds, nameOf, shown, show, counts }: KindsProps<K>) => (
  <SegmentedControl
    role="radiogroup"
    aria-label={label}
    value={shown}
    onChange={show}
    data={kinds.map((value) => ({
      value,
      label: (
        <>
          {nameOf(value)}{' '}
          <Text component="span" display="block" size="sm" fw={600} mih="1lh">
            {counts?.[value]?.toLocaleString(readersLocale())}
          </Text>
        </>
      ),
    }))}
  />
);
