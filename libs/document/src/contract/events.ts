/** What is stored about a document. Its bytes are kept beside the log, sealed under the same key (docs/domain/documents.md). */
import { z } from 'zod';
import { event, personal, type EventsOf } from '@fascia/kernel/contract';

/** What it is, in the order in which people meet them; the numbers are LOINC's where it has one. */
export const DOCUMENT_KINDS = [
  'referral-note',
  'plan-of-care',
  'progress-note',
  'discharge-summary',
  'imaging-report',
  'operative-note',
  'consent-form',
  'authorization-letter',
  'other',
] as const;

export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** As its first bytes say it, whatever the sender says. */
export const MEDIA_TYPES = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/tiff',
  'application/dicom',
] as const;

export type MediaType = (typeof MEDIA_TYPES)[number];

export const DOCUMENT_CONTRACT = {
  /** Somebody may file it, and is about to: nothing of it is here yet. */
  DocumentAnnounced: event(
    z.strictObject({
      patientId: z.uuid(),
      kind: z.enum(DOCUMENT_KINDS),
      mediaType: z.enum(MEDIA_TYPES),
      bytes: z.int().min(1),
      /** Of its bytes, hex: sealed, as who knows a letter could try it out. */
      sha256: personal(z.string().max(64)),
    }),
  ),
  /** All of it is here. */
  DocumentFiled: event(z.strictObject({})),
  DocumentNamed: event(z.strictObject({ title: personal(z.string().max(200)) })),
  DocumentWithdrawn: event(z.strictObject({ reason: personal(z.string().max(4000)) })),
};

export type DocumentEvent = EventsOf<typeof DOCUMENT_CONTRACT>;
