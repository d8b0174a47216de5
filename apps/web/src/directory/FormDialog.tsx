/** A form in a dialog: as somebody left it, what it asks, why it was refused, and the button that sends it. */
import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Found } from '../kept/Found.js';
import { Modal } from '../parts/Modal.js';
import { Trouble } from '../parts/states.js';

interface FormDialogProps {
  readonly title: string;
  /** On the button. */
  readonly send: string;
  readonly kept: { readonly found: boolean; readonly forget: () => void };
  readonly act: { readonly error: Error | null; readonly isPending: boolean };
  readonly submit: () => void;
  readonly close: () => void;
  readonly children: ReactNode;
}

export const FormDialog = ({ title, send, kept, act, submit, close, children }: FormDialogProps) => (
  <Modal onClose={close} title={title} size="lg" centered>
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        {kept.found && <Found anew={kept.forget} />}
        {children}
        {act.error !== null && <Trouble error={act.error} />}
        <Button type="submit" loading={act.isPending}>
          {send}
        </Button>
      </Stack>
    </form>
  </Modal>
);
