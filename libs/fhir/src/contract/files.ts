/** Files as people have them: which of them are imported, in which order, and how they are sent. */

export const FILE_ENDINGS: readonly string[] = ['.json', '.ndjson', '.json.gz', '.ndjson.gz'];

export const isImportable = (name: string): boolean =>
  FILE_ENDINGS.some((ending) => name.toLowerCase().endsWith(ending));

/** Of Bulk Data there is a file for each type: what others refer to comes first. */
const FIRST: readonly string[] = ['organization', 'practitioner', 'hospital', 'patient'];

const rank = (name: string): number => {
  const found = FIRST.findIndex((type) => name.toLowerCase().startsWith(type));
  return found === -1 ? FIRST.length : found;
};

/** @param nameOf without its folder */
export const inOrder = <F>(files: readonly F[], nameOf: (file: F) => string): F[] =>
  files.toSorted(
    (one, other) => rank(nameOf(one)) - rank(nameOf(other)) || (nameOf(one) < nameOf(other) ? -1 : 1),
  );

/** What is said of a file where it is sent. */
export const headersOf = (name: string): Readonly<Record<string, string>> => {
  const called = name.toLowerCase();
  return {
    'content-type': called.includes('.ndjson') ? 'application/fhir+ndjson' : 'application/fhir+json',
    ...(called.endsWith('.gz') ? { 'content-encoding': 'gzip' } : {}),
  };
};
