/** Event stores with one deliberate defect each, and the check that has to notice it. */
import type { StoreFactory } from './check.js';
import { SketchEventStore } from './sketch-event-store.js';
import {
  AcknowledgesBeforeDurable,
  AlreadyWithNewestVersion,
  AnswersItsFirstEvent,
  BlindAppend,
  CheckThenAct,
  CommandIdsOfAllStreams,
  CommandRace,
  ConflictWithoutActual,
  ConflictWithTheExpected,
  DigestOfDataOnly,
  EventIdsOfOneStream,
  EventIdsUnchecked,
  ForgetsCommands,
  HalfCommands,
  IgnoresRequestDigest,
  LostTail,
  NoSizeLimit,
  RawSequence,
  ReorderedBatch,
  RepeatInRequestUnseen,
  ReserialisedBytes,
  SequenceWithHoles,
  SharedFate,
  SilentConflict,
  VersionBeforeCommand,
} from './wrong-appends.js';
import {
  DeafSubscription,
  EndlessSubscription,
  GapBetweenReadingAndListening,
  HeadBehind,
  NearestPosition,
  PositionOffByOne,
  ReadsFromTheNext,
  RepeatingSubscription,
  SteppingClock,
  TextOrder,
  UnboundedPages,
} from './wrong-reads.js';

const factoryOf =
  (Store: new () => SketchEventStore): StoreFactory =>
  async () => {
    const store = new Store();
    return { store, crash: async () => store.crash(), close: async () => store.close() };
  };

/** The same store without a defect: passes every check. */
export const sketchStore: StoreFactory = factoryOf(SketchEventStore);

export interface WrongStore {
  readonly defect: string;
  readonly factory: StoreFactory;
  /** Name of a check that has to fail. */
  readonly caughtBy: string;
}

const VERSION = 'a wrong version is answered with the actual one, and nothing is stored';
const ONE_WINS = 'of parallel appends to one stream exactly one wins each version';
const IN_ORDER = 'every event of a command is stored, in its order';
const SUBSCRIPTION = 'a subscription delivers everything once, in order, and wakes';
const FORWARD = 'a reader who only moves forward misses nothing while others write';
const TWO_CALLERS = 'two callers at once with one command store it once';
const IDS_IN_STREAM = 'an event id is taken once in a stream and once in a request';
const AT = 'a position is where its event stands, and nothing stands elsewhere';
const AGAIN = 'the same command again answers `already` with the first result';

const row = (defect: string, Store: new () => SketchEventStore, caughtBy: string): WrongStore => ({
  defect,
  factory: factoryOf(Store),
  caughtBy,
});

export const wrongStores: readonly WrongStore[] = [
  row('position from a raw sequence', RawSequence, FORWARD),
  row('positions ordered as text', TextOrder, FORWARD),
  row('a sequence with holes', SequenceWithHoles, 'positions count up by one where that is promised'),
  row('a conflict that is not told', SilentConflict, VERSION),
  row('expected version ignored', BlindAppend, VERSION),
  row('looks first, writes later', CheckThenAct, ONE_WINS),
  row('a conflict without the actual version', ConflictWithoutActual, VERSION),
  row(
    'a conflict with the version that was expected',
    ConflictWithTheExpected,
    'a conflict never names the version that was expected',
  ),
  row('the last event of a command lost', LostTail, IN_ORDER),
  row(
    'the first event answered instead of the last',
    AnswersItsFirstEvent,
    'an append answers the version and position of its last event',
  ),
  row('a command looked for too early', CommandRace, TWO_CALLERS),
  row('a head that lags', HeadBehind, 'the head is the last event, in a log with one name'),
  row('events of a command in another order', ReorderedBatch, IN_ORDER),
  row('half a command visible', HalfCommands, 'a command is visible in full or not at all'),
  row(
    'acknowledged before durable',
    AcknowledgesBeforeDurable,
    'what was acknowledged survives kill -9, and the rest can be sent again',
  ),
  row('one bad command fails its neighbours', SharedFate, 'one bad command never fails its neighbours'),
  row('commands forgotten', ForgetsCommands, AGAIN),
  row('request digest ignored', IgnoresRequestDigest, 'another request under the same command id is refused'),
  row('version judged before the command id', VersionBeforeCommand, AGAIN),
  row(
    'command ids of all streams in one heap',
    CommandIdsOfAllStreams,
    'a command id stands for a request within its stream only',
  ),
  row('`already` with the newest version', AlreadyWithNewestVersion, AGAIN),
  row('event ids not checked', EventIdsUnchecked, IDS_IN_STREAM),
  row('an event id twice in one request', RepeatInRequestUnseen, IDS_IN_STREAM),
  row(
    'event ids of one stream where the log is promised',
    EventIdsOfOneStream,
    'an event id of another stream is refused where that is promised, and taken elsewhere',
  ),
  row('no size limit', NoSizeLimit, '1 MiB is taken, one byte more is refused before anything is stored'),
  row('bytes read and written anew', ReserialisedBytes, 'bytes come back as they were given'),
  row('digest of the data only', DigestOfDataOnly, 'a stored event says whose it is and carries its digest'),
  row('a clock that steps back', SteppingClock, 'the recording time never decreases along the log'),
  row('pages without bound', UnboundedPages, 'pages are bounded and continue where the last one ended'),
  row('the nearest event instead of none', NearestPosition, AT),
  row('the event after the position', PositionOffByOne, AT),
  row(
    'reading from the next version',
    ReadsFromTheNext,
    'pages are bounded and continue where the last one ended',
  ),
  row('a subscription that repeats', RepeatingSubscription, SUBSCRIPTION),
  row('a gap between reading and listening', GapBetweenReadingAndListening, SUBSCRIPTION),
  row('a subscription that does not wake', DeafSubscription, SUBSCRIPTION),
  row(
    'a subscription that does not end',
    EndlessSubscription,
    'a subscription ends when told to, also while it waits',
  ),
];
