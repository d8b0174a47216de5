/** What the rows of a plan's parts have in common. */
import { Button, Card, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Answer } from '../api/questions.js';
import type { Content } from './proposal.js';

export interface PartProps {
  readonly referral: Answer<'getReferral'>;
  readonly content: Content;
  readonly change: (part: Partial<Content>) => void;
}

export const LONGEST = 4000;
export const lines = { autosize: true, minRows: 2, maxRows: 12, maxLength: LONGEST, dir: 'auto' } as const;

/** What a field holds, or that it holds nothing: then the part is not there. */
export const withPart = <T extends object, K extends keyof T>(
  row: T,
  part: K,
  value: T[K] | undefined,
): T => {
  const { [part]: _was, ...others } = row;
  return (value === undefined ? others : { ...others, [part]: value }) as T;
};

export const textOf = (value: string): string | undefined => (value === '' ? undefined : value);

interface RowCardProps {
  readonly title: string;
  readonly removal: string;
  readonly remove: () => void;
  readonly children: ReactNode;
}

export const RowCard = ({ title, removal, remove, children }: RowCardProps) => (
  <Card withBorder p="sm" role="group" aria-label={title}>
    <Stack gap="sm">
      <Group justify="space-between">
        <Text fw={600}>{title}</Text>
        <Button variant="subtle" color="red" size="compact-md" mih={32} onClick={remove}>
          {removal}
        </Button>
      </Group>
      {children}
    </Stack>
  </Card>
);
