/** What operators are answered (operations.ts), in the words of contracts: ids, names of code, and numbers alone. */
import {
  answer,
  anything,
  decimal,
  integer,
  many,
  moment,
  orNull,
  uuid,
  words,
  yesOrNo,
  type AnswerOf,
} from '@fascia/kernel/contract';

const position = words('Decimal; of the whole log.');

export const model = answer({
  name: words(),
  version: integer(),
  rows: integer(),
  position,
  behind: words('Decimal: positions still to come.'),
  behindSeconds: orNull(
    decimal('Age, at least, of the oldest event that it has not taken; null when it has all.'),
  ),
  parked: many(
    answer({
      stream: words(),
      fromVersion: integer(),
      error: words(),
      since: moment(),
      held: yesOrNo('Events are held back; if not, some were passed over, and rows are shown without them.'),
      whole: yesOrNo('A retry takes it from the beginning of the stream.'),
      aboutPatient: yesOrNo(
        "Rules about this patient, and this patient's lists, are answered with 503 meanwhile.",
      ),
    }),
  ),
  building: orNull(answer({ slicesReady: integer(), slices: integer() })),
});

export const rebuilt = answer({
  name: words(),
  done: yesOrNo('False: it goes on beside the live table; the list shows how far it is.'),
});

const parked = answer({
  follower: words(),
  subject: words("A process's instance, a timer, or a stream that cannot be read."),
  error: words(),
  since: moment(),
});

export const status = answer({
  readiness: answer({
    ready: yesOrNo('Whether the process that answers should get requests.'),
    checks: many(
      answer({
        name: words(),
        ok: yesOrNo(),
        detail: words(
          'For an operator; empty where there is nothing to say. Also of what is fine otherwise.',
        ),
      }),
      'As its /health/ready has them.',
    ),
  }),
  log: answer({ position, epoch: words() }),
  relay: orNull(
    answer({
      position,
      ageSeconds: decimal('Of the oldest event that was not handed to Kafka yet.'),
    }),
  ),
  followers: many(
    answer({
      follower: words(),
      partition: integer(),
      partitions: integer(),
      position,
      behind: words('Decimal.'),
    }),
  ),
  stalled: many(
    answer({ follower: words(), partition: integer(), seconds: decimal('Since it moved last.') }),
    'Whoever has something to come and has not moved for the stated time.',
  ),
  clocks: answer({
    logAheadSeconds: decimal("How far the last event's recordedAt is ahead of this process's clock."),
    databaseAheadSeconds: decimal("The database's clock less this process's."),
    trouble: words('What is wrong, in words; empty when clocks agree within the stated time.'),
  }),
  unanswered: answer({
    commands: integer('Of process managers, without an outcome for longer than the stated time.'),
    oldestSeconds: decimal(),
  }),
  silent: orNull(
    answer({
      referrals: integer('Open, and nobody is asked for the next step, and no visit is to come.'),
      ids: many(uuid(), 'Of the first of them. Null instead of both while a list that tells is being built.'),
    }),
  ),
  parked: many(parked, 'What followers could not take; everything else goes on.'),
  processes: many(
    answer({
      id: uuid(),
      name: words(),
      host: words(),
      pid: integer(),
      startedAt: moment(),
      seenAt: moment(),
      present: yesOrNo(),
      doing: anything('What it is busy with.'),
    }),
  ),
});

export const verification = answer({
  name: words(),
  rows: integer(),
  position,
  live: words(),
  rebuilt: words(),
  same: yesOrNo(),
});

export const begun = answer({ process: words(), after: words('Decimal, or start.') });

export type Status = AnswerOf<typeof status>;
export type Begun = AnswerOf<typeof begun>;
