/** A section that is one table of what is looked at. */
import { Stack, Title, type TitleProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { Columns } from './Columns.js';
import list from './list.module.css';

interface FactTableProps {
  readonly id: string;
  readonly title: string;
  readonly size?: TitleProps['size'];
  readonly columns: readonly string[];
  readonly children: ReactNode;
}

export const FactTable = ({ id, title, size, columns, children }: FactTableProps) => (
  <Stack component="section" gap="xs" aria-labelledby={id}>
    <Title order={2} {...(size === undefined ? {} : { size })} id={id}>
      {title}
    </Title>
    <table className={list['list']} aria-labelledby={id}>
      <Columns columns={columns} />
      <tbody>{children}</tbody>
    </table>
  </Stack>
);
