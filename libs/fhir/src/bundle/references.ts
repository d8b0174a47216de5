/**
 * Which resource a reference means (FHIR R4, Bundle: resolving references). A relative one is meant on the server of the entry that
 * holds it, and never on another; what is not in the file may have come with an earlier one of the same source.
 */
import type { Reference } from '@medplum/fhirtypes';
import { addressOf, nameAt, nameBy, searchOf, urlOf } from './identity.js';
import type { Address, Named } from './identity.js';
import { present, type Field } from './field.js';
import type { SourceReference } from './items.js';

/** What a reference leads to. */
export interface Meant {
  readonly resourceType: string;
  readonly sourceId: string;
  readonly reference: SourceReference;
}

/** Two resources of the file answer to it. */
const SEVERAL = Symbol('several');

type Found =
  | { readonly kind: 'here'; readonly target: Named }
  | { readonly kind: 'elsewhere'; readonly identity: string; readonly resourceType: string }
  | { readonly kind: 'nothing'; readonly why: string };

const elsewhere = (resourceType: string, identity: string): Found => ({
  kind: 'elsewhere',
  resourceType,
  identity,
});
const nothing = (why: string): Found => ({ kind: 'nothing', why });

export class References {
  private readonly targets = new Map<string, Named | typeof SEVERAL>();
  private readonly lost = new Set<Named>();

  /**
   * @param home the server of the source
   * @param server the one of this file, meant by who says none
   */
  constructor(
    private readonly home: string | undefined,
    private readonly server: string | undefined,
  ) {}

  /** @returns false when the file already has this resource. */
  add(target: Named): boolean {
    const own = [target.identity, ...(target.fullUrl === undefined ? [] : [urlOf(target.fullUrl)])];
    if (own.some((name) => this.targets.has(name))) return false;
    for (const name of own) this.targets.set(name, target);
    for (const identifier of target.identifiers) {
      const name = nameBy(target.resourceType, identifier);
      const known = this.targets.get(name);
      this.targets.set(name, known === undefined || known === target ? target : SEVERAL);
    }
    return true;
  }

  /** A resource that is not taken: nothing can hang on it. */
  lose(target: Named): void {
    this.lost.add(target);
  }

  /**
   * @param from the resource that holds the reference
   * @param types what may stand at its end
   * @returns nothing, and a fault at the reference, when it leads to nobody
   */
  resolve(field: Field<Reference>, types: readonly string[], from: Named): Meant | undefined {
    const said = field.at('reference');
    const found = this.find(field, from);
    if (found === undefined) return undefined;
    const wanted = types.join(' or ');
    switch (found.kind) {
      case 'nothing':
        said.fault(found.why);
        return undefined;
      case 'elsewhere':
        if (types.includes(found.resourceType))
          return {
            resourceType: found.resourceType,
            sourceId: found.identity.replace(/^.*[/|]/, ''),
            reference: { identity: found.identity, inFile: false },
          };
        said.fault(`no ${wanted}`);
        return undefined;
      case 'here':
        if (!types.includes(found.target.resourceType)) said.fault(`no ${wanted}`);
        else if (this.lost.has(found.target))
          said.fault(`the ${found.target.resourceType} that it names is not taken`);
        else
          return {
            resourceType: found.target.resourceType,
            sourceId: found.target.sourceId,
            reference: { identity: found.target.identity, inFile: true },
          };
        return undefined;
    }
  }

  /** @returns nothing where no reference stands. */
  private find(field: Field<Reference>, from: Named): Found | undefined {
    const text = field.at('reference').text();
    if (text !== undefined) return this.byText(text, from);
    const by = field.at('identifier');
    const value = by.at('value').text(200);
    const type = field.at('type').text();
    if (value === undefined || type === undefined) return undefined;
    return this.bySearch(type, { value, ...present({ system: by.at('system').text(300) }) });
  }

  private byText(reference: string, from: Named): Found {
    if (reference.startsWith('#')) return nothing('a resource inside another has no identity of its own');
    const url = urlOf(reference.replace(/\/_history\/[^/]*$/, ''));
    const known = this.known(url);
    if (known !== undefined && !/^[A-Z]/.test(url)) return known;
    const search = searchOf(reference);
    if (search !== undefined) {
      const [identifier] = search.identifiers;
      return identifier === undefined
        ? nothing('a search that names no identifier with its system')
        : this.bySearch(search.resourceType, identifier);
    }
    const address = addressOf(reference);
    if (address === undefined) return nothing('leads to nothing in the file');
    const { base = from.base } = address;
    const identity = nameAt({ ...address, ...present({ base }) }, this.home);
    return (
      this.known(identity) ??
      this.known(this.onThisServer({ ...address, ...present({ base }) })) ??
      elsewhere(address.resourceType, identity)
    );
  }

  /** Entries that say no server stand on the file's own, and so do references that say none. */
  private onThisServer({ base, ...address }: Address): string {
    const other = base === undefined ? this.server : base === this.server ? undefined : base;
    return nameAt({ ...address, ...present({ base: other }) }, this.home);
  }

  private bySearch(
    resourceType: string,
    identifier: { readonly system?: string; readonly value: string },
  ): Found {
    const identity = nameBy(resourceType, identifier);
    return this.known(identity) ?? elsewhere(resourceType, identity);
  }

  private known(name: string): Found | undefined {
    const target = this.targets.get(name);
    if (target === SEVERAL) return nothing('several in the file answer to it');
    return target === undefined ? undefined : { kind: 'here', target };
  }
}
