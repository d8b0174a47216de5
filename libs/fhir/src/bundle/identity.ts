/**
 * What a resource is called in its source, so that the next file means the same by it. A name that holds from file to file: its id on
 * its own server; without one an identifier that its source gave; at last the full URL, which may hold for one file only.
 */
import type { BundleEntry, Identifier, Resource } from '@medplum/fhirtypes';
import { codesIn } from './datatypes.js';
import { isDateTime } from './date.js';
import { present } from './field.js';
import type { Fault, Field } from './field.js';
import type { SourceIdentifier, Sourced } from './items.js';

const RESTFUL = /^(https?:\/\/\S+?)\/([A-Z][A-Za-z]{1,63})\/([^/\s?#|]{1,200})$/;
const RELATIVE = /^([A-Z][A-Za-z]{1,63})\/([^/\s?#|]{1,200})$/;
const BY_SEARCH = /^([A-Z][A-Za-z]{1,63})\?(\S+)$/;
const FOR_THIS_FILE = /^urn:(?:uuid|oid):/i;
const VERSION = /\/_history\/[^/]*$/;

export interface Address {
  /** Of the server; absent in a relative one. */
  readonly base?: string;
  readonly resourceType: string;
  readonly id: string;
}

/** `https://server/fhir/Patient/1` or `Patient/1`, whatever the version. */
export const addressOf = (url: string): Address | undefined => {
  const plain = url.replace(VERSION, '');
  const [, base, type, id] = RESTFUL.exec(plain) ?? [];
  if (base !== undefined && type !== undefined && id !== undefined) return { base, resourceType: type, id };
  const [, relativeType, relativeId] = RELATIVE.exec(plain) ?? [];
  return relativeType === undefined || relativeId === undefined
    ? undefined
    : { resourceType: relativeType, id: relativeId };
};

/** One spelling of `urn:uuid:` and `urn:oid:`; any other URL as it is. */
export const urlOf = (url: string): string => (FOR_THIS_FILE.test(url) ? url.toLowerCase() : url);

/** @param home the server of the source: what stands there needs no server in its name, nor what says none */
export const nameAt = ({ base, resourceType, id }: Address, home: string | undefined): string =>
  base === undefined || base === home ? `${resourceType}/${id}` : `${base}/${resourceType}/${id}`;

export const nameBy = (resourceType: string, { system = '', value }: SourceIdentifier): string =>
  `${resourceType}?identifier=${system}|${value}`;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/** Identifiers that a search asks for. Other conditions, and values without a system, name nobody for certain. */
const searched = (query: string): readonly SourceIdentifier[] =>
  query.split('&').flatMap((part) => {
    const [key, ...rest] = part.split('=');
    if (key !== 'identifier') return [];
    return rest
      .join('=')
      .split(',')
      .flatMap((token) => {
        const [system = '', ...value] = decoded(token).split('|');
        const said = value.join('|').trim();
        return system === '' || said === '' ? [] : [{ system, value: said }];
      });
  });

/** `Patient?identifier=system|value`, where a reference is a search (FHIR R4, conditional references). */
export const searchOf = (
  reference: string,
): { readonly resourceType: string; readonly identifiers: readonly SourceIdentifier[] } | undefined => {
  const [, resourceType, query] = BY_SEARCH.exec(reference) ?? [];
  return resourceType === undefined || query === undefined
    ? undefined
    : { resourceType, identifiers: searched(query) };
};

/** Of these types an identifier names the source's own record; an insurance number or a passport names others' records as well. */
const OWN_RECORD: readonly (string | undefined)[] = [undefined, 'MR', 'PI', 'PT', 'NPI', 'PRN', 'FI', 'XX'];

interface Given extends SourceIdentifier {
  readonly type?: string;
}

/** Of any resource: those that are imported and those that are not have the same element. */
const identifiersOf = (resource: Field<Resource>, unsaid: Fault[]): readonly Given[] =>
  resource
    .readAs<Resource & { identifier: Identifier[] }>()
    .noting(unsaid)
    .at('identifier')
    .each()
    .flatMap((field) => {
      const value = field.at('value').text(200);
      const [type] = codesIn(field.at('type'));
      return value === undefined
        ? []
        : [{ value, ...present({ system: field.at('system').text(300), type }) }];
    });

/** A resource by every name that references may use, and the one that lasts. */
export interface Named extends Sourced {
  readonly identity: string;
  readonly pointer: string;
  readonly resourceType: string;
  /** Of the server on which it stands, as its full URL says. */
  readonly base?: string;
  readonly identifiers: readonly SourceIdentifier[];
}

export const baseOf = (fullUrl: string | undefined): string | undefined =>
  fullUrl === undefined ? undefined : addressOf(fullUrl)?.base;

/** Only an instant that exists: two states of a resource are told apart by it. */
const changedAt = (resource: Field<Resource>): string | undefined => {
  const said = resource.noting([]).at('meta').at('lastUpdated').text(40);
  return said !== undefined && isDateTime(said) && said.includes('T') ? said : undefined;
};

interface NamingParts {
  readonly entry: Field<BundleEntry>;
  readonly resource: Field<Resource>;
  readonly resourceType: string;
  readonly home: string | undefined;
}

/** @returns nothing, and a fault, for a resource that no later file could mean. */
export const nameOf = ({ entry, resource, resourceType, home }: NamingParts): Named | undefined => {
  const fullUrl = entry.at('fullUrl').text();
  const asked = entry
    .at('request')
    .at('ifNoneExist')
    .text()
    ?.replace(/^\S*\?/, '');
  const ifNoneExist = asked === undefined ? [] : searched(asked);
  const identifiers = identifiersOf(resource, []);
  const url = fullUrl === undefined ? undefined : addressOf(fullUrl);
  const field = resource.at('id');
  const id = field.text(200) ?? url?.id;
  const [own] = [
    ...ifNoneExist,
    ...identifiers.filter(({ system, type }) => system !== undefined && OWN_RECORD.includes(type)),
  ];
  const lasting =
    id !== undefined
      ? nameAt({ ...present({ base: url?.base }), resourceType, id }, home)
      : own === undefined
        ? fullUrl === undefined
          ? undefined
          : urlOf(fullUrl)
        : nameBy(resourceType, own);
  const sourceId = field.required(id ?? fullUrl?.replace(FOR_THIS_FILE, '') ?? own?.value);
  if (lasting === undefined || sourceId === undefined) return undefined;
  return {
    sourceId,
    identity: lasting,
    pointer: resource.pointer,
    resourceType,
    identifiers: [...ifNoneExist, ...identifiers.filter(({ system }) => system !== undefined)].map(
      ({ system, value }) => ({ value, ...present({ system }) }),
    ),
    ...present({ fullUrl, base: url?.base, lastUpdated: changedAt(resource) }),
    ...(ifNoneExist.length === 0 ? {} : { ifNoneExist }),
  };
};

/** The part of it that an item shows. */
export const shown = ({
  sourceId,
  identity,
  pointer,
  fullUrl,
  lastUpdated,
  ifNoneExist,
}: Named): Sourced => ({
  sourceId,
  identity,
  pointer,
  ...present({ fullUrl, lastUpdated, ifNoneExist }),
});
