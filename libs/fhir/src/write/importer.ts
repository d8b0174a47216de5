/**
 * Imports a bundle by commands through the write door, one thing after the other: organisations and practitioners,
 * then patients, then their conditions. The same bundle again adds nothing; what is refused is counted by its code.
 */
import { createHash } from 'node:crypto';
import {
  consentAggregate,
  organizationAggregate,
  patientAggregate,
  practitionerAggregate,
} from '@fascia/directory';
import type { DiagnosisAggregate } from '@fascia/diagnosis';
import {
  commandIdFrom,
  uuidFrom,
  type Actor,
  type Category,
  type Command,
  type DomainEvent,
} from '@fascia/kernel';
import { canonicalBytes, patiently, type Aggregate, type Outcome, type WriteDoor } from '@fascia/write-door';
import { readBundle } from '../bundle/read-bundle.js';
import type { ImportReport } from '../contract/events.js';
import { commandsFor, type ItemCommand } from './import-commands.js';

type AnyAggregate = Aggregate<never, Command, DomainEvent, never>;

export interface ImporterParts {
  readonly door: WriteDoor;
  readonly diagnoses: DiagnosisAggregate;
}

/** A bundle of hundreds of commands is not given up for one that has to wait (a list that is behind, a store that is busy). */
const PATIENCE_MS = 10_000;

/** Refusals that mean "somebody brought this before". */
const KNOWN = ['ORGANIZATION_EXISTS', 'PRACTITIONER_EXISTS', 'PATIENT_EXISTS', 'DIAGNOSIS_EXISTS'];

type Result = 'added' | 'unchanged' | { readonly code: string };

const resultOf = (outcome: Outcome, before: boolean): Result => {
  switch (outcome.kind) {
    case 'done':
      return before ? 'unchanged' : 'added';
    case 'refused':
      return KNOWN.includes(outcome.refusal.code) ? 'unchanged' : { code: outcome.refusal.code };
    default:
      return { code: outcome.kind };
  }
};

/** Commands on behalf of a person: what they may import is decided before; the directory is written as the importer. */
const importer = (by: Actor): Actor => ({ sub: `import:${by.sub}`, role: 'system' });

export interface ImportRequest {
  readonly json: unknown;
  readonly organizationId: string;
  readonly by: Actor;
}

export const makeImporter = ({ door, diagnoses }: ImporterParts) => {
  const waitingDoor = patiently(door, PATIENCE_MS);
  const aggregates = new Map<Category, AnyAggregate>(
    (
      [
        organizationAggregate,
        practitionerAggregate,
        patientAggregate,
        consentAggregate,
        diagnoses,
      ] as readonly unknown[] as readonly AnyAggregate[]
    ).map((aggregate) => [aggregate.decider.category, aggregate]),
  );

  const run = async ({ category, id, key, command }: ItemCommand, by: Actor): Promise<Result> => {
    const aggregate = aggregates.get(category);
    if (aggregate === undefined) throw new Error(`imports write no ${category}`);
    const actor = importer(by);
    const commandId = commandIdFrom(actor.sub, `${category}-${id}`, key);
    const outcome = await waitingDoor.handle(aggregate, {
      id,
      command,
      by: actor,
      commandId,
      correlationId: commandId,
      causationId: commandId,
    });
    return resultOf(outcome, outcome.kind === 'done' && outcome.repeated);
  };

  return async ({
    json,
    organizationId,
    by,
  }: ImportRequest): Promise<{ id: string; report: ImportReport }> => {
    const { items, ignored, broken } = readBundle(json);
    const byKind: Record<string, { added: number; unchanged: number; refused: number }> = {};
    const refusals = new Map<string, { kind: string; code: string; count: number }>();
    for (const command of items.flatMap((item) => commandsFor(item, organizationId))) {
      const counts = (byKind[command.kind] ??= { added: 0, unchanged: 0, refused: 0 });
      const result = await run(command, by);
      if (typeof result === 'string') {
        counts[result] += 1;
        continue;
      }
      counts.refused += 1;
      const key = `${command.kind} ${result.code}`;
      refusals.set(key, {
        kind: command.kind,
        code: result.code,
        count: (refusals.get(key)?.count ?? 0) + 1,
      });
    }
    const sha256 = createHash('sha256').update(canonicalBytes(json)).digest('hex');
    const report: ImportReport = {
      organizationId,
      sha256,
      byKind,
      ignored: ignored.map(({ resourceType, why, count }) => ({ resourceType, why, count })),
      broken: broken.slice(0, 500).map((fault) => ({ ...fault })),
      refusals: [...refusals.values()],
    };
    return { id: uuidFrom('import', by.sub, organizationId, sha256), report };
  };
};

export type Importer = ReturnType<typeof makeImporter>;
