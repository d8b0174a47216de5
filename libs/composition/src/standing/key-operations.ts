/** Master keys over HTTP, for operators: which there are, and turning them over. Ids and counts only. */
import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { Answers, ApiProblems } from '@fascia/http';
import { holdLock, inTransaction } from '@fascia/delivery';
import type { AccessPolicy, Actor, Rows } from '@fascia/kernel';
import { answer, integer, many, words, yesOrNo } from '@fascia/kernel/contract';
import { keyStatus, turnOver, type KeyStatus, type MasterKeys, type TurnedOver } from '@fascia/sealing';
import type { Pool } from 'pg';
import { assertOperator } from './operator.js';

export interface KeyOperationsParts {
  /** For what takes long by nature: the lock is held in a transaction that lies idle meanwhile. */
  readonly unhurried: Pool;
  readonly rows: Rows;
  readonly masters: MasterKeys;
  readonly policy: AccessPolicy;
}

const status = answer({
  current: words('Id of the master key that new keys are wrapped under.'),
  known: many(words(), 'Ids of the master keys that this process has.'),
  wrapped: many(
    answer({ masterKey: words(), keys: integer() }),
    "How many people's keys are wrapped under each: one that none is under is needed for backups only.",
  ),
  erased: integer('People whose key was taken away.'),
});

const turnedOver = answer({
  made: yesOrNo('False where FASCIA_KEYS gives the keys, or to go on with what was broken off.'),
  current: words(),
  rewrapped: integer(),
  damaged: integer('Keys that do not open under the master key that they name: left as they are.'),
});

export const KEY_OPERATIONS = Symbol('KEY_OPERATIONS');

@ApiTags('Operation')
@Controller('api/v1/admin/keys')
export class KeyOperations {
  constructor(@Inject(KEY_OPERATIONS) private readonly parts: KeyOperationsParts) {}

  @Get()
  @ApiOperation({ operationId: 'showKeys', summary: 'Master keys, and how many keys are wrapped under each' })
  @Answers(status)
  @ApiProblems(401, 403)
  show(@Caller() by: Actor): Promise<KeyStatus> {
    assertOperator(this.parts.policy, by);
    return keyStatus(this.parts.rows, this.parts.masters);
  }

  @Post('rotate')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'rotateKeys',
    summary: 'Turn the master key over: a new one where it is ours to make, every key rewrapped under it',
  })
  @Answers(turnedOver)
  @ApiProblems(401, 403)
  rotate(@Caller() by: Actor): Promise<TurnedOver> {
    assertOperator(this.parts.policy, by);
    const { unhurried, rows, masters } = this.parts;
    // One at a time, whichever process is asked: two would each make a key, and one be lost.
    return inTransaction(unhurried, async (client) => {
      await holdLock(client, 'keys');
      return turnOver(rows, masters);
    });
  }
}
