/** What commands name: looked up once access is granted, before anything else is asked and decided. */
import { refusals, type AnyRefusal, type Command, type Refusal } from '@fascia/kernel';
import type { FactRequest, FactTools, References, Subject } from './aggregate.js';

export const REFERENCE_REFUSALS = refusals({
  422: { REFERENCE_UNKNOWN: 'What is named is not known here' },
});

interface Named {
  readonly id: string;
  /** RFC 6901, into the body. */
  readonly pointer: string;
}

/** @param path names from the outside in; what is in a list stands under the list's name */
const namedAt = (value: unknown, [name, ...deeper]: readonly string[], pointer = ''): readonly Named[] => {
  if (value === undefined) return [];
  if (Array.isArray(value))
    return value.flatMap((one: unknown, index) =>
      namedAt(one, name === undefined ? [] : [name, ...deeper], `${pointer}/${String(index)}`),
    );
  if (name === undefined) return typeof value === 'string' ? [{ id: value, pointer }] : [];
  return namedAt((value as Readonly<Record<string, unknown>>)[name], deeper, `${pointer}/${name}`);
};

/** The same for what is not there and for what is somebody else's. */
const unknown = ({ pointer }: Named): Refusal<'REFERENCE_UNKNOWN'> => ({
  code: 'REFERENCE_UNKNOWN',
  detail:
    'Nothing with this id belongs to what you are working on. Take the id from the lists of this patient or of your organisation.',
  pointer,
});

/** @returns the first that names what is not there, or not of what the command is about */
export const unknownReference = async <S, C extends Command>(
  references: References<S, C>,
  request: FactRequest<S, C>,
  subject: Subject,
  tools: FactTools,
): Promise<AnyRefusal | undefined> => {
  // What the product asks for by itself names what it knows from stored facts.
  if (request.by.role === 'system') return undefined;
  for (const [path, reference] of Object.entries(references[request.command.type] ?? {})) {
    if (typeof reference === 'string') continue;
    for (const named of namedAt(request.command, path.split('.')))
      if (!(await reference({ ...request, subject, named: named.id }, tools))) return unknown(named);
  }
  return undefined;
};
