/** The operator is told of orders of which nobody would hear: looked for in the lists, whatever it is that asks. */
import { until } from '@fascia/testkit';
import { Courses } from '../journeys/courses.js';
import { Running, type RunningParts } from './running.world.js';

const SPEC_MS = 300_000;
const WITHIN_MS = 60_000;

interface Silent {
  readonly referrals: number;
  readonly ids: readonly string[];
}

/** An order is sent. @returns what operators are told, once it is what is looked for */
const toldOf = async (parts: RunningParts, wanted: (silent: Silent) => boolean): Promise<string> => {
  const running = await Running.start({ ...parts, environment: { FASCIA_UNANSWERED_SECONDS: '1' } });
  try {
    const courses = await Courses.on(running);
    await courses.sentFor(courses.patientId);
    expect(await running.standingStill()).toEqual([]);
    let said: Silent | undefined;
    await until(
      async () => {
        const { body } = await running.as('operator-demo').send('GET', '/api/v1/admin/status');
        said = (body as { readonly silent: Silent | null }).silent ?? undefined;
        return said !== undefined && wanted(said);
      },
      { deadlineMs: WITHIN_MS, message: () => `other silent orders than ${JSON.stringify(said)}` },
    );
    return said?.ids.join(' ') ?? '';
  } finally {
    await running.stop();
  }
};

it(
  'there are none as long as somebody is asked',
  async () => {
    expect(await toldOf({}, ({ referrals }) => referrals === 0)).toBe('');
  },
  SPEC_MS,
);

it(
  'they are counted and named where nobody is asked',
  async () => {
    const deaf: RunningParts['process'] = (process) =>
      process.name === 'ask-for-the-next-fact' ? { ...process, takes: [] } : process;
    expect(await toldOf({ process: deaf }, ({ referrals }) => referrals > 0)).toMatch(/^[\da-f-]{36}( |$)/);
  },
  SPEC_MS,
);
