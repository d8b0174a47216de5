/** One text with which something is done: why, or what is done about it. Kept until it is sent. */
import { Button, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActName, BodyOf, Collection } from '../api/commands.js';
import { useAct } from '../api/use-service.js';
import { Modal } from '../parts/Modal.js';
import { Trouble } from '../parts/states.js';
import { Found } from './Found.js';
import { useKept } from './use-kept.js';

const LONGEST = 4000;
const NOTHING = { text: '' };

interface SayingFormProps<C extends Collection, T extends ActName<C>> {
  readonly collection: C;
  readonly id: string;
  readonly command: T;
  readonly bodyOf: (text: string) => BodyOf<C, T>;
  /** What its button says is done. */
  readonly title: string;
  readonly label: string;
  /** What comes of it. */
  readonly help?: string;
  /** Ends something: it stands in another colour. */
  readonly ends?: boolean;
  /** It is one of several things on a page, and not where one begins to type. */
  readonly beside?: boolean;
  readonly done?: () => void;
}

export const SayingForm = <C extends Collection, T extends ActName<C>>({
  collection,
  id,
  command,
  bodyOf,
  title,
  label,
  help,
  ends = false,
  beside = false,
  done,
}: SayingFormProps<C, T>) => {
  const { t } = useTranslation();
  const act = useAct<C, T>(collection);
  const { typed, type, key, found, forget } = useKept(`${command}.${id}`, NOTHING);
  const [tried, setTried] = useState(false);
  const text = typed.text.trim();
  const sent = (): void => {
    forget();
    setTried(false);
    done?.();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (text !== '') act.mutate({ id, command, body: bodyOf(text), key }, { onSuccess: sent });
      }}
    >
      <Stack>
        {found && <Found anew={forget} />}
        <Textarea
          autosize
          minRows={2}
          maxRows={12}
          maxLength={LONGEST}
          dir="auto"
          required={!beside}
          {...(beside ? {} : { 'data-autofocus': true })}
          label={label}
          description={help}
          error={tried && text === '' && t('act.needed')}
          value={typed.text}
          onChange={({ currentTarget }) => type({ text: currentTarget.value })}
        />
        {act.error !== null && <Trouble error={act.error} />}
        <Button
          type="submit"
          loading={act.isPending}
          {...(ends ? { color: 'red' } : {})}
          {...(beside ? { variant: 'default', w: 'fit-content' } : {})}
        >
          {title}
        </Button>
      </Stack>
    </form>
  );
};

type SayingProps<C extends Collection, T extends ActName<C>> = Omit<
  SayingFormProps<C, T>,
  'done' | 'beside'
> & {
  readonly close: () => void;
};

export const Saying = <C extends Collection, T extends ActName<C>>({ close, ...form }: SayingProps<C, T>) => (
  <Modal onClose={close} title={form.title} centered>
    <SayingForm<C, T> {...form} done={close} />
  </Modal>
);
