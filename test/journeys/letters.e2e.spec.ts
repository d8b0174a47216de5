/** What leaves the network on paper: for whom, saying what, and known again by what is recorded of it. */
import { createHash } from 'node:crypto';
import { until } from '@fascia/testkit';
import { extractText } from 'unpdf';
import { Fascia } from './harness.js';
import { besideItsDatabase } from './log.js';
import type { Person } from './person.js';
import { expectProblem } from './served.js';
import { treatAPatient, type Treated } from './treatment.js';

const JOURNEY_MS = 300_000;

interface Paper {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly headers: Headers;
}

describe('letters', () => {
  let fascia: Fascia;
  let physician: Person;
  let therapist: Person;
  let ids: Treated;

  beforeAll(async () => {
    fascia = new Fascia(await besideItsDatabase());
    await fascia.start();
    [physician, therapist] = [fascia.as('physician-demo'), fascia.as('therapist-demo')];
    writer = therapist;
    ids = await treatAPatient(fascia);
  }, JOURNEY_MS);

  afterAll(() => fascia.dispose(), JOURNEY_MS);

  const order = (): string => `/api/v1/referrals/${ids.referral}/letter.pdf`;
  const outcome = (): string => `/api/v1/referrals/${ids.referral}/outcome/letter.pdf`;

  /** Who wrote last: a letter that is read after it says it, whoever reads. */
  let writer: Person;

  /** Once the lists have what was written. */
  const letter = async (person: Person, path: string): Promise<Paper> => {
    const headers = {
      authorization: `Bearer ${await fascia.token(person.name)}`,
      ...(writer.seen === undefined ? {} : { 'fascia-at-least': writer.seen }),
    };
    let answer: Response | undefined;
    await until(
      async () => {
        answer = await fetch(`${fascia.url}${path}`, { headers });
        return answer.status !== 503;
      },
      { deadlineMs: 60_000, everyMs: 100, message: 'a letter' },
    );
    if (answer === undefined) throw new Error('no answer');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const { text } = await extractText(bytes.slice(), { mergePages: true });
    return { bytes, text: text.replaceAll(/\s+/g, ' '), headers: answer.headers };
  };

  const sha256Of = ({ bytes }: Paper): string => createHash('sha256').update(bytes).digest('hex');

  /** To either side, of one state: processes may still be at work, so nothing has changed where the first is the same again. */
  const toBothSides = (path: string): Promise<readonly [Paper, Paper]> =>
    until(
      async () => {
        const [one, other] = [await letter(physician, path), await letter(therapist, path)];
        return sha256Of(await letter(physician, path)) === sha256Of(one) && ([one, other] as const);
      },
      { deadlineMs: 60_000, message: 'the record to stand still' },
    ).then((both) => both as readonly [Paper, Paper]);

  it('tell what was ordered, to either side of it alike', async () => {
    const [one, other] = await toBothSides(order());
    const { body: referral } = await physician.get(`/api/v1/referrals/${ids.referral}`);
    for (const said of [
      'Referral for soft-tissue mobilization',
      referral.patient.name,
      referral.recipient.name,
      referral.referrer.name,
      'M76.52 Patellar tendinitis, left knee',
      'Knee, left, tendon',
      'Stairs without pain.',
      '8 visits: 2 a week for 4 weeks',
      'Asked: none',
      'Asked and denied: 9',
      'Medicare Part B',
      `Referral ${ids.referral}`,
      'Template referral-1',
    ])
      expect(one.text).toContain(said);
    expect(Buffer.from(one.bytes).equals(Buffer.from(other.bytes))).toBe(true);
  });

  it('are recorded before they leave: by whom, and by the digest of what was given', async () => {
    const given = await letter(physician, order());
    const digest = createHash('sha256').update(given.bytes).digest('base64');
    expect(given.headers.get('repr-digest')).toBe(`sha-256=:${digest}:`);
    expect(given.headers.get('cache-control')).toContain('no-store');
    const auditor = fascia.as('auditor-demo');
    const found = await until(
      async () => {
        const { items } = (await auditor.get(`/api/v1/audit/access?patientId=${ids.patient}&limit=200`))
          .body as {
          items: { what: string; who: { sub: string }; letter: { sha256: string } | null }[];
        };
        return items.find(
          (one) => one.letter?.sha256 === sha256Of(given) && one.who.sub === 'physician-demo',
        );
      },
      { deadlineMs: 60_000, message: 'a record of the letter' },
    );
    expect(found).toMatchObject({
      what: 'referral-letter',
      outcome: 'shown',
      route: 'GET /api/v1/referrals/:id/letter.pdf',
      letter: { template: 'referral-1', position: /position (\d+)/.exec(given.text)?.[1] },
    });
  });

  it('are not there before there is anything to say', async () => {
    const { id } = await physician.does('/api/v1/referrals', { patientId: ids.patient, content: {} });
    expectProblem(await physician.get(`/api/v1/referrals/${id as string}/letter.pdf`), 409, 'LETTER_NOT_YET');
    expectProblem(await physician.get(outcome()), 409, 'LETTER_NOT_YET');
  });

  it('are for nobody else', async () => {
    const stranger = fascia.as('physician-two-demo');
    for (const path of [order(), outcome(), '/api/v1/referrals/nothing/letter.pdf'])
      expectProblem(await stranger.get(path), 404, 'NOT_FOUND');
  });

  it('say what treatment came to once that is reported, as it stands, and are others once more is said', async () => {
    await therapist.does(`/api/v1/referrals/${ids.referral}/report-outcome`, {
      kind: 'plateau',
      summary: 'Better on stairs.\nNo further change.',
      noFinalMeasuresReason: 'They moved away.',
    });
    await physician.get(`/api/v1/referrals/${ids.referral}`);
    const [first, other] = await toBothSides(outcome());
    for (const said of [
      'Outcome of soft-tissue mobilization',
      'No further change',
      'Better on stairs.',
      'Pain (NPRS): Knee',
      'Stairs at most 2.',
      'Better by 3',
      'Range of motion: Knee, flexion, left, active',
      'Cannot be compared: it differs in: device',
      'Wellbeing',
      'visit given',
      'Template outcome-1',
    ])
      expect(first.text).toContain(said);
    expect(sha256Of(other)).toBe(sha256Of(first));
    await physician.does(`/api/v1/referrals/${ids.referral}/acknowledge-outcome`);
    writer = physician;
    await physician.get(`/api/v1/referrals/${ids.referral}`);
    const closed = await letter(physician, outcome());
    expect([closed.text.includes('Acknowledged'), sha256Of(closed) === sha256Of(first)]).toEqual([
      true,
      false,
    ]);
  });
});
