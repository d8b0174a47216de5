/** Flags that commands of care may name. */
import { ofPatient } from '@fascia/directory';
import type { Command } from '@fascia/kernel';
import type { FactTools, Naming, View } from '@fascia/write-door';
import type { FlagEvent } from '../contract/events.js';
import { flagDecider, type FlagState } from '../domain/flag.js';
import { toldTo } from '../read/restricted.js';

const catalogueIdOf: View<FlagState, FlagEvent, string | undefined> = {
  folds: flagDecider,
  of: (state) => state?.catalogueId,
};

const isTheirs = ofPatient('flag');

/** One of the patient, that who names it is told of. */
export const isFlagToldOf = async (
  naming: Pick<Naming<unknown, Command>, 'named' | 'subject' | 'by'>,
  tools: FactTools,
): Promise<boolean> => {
  const { by, named } = naming;
  const catalogueId = await tools.view(catalogueIdOf, named);
  return catalogueId !== undefined && toldTo(by.role, [catalogueId]).length > 0 && isTheirs(naming, tools);
};
