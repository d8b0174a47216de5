/** A dialog that begins with what is known: until that is there it says so, and if it cannot be had, why. */
import { Modal } from './Modal.js';
import { Loading, Trouble } from './states.js';

interface WaitingDialogProps {
  readonly title: string;
  readonly error: Error | null;
  readonly again?: () => void;
  readonly close: () => void;
}

export const WaitingDialog = ({ title, error, again, close }: WaitingDialogProps) => (
  <Modal onClose={close} title={title} centered>
    {error === null ? <Loading /> : <Trouble error={error} {...(again === undefined ? {} : { again })} />}
  </Modal>
);
