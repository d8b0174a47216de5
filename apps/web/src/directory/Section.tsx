/** A part of somebody's page: its table, or that there is nothing in it, and what adds to it. */
import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Columns } from '../parts/Columns.js';
import list from '../parts/list.module.css';
import { rowCount } from '../parts/rows.js';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  /** In place of a table without rows. */
  readonly empty: string;
  readonly rows: readonly ReactNode[];
  /** Its rows say which they are: of one table of a page, for whoever goes by keyboard. */
  readonly numbered?: boolean;
  /** Beside the title. */
  readonly action: ReactNode;
  /** Above the table. */
  readonly children?: ReactNode;
}

export const Section = ({
  id,
  title,
  columns,
  empty,
  rows,
  numbered = false,
  action,
  children,
}: SectionProps) => (
  <Card withBorder component="section" aria-labelledby={id}>
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        {action}
      </Group>
      {children}
      {rows.length === 0 ? (
        <Text>{empty}</Text>
      ) : (
        <table className={list['list']} aria-label={title} {...(numbered ? rowCount(rows.length) : {})}>
          <Columns columns={columns} numbered={numbered} />
          <tbody>{rows}</tbody>
        </table>
      )}
    </Stack>
  </Card>
);
