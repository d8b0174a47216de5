/** Red flags by patient: what stands in the way of care, and who decided what. */
import { isRestrictedFlag } from '@fascia/clinical';
import { idOf } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { FLAG_SOURCES, FlagEvent, URGENCIES } from '../../contract/events.js';
import { flagLifecycle, type FlagStage } from '../../contract/lifecycle.js';

type Raised = Extract<FlagEvent, { type: 'RedFlagRaised' }>['data'];
export type FlagCall = Extract<FlagEvent, { type: 'RedFlagCommunicated' }>['data'];

export interface FlagRow {
  readonly id: string;
  readonly patient_id: string;
  readonly referral_id: string | null;
  readonly session_id: string | null;
  readonly catalogue_id: string;
  readonly urgency: (typeof URGENCIES)[number];
  readonly source: (typeof FLAG_SOURCES)[number];
  readonly status: Exclude<FlagStage, 'none'>;
  readonly note: string | null;
  /** The physician's reason or disposition. */
  readonly answer: string | null;
  readonly site: NonNullable<Raised['site']> | null;
  /** Whether it is told to those who treat alone. */
  readonly restricted: boolean;
  /** Who was told, the first first. */
  readonly calls: readonly FlagCall[];
  /** By when a physician looks at it. */
  readonly review_due_at: string | null;
  readonly raised_at: string;
  readonly settled_at: string | null;
  readonly version: number;
}

export const flagModel = readModel<FlagRow, FlagEvent>({
  name: 'flag',
  version: 2,
  columns: {
    id: 'text',
    patient_id: 'text',
    referral_id: 'text',
    session_id: 'text',
    catalogue_id: 'text',
    urgency: 'text',
    source: 'text',
    status: 'text',
    note: 'text',
    answer: 'text',
    site: 'jsonb',
    restricted: 'boolean',
    calls: 'jsonb',
    review_due_at: 'text',
    raised_at: 'text',
    settled_at: 'text',
    version: 'integer',
  },
  indexes: ['(patient_id, status)', '(referral_id)'],
  takes: [...flagLifecycle.events, 'RedFlagMoved'],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (before, event, id) => {
    const { version, occurredAt } = event;
    if (event.type === 'RedFlagRaised') {
      const { patientId, referralId, sessionId, catalogueId, urgency, source, note, site } = event.data;
      return {
        id,
        patient_id: patientId,
        referral_id: referralId ?? null,
        session_id: sessionId ?? null,
        catalogue_id: catalogueId,
        urgency,
        source,
        status: 'open',
        note: note ?? null,
        answer: null,
        site: site ?? null,
        restricted: isRestrictedFlag(catalogueId),
        calls: [],
        review_due_at: event.data.reviewDueAt ?? null,
        raised_at: occurredAt,
        settled_at: null,
        version,
      };
    }
    if (before === undefined || event.type === 'RedFlagMoved') return undefined;
    switch (event.type) {
      case 'RedFlagCommunicated':
        return { ...before, calls: [...before.calls, event.data], version };
      case 'RedFlagCleared':
        return {
          ...before,
          status: 'cleared',
          answer: event.data.rationale,
          settled_at: occurredAt,
          version,
        };
      case 'RedFlagConfirmed':
        return { ...before, status: 'confirmed', answer: event.data.disposition, version };
    }
  },
});
