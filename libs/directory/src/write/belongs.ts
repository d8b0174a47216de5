/** What commands may name of a patient (`References`). */
import type { Category, Command } from '@fascia/kernel';
import type { FactTools, Naming } from '@fascia/write-door';
import { personOf } from './patient.aggregate.js';

/** A thing of one of these kinds, about whom the command is about: on whichever record of theirs. */
export const ofPatient =
  (...categories: readonly Category[]) =>
  async (
    { named, subject }: Pick<Naming<unknown, Command>, 'named' | 'subject'>,
    tools: FactTools,
  ): Promise<boolean> => {
    const owners = await Promise.all(categories.map((category) => tools.patientOf(category, named)));
    if (owners.every((owner) => owner === undefined)) return false;
    const { ids } = await personOf(subject.patientId ?? '', tools);
    return owners.some((owner) => owner !== undefined && ids.includes(owner));
  };

/** Of what is not kept yet there is none: an authorisation, a place of treatment. */
export const isKeptNowhere = (): Promise<boolean> => Promise.resolve(false);
