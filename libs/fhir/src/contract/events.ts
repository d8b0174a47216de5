/** What is stored about an import: how much it brought, what it left out and why. Counts, pointers and codes only. */
import { z } from 'zod';
import { event, type EventsOf } from '@fascia/kernel/contract';

/** Of things: what was new, what the source changed since, what it says otherwise than the record, and what was refused. */
const counts = z.strictObject({
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  different: z.int(),
  refused: z.int(),
});
const tally = z.strictObject({
  resourceType: z.string(),
  read: z.int(),
  taken: z.int(),
  ignored: z.int(),
  broken: z.int(),
});
/** Where the first of them stand in the file (RFC 6901). */
const pointers = z.array(z.string()).max(20);

interface Before {
  readonly sha256: string;
  readonly byKind: Readonly<Record<string, object>>;
  readonly ignored: readonly object[];
  readonly refusals: readonly object[];
}

/** Until then nobody counted what changed, and the digest was a plain SHA-256 of the bundle. */
const fromBefore = (data: unknown): object => {
  const { sha256, byKind, ignored, refusals, ...rest } = data as Before;
  const nowhere = (entries: readonly object[]) => entries.map((entry) => ({ ...entry, pointers: [] }));
  return {
    ...rest,
    digest: sha256,
    byKind: Object.fromEntries(
      Object.entries(byKind).map(([kind, before]) => [kind, { ...before, changed: 0, different: 0 }]),
    ),
    resources: [],
    ignored: nowhere(ignored),
    refusals: nowhere(refusals),
  };
};

export const IMPORT_CONTRACT = {
  BundleImported: event(
    z.strictObject({
      organizationId: z.uuid(),
      /** URI of the system that the file is of. */
      source: z.string().optional(),
      /** Of what the file says, under a key of the network: spacing and packing make no other import, and nobody can try out a file. */
      digest: z.string(),
      byKind: z.record(z.string(), counts),
      /** Every resource of the file, counted once. */
      resources: z.array(tally),
      ignored: z.array(
        z.strictObject({ resourceType: z.string(), why: z.string(), count: z.int(), pointers }),
      ),
      broken: z.array(z.strictObject({ pointer: z.string(), why: z.string(), dropped: z.string() })).max(500),
      refusals: z.array(z.strictObject({ kind: z.string(), code: z.string(), count: z.int(), pointers })),
    }),
    2,
    fromBefore,
  ),
};

export type ImportEvent = EventsOf<typeof IMPORT_CONTRACT>;
export type ImportReport = ImportEvent['data'];
