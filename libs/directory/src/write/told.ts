import type { Category, Command, DomainEvent } from '@fascia/kernel';
import type { FactTools, View } from '@fascia/write-door';

/** What a stream says, event by event; nothing of one that was found to be of somebody else. */
export const toldIn = <E extends DomainEvent>(category: Category): View<readonly E[], E, readonly E[]> => ({
  folds: {
    category,
    initial: [],
    evolve: (told, fact) => [...told, fact],
    stage: () => 'told',
  },
  of: (told) => (told.some(({ data }) => 'toPatientId' in data) ? [] : told),
});

/** Of the stream that a fact is taken from, or goes on as; of any other command nothing. */
export const toldFor = async <E extends DomainEvent>(
  told: View<readonly E[], E, readonly E[]>,
  command: Command,
  { view }: Pick<FactTools, 'view'>,
): Promise<readonly E[]> => {
  if ('fromId' in command && typeof command.fromId === 'string') return view(told, command.fromId);
  return 'toId' in command && typeof command.toId === 'string' ? view(told, command.toId) : [];
};
