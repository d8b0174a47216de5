/** Lines beside those of before: what is new is underlined, what is gone is struck out; both are so for a screen reader too. */
import { Text } from '@mantine/core';
import type { Told } from './beside.js';

/** Plain elements: those of the components look all the same. */
const MARKS = { same: 'span', new: 'ins', gone: 'del' } as const;

export const ToldLines = ({ lines }: { readonly lines: readonly Told[] }) =>
  lines.map(({ text, is }) => {
    const Mark = MARKS[is];
    return (
      <Text key={is + text} dir="auto" inherit>
        <Mark>{text}</Mark>
      </Text>
    );
  });
