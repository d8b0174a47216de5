/** Fact tools over streams and rows that a spec writes down: what other contexts would have stored. */
import type { DiagnosisEvent } from '@fascia/diagnosis';
import type { PractitionerEvent } from '@fascia/directory';
import { fold, type Command, type DomainEvent, type Fact } from '@fascia/kernel';
import type { ReferralEvent } from '@fascia/referral';
import { past } from '@fascia/testkit';
import type { Aggregate, FactTools, View } from '@fascia/write-door';
import { CLINIC, PATIENT, PRACTICE, THERAPIST, uuid } from '../domain/plan.scenes.spec-data.js';

type Streams = Readonly<Record<string, readonly Fact<DomainEvent>[]>>;
type Tables = Readonly<Record<string, readonly object[]>>;

const tableIn = (sql: string): string => /from "read"\."(\w+)"/.exec(sql)?.[1] ?? '';

/** Rows are answered whole: which ones a question picks is PostgreSQL's to say. */
export const toolsOver = (streams: Streams, tables: Tables = {}): FactTools => ({
  load: <S, C extends Command, E extends DomainEvent, F>(aggregate: Aggregate<S, C, E, F>, id: string) => {
    const stream = `${aggregate.decider.category}-${id}` as const;
    const facts = (streams[stream] ?? []) as readonly Fact<E>[];
    return Promise.resolve({
      state: fold<S, E>(aggregate.decider as never, facts),
      version: facts.length,
      stream,
    });
  },
  view: <S, E extends DomainEvent, T>({ folds, of }: View<S, E, T>, id: string) =>
    Promise.resolve(of(fold<S, E>(folds, (streams[`${folds.category}-${id}`] ?? []) as readonly Fact<E>[]))),
  lookup: (question) =>
    question.run({
      query: <T extends object>(text: string) =>
        Promise.resolve((tables[tableIn(text)] ?? []) as readonly T[]),
    }),
});

const LISTING = uuid(50);

export const acceptedReferral = (more: readonly ReferralEvent[] = []): readonly Fact<ReferralEvent>[] => {
  const content = {
    sites: [
      { region: 'shoulder', side: 'right', tissues: [] },
      { region: 'tail', tissues: [] },
    ],
    service: { code: 'STM' as const, techniquesPreferred: [], techniquesExcluded: ['CUP'] },
    payer: { profile: 'US-MEDICARE-B' as const },
    target: { kind: 'directed' as const, listingId: LISTING },
  };
  const sent: ReferralEvent = {
    type: 'ReferralSent',
    data: {
      patientId: PATIENT,
      referrerOrganizationId: PRACTICE,
      legNo: 1,
      placement: { target: content.target, organizationIds: [CLINIC] },
      content,
      diagnosisCodes: ['M75.21'],
      validUntil: '2026-06-30T23:59:59.999Z',
      basis: { kind: 'TREATMENT' },
      signature: { practitionerId: uuid(91), at: '2026-03-20T09:00:00.000Z' },
    },
  };
  const events: readonly ReferralEvent[] = [
    sent,
    { type: 'ReferralReceived', data: {} },
    { type: 'ReferralAccepted', data: {} },
    ...more,
  ];
  return events.map((event) => past(event));
};

export const licensed = (taxonomies: string[], to = '2026-12-31'): readonly Fact<PractitionerEvent>[] => {
  const events: readonly PractitionerEvent[] = [
    {
      type: 'PractitionerEnrolled',
      data: { name: { family: 'Okafor', given: ['Ada'], prefix: [] }, taxonomies, roles: [], address: [] },
    },
    { type: 'LicenceRecorded', data: { state: 'CA', number: 'PT 1', kind: 'PT', from: '2025-01-01', to } },
  ];
  return events.map((event) => past(event, THERAPIST));
};

export const diagnosed = (more: readonly DiagnosisEvent[] = []): readonly Fact<DiagnosisEvent>[] => {
  const recorded: DiagnosisEvent = {
    type: 'DiagnosisRecorded',
    data: {
      patientId: PATIENT,
      verification: 'confirmed',
      source: 'clinician',
      tissues: ['tendon'],
      dysfunction: 'tendinopathy',
    },
  };
  return [recorded, ...more].map((event) => past(event));
};
