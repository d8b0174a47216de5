/** What is done in a dialog about one thing: what is typed is kept until it is done; then nothing of it is, and the dialog goes. */
import type { ActName, BodyOf, Collection } from '../api/commands.js';
import { useAct } from '../api/use-service.js';
import { useKept } from '../kept/use-kept.js';

interface About<C extends Collection, T extends ActName<C>> {
  readonly collection: C;
  readonly command: T;
  readonly id: string;
  readonly close: () => void;
}

/** @param nothing as of `useKept` */
export const useDialogAct = <C extends Collection, T extends ActName<C>, F extends object>(
  { collection, command, id, close }: About<C, T>,
  nothing: F,
) => {
  const act = useAct<C, T>(collection);
  const { typed, type, key, found, forget } = useKept(`${command}.${id}`, nothing);
  const done = (): void => {
    forget();
    close();
  };
  return {
    typed,
    type,
    /** Once, however often it is pressed. */
    send: (body: BodyOf<C, T>): void => {
      if (!act.isPending) act.mutate({ id, command, body, key }, { onSuccess: done });
    },
    /** For the `FormDialog` that it is done in. */
    dialog: { kept: { found, forget }, act, close },
  };
};
