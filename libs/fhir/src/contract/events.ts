/** What is stored about an import: how much it brought, what it left out and why. Counts, pointers and codes only. */
import { z } from 'zod';
import { event, type EventsOf } from '@fascia/kernel/contract';

const counts = z.strictObject({ added: z.int(), unchanged: z.int(), refused: z.int() });

export const IMPORT_CONTRACT = {
  BundleImported: event(
    z.strictObject({
      organizationId: z.uuid(),
      /** SHA-256 of the bundle in canonical JSON (RFC 8785): spacing and packing make no other import. */
      sha256: z.string(),
      byKind: z.record(z.string(), counts),
      ignored: z.array(z.strictObject({ resourceType: z.string(), why: z.string(), count: z.int() })),
      broken: z.array(z.strictObject({ pointer: z.string(), why: z.string(), dropped: z.string() })).max(500),
      refusals: z.array(z.strictObject({ kind: z.string(), code: z.string(), count: z.int() })),
    }),
  ),
};

export type ImportEvent = EventsOf<typeof IMPORT_CONTRACT>;
export type ImportReport = ImportEvent['data'];
