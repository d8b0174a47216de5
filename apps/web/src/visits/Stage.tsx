/** One station of a visit. When it comes, its heading takes the keyboard and is read out: what was pressed before is gone. */
import { Card, Stack, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import css from './visit.module.css';

interface StageProps {
  readonly id: string;
  readonly title: string;
  /** It came while somebody was at it, and not with the page. */
  readonly takesFocus?: boolean;
  readonly children: ReactNode;
}

export const Stage = ({ id, title, takesFocus = false, children }: StageProps) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <Card component="section" aria-labelledby={id} withBorder>
      <Stack>
        <Title order={2} size="h4" id={id} ref={heading} tabIndex={-1} className={css['heading'] ?? ''}>
          {title}
        </Title>
        {children}
      </Stack>
    </Card>
  );
};
