/** The peer of the HTTP bench: the same application edge and the same command controller, with a door that does nothing. */
import 'reflect-metadata';
import process from 'node:process';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CALLER_DIRECTORY, createTokenVerifier, TOKEN_VERIFIER } from '@fascia/access';
import { createHttpApp, POSITIONS, REFUSAL_ROWS, WRITE_DOOR } from '@fascia/http';
import { createLogger } from '@fascia/observability';
import { taskContext } from '@fascia/task';
import { taskDoors } from '@fascia/task/http';

const [issuer, port, caller] = process.argv.slice(2);
const actor = JSON.parse(caller);
// Nothing is decided behind the door, so nothing looks through a port.
const doors = taskDoors(taskContext({}).aggregate);

class NoopModule {}
Module({})(NoopModule);

const done = (request) => ({
  kind: 'done',
  id: request.id,
  version: 1,
  position: 1n,
  stage: 'offered',
  created: true,
  repeated: false,
});

const http = await createHttpApp(
  {
    module: NoopModule,
    imports: [CqrsModule.forRoot()],
    controllers: doors.commands.flatMap(({ controllers }) => controllers),
    providers: [
      ...doors.commands.flatMap(({ providers }) => providers),
      { provide: REFUSAL_ROWS, useValue: {} },
      { provide: WRITE_DOOR, useValue: { handle: async (_aggregate, request) => done(request) } },
      {
        provide: POSITIONS,
        useValue: { epoch: () => 'noop', head: async () => 0n, waitFor: async () => true },
      },
      {
        provide: TOKEN_VERIFIER,
        useValue: createTokenVerifier({
          issuer,
          audience: 'urn:fascia:api',
          jwks: new URL(`${issuer}/jwks`),
        }),
      },
      { provide: CALLER_DIRECTORY, useValue: { callerOf: async () => actor } },
    ],
  },
  { title: 'No-op', version: '0', logger: createLogger({ level: 'error' }), busyMs: 0 },
);
await http.listen(Number(port));
process.on('SIGTERM', () => {
  void http.stop().then(() => process.exit(0));
});
