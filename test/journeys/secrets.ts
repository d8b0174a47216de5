/** What the sample bundles say about people, and a search for it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const SAMPLES = join(import.meta.dirname, '..', '..', 'data', 'samples', 'synthea-r4');
export const bundles = readdirSync(SAMPLES)
  .filter((name) => name.endsWith('.json.gz'))
  .map((name) => join(SAMPLES, name));

type Resource = Record<string, unknown> & { resourceType: string };

/** Every name, address, telephone number, identifier and date of birth of the imported resources. */
const secretsOf = (resource: Resource): readonly string[] => {
  const texts = (value: unknown): readonly string[] => {
    if (typeof value === 'string') return [value];
    if (Array.isArray(value)) return value.flatMap(texts);
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
  };
  const names = (Array.isArray(resource['name']) ? resource['name'] : [resource['name']]) as unknown[];
  const parts = names.map((name) =>
    typeof name === 'object' && name !== null
      ? [(name as Record<string, unknown>)['family'], (name as Record<string, unknown>)['given']]
      : name,
  );
  const addresses = ((resource['address'] ?? []) as Record<string, unknown>[]).map((address) => [
    address['line'],
    address['city'],
    address['postalCode'],
  ]);
  const values = [
    ...((resource['identifier'] ?? []) as Record<string, unknown>[]),
    ...((resource['telecom'] ?? []) as Record<string, unknown>[]),
  ].map((one) => one['value']);
  return texts([parts, addresses, values, resource['birthDate']]);
};

export const secrets = [
  ...new Set(
    bundles
      .flatMap(
        (file) =>
          (JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { entry: { resource: Resource }[] })
            .entry,
      )
      .filter(({ resource }) => ['Patient', 'Practitioner', 'Organization'].includes(resource.resourceType))
      .flatMap(({ resource }) => secretsOf(resource)),
  ),
];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Durations, statuses and counts. Every name, number and identifier of a resource is text, whatever its digits. */
const SHORT_JSON_NUMBER = /(?<=[:[,])\d{1,3}(\.\d+)?(?=[,}\]])/g;

/**
 * As a word of its own: three letters turn up inside base64 by chance, a name between quotes or spaces does not; and a
 * request that took 160 ms is not the organization whose identifier is "160".
 */
export const found = (haystack: string): readonly string[] => {
  const words = haystack.replaceAll(SHORT_JSON_NUMBER, '');
  return secrets.filter((secret) =>
    new RegExp(`(?<![A-Za-z0-9_-])${escaped(secret)}(?![A-Za-z0-9_-])`, 'u').test(words),
  );
};

/** Who assigned the identifiers of the samples. */
export const systemsOfSamples: readonly string[] = [
  ...new Set(
    bundles.flatMap((path) =>
      [
        ...gunzipSync(readFileSync(path))
          .toString('utf8')
          .matchAll(/"system":\s*"(http[^"]+)"/g),
      ].flatMap(([, system]) =>
        system !== undefined && /synthea|mrn|ssn|us-npi/.test(system) ? [system] : [],
      ),
    ),
  ),
];
