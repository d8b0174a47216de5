/** The doors that are open: every context's commands and queries, and what they are given. */
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CALLER_DIRECTORY, TOKEN_VERIFIER, type TokenVerifier } from '@fascia/access';
import { assessmentCommands, AssessmentQueries } from '@fascia/assessment';
import { AuditQueries, REPLAY } from '@fascia/audit';
import { diagnosisCommands, DiagnosisQueries, ICD_CATALOGUE, loadIcdCatalogue } from '@fascia/diagnosis';
import { directoryCommands, DirectoryQueries, PatientQueries, TimelineQueries } from '@fascia/directory';
import { Imports, IMPORTS, makeImporter } from '@fascia/fhir';
import { EventDocsModule, POSITIONS, WRITE_DOOR, type CommandDoor, type Positions } from '@fascia/http';
import { planCommands, PlanQueries } from '@fascia/plan';
import { READ_DESK } from '@fascia/read-store';
import { CHECK_PORT, makeSendCheck, referralCommands, ReferralQueries } from '@fascia/referral';
import { flagCommands, FlagQueries } from '@fascia/safety';
import { sessionCommands, SessionQueries } from '@fascia/session';
import { taskCommands, TaskQueries } from '@fascia/task';
import { callerDirectory } from './callers.js';
import { aggregates, deciderByCategory } from './contexts.js';
import { eventDocs } from './event-docs.js';
import { Operations, OPERATIONS } from './operations.js';
import type { Platform } from './platform.js';

const DOORS: readonly CommandDoor[] = [
  ...directoryCommands, diagnosisCommands(aggregates.diagnoses), referralCommands(aggregates.referrals), planCommands(aggregates.plans),
  sessionCommands(aggregates.sessions), assessmentCommands(aggregates.assessments), flagCommands(aggregates.flags), taskCommands,
];

const QUERIES = [
  PatientQueries, TimelineQueries, DirectoryQueries, DiagnosisQueries, ReferralQueries, PlanQueries, SessionQueries, AssessmentQueries, FlagQueries,
  TaskQueries, AuditQueries, Imports, Operations,
];

const positionsOf = ({ store, host }: Platform): Positions => ({
  epoch: () => host.epoch,
  head: async () => (await store.head()).position,
  waitFor: (position, timeoutMs) => host.waitFor(position, timeoutMs),
});

const value = (provide: symbol, useValue: unknown): Provider => ({ provide, useValue });

@Module({})
export class AppModule {
  static of(platform: Platform, verifier: TokenVerifier, operators: readonly string[]): DynamicModule {
    const { door, desk, tools, clock, rows, store, codec, admin, host } = platform;
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot(), EventDocsModule.of(eventDocs)],
      controllers: [...QUERIES, ...DOORS.flatMap(({ controllers }) => controllers)],
      providers: [
        ...DOORS.flatMap(({ providers }) => providers),
        value(WRITE_DOOR, door),
        value(READ_DESK, desk),
        value(POSITIONS, positionsOf(platform)),
        value(TOKEN_VERIFIER, verifier),
        value(CALLER_DIRECTORY, callerDirectory(rows, host, operators)),
        value(ICD_CATALOGUE, loadIcdCatalogue),
        value(CHECK_PORT, makeSendCheck({ tools, desk, clock })),
        value(IMPORTS, { door, tools, run: makeImporter({ door, diagnoses: aggregates.diagnoses }) }),
        value(REPLAY, { store, codec, deciders: deciderByCategory }),
        value(OPERATIONS, { admin, host, policy: platform.policy }),
      ],
    };
  }
}
