/** Which resource of the bundle a reference means: by full URL (`urn:uuid:…`, `https://…`) or by `Type/id`. */

export interface Target {
  readonly resourceType: string;
  readonly sourceId: string;
}

export class References {
  private readonly targets = new Map<string, Target>();

  /** @returns false when the bundle already has this resource. */
  add(target: Target, fullUrl: string | undefined): boolean {
    const relative = `${target.resourceType}/${target.sourceId}`;
    if (this.targets.has(relative) || (fullUrl !== undefined && this.targets.has(fullUrl))) return false;
    this.targets.set(relative, target);
    if (fullUrl !== undefined) this.targets.set(fullUrl, target);
    return true;
  }

  /** For a resource that turned out broken: nothing can hang on it. */
  forget(target: Target): void {
    for (const [key, known] of this.targets) if (known === target) this.targets.delete(key);
  }

  /** A version at the end does not matter inside one bundle. */
  find(reference: string, resourceType: string): Target | undefined {
    const target = this.targets.get(reference.replace(/\/_history\/[^/]+$/, ''));
    return target?.resourceType === resourceType ? target : undefined;
  }
}
