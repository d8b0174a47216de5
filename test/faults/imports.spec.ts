/**
 * Files of two clinics in which the same ids mean different people, and twins: whatever their order, every fact ends on whom it is about,
 * and the end is the same.
 */
import { aggregates } from '@fascia/composition';
import fc from 'fast-check';
import { PersonsWorld } from './persons.world.js';

const SNOMED = 'http://snomed.info/sct';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const WARFARIN = '11289';
/** Codes that are soft tissue, so that each is taken. */
const CODES = ['279039007', '278860009', '81680005', '202855006'];
const SYSTEMS = ['https://north.example/fhir', 'https://south.example/fhir'] as const;

interface Human {
  /** As the source has it: the same in both clinics for different people. */
  readonly id: string;
  readonly clinic: 0 | 1;
  /** Of twins the same. */
  readonly name: string;
  readonly born: string;
  /** By the second file: another name, an end (of the diagnosis and of a medicine), a death, or that they were never so. */
  readonly later: 'same' | 'renamed' | 'ended' | 'died' | 'retracted';
}

const human = (clinic: 0 | 1, index: number) =>
  fc.record({
    id: fc.constant(String(index)),
    clinic: fc.constant(clinic),
    name: fc.constantFrom('Twin', 'Nordström', 'Ito'),
    born: fc.constantFrom('1980-05-01', '1991-01-01'),
    later: fc.constantFrom('same', 'renamed', 'ended', 'died', 'retracted'),
  } as const);

const humans: fc.Arbitrary<readonly Human[]> = fc.tuple(
  ...([0, 1] as const).flatMap((clinic) => [1, 2, 3].map((index) => human(clinic, index))),
);

/** Tells whose a condition is: no two people have an onset in common. */
const onsetOf = ({ clinic, id }: Human): string => `20${String(clinic)}${id}-03`;
const codeOf = ({ id }: Human): string => CODES[Number(id)] ?? '';

const resourcesOf = (of: Human, state: 0 | 1): readonly object[] => {
  const meta = { lastUpdated: `2026-0${String(state + 1)}-01T00:00:00Z` };
  const now = state === 1 ? of.later : 'same';
  return [
    {
      resourceType: 'Patient',
      id: of.id,
      meta,
      name: [{ family: of.name, given: [now === 'renamed' ? 'Later' : 'First'] }],
      birthDate: of.born,
      gender: 'female',
      ...(now === 'died' ? { deceasedDateTime: '2026-01-15' } : {}),
    },
    {
      resourceType: 'Condition',
      id: of.id,
      meta,
      subject: { reference: `Patient/${of.id}` },
      code: { coding: [{ system: SNOMED, code: codeOf(of) }] },
      onsetDateTime: onsetOf(of),
      clinicalStatus: { coding: [{ code: now === 'ended' ? 'resolved' : 'active' }] },
      verificationStatus: { coding: [{ code: now === 'retracted' ? 'entered-in-error' : 'confirmed' }] },
    },
    {
      resourceType: 'MedicationRequest',
      id: of.id,
      meta,
      status: now === 'ended' ? 'stopped' : now === 'retracted' ? 'entered-in-error' : 'active',
      intent: 'order',
      subject: { reference: `Patient/${of.id}` },
      medicationCodeableConcept: { coding: [{ system: RXNORM, code: WARFARIN }] },
    },
  ];
};

interface File {
  readonly clinic: 0 | 1;
  readonly state: 0 | 1;
}

const FILES: readonly File[] = ([0, 1] as const).flatMap((clinic) =>
  ([0, 1] as const).map((state) => ({ clinic, state })),
);

/** Some files come twice. */
const orders = fc
  .tuple(fc.shuffledSubarray([...FILES], { minLength: FILES.length }), fc.subarray([...FILES]))
  .map(([all, again]) => [...all, ...again]);

const bundleOf = (people: readonly Human[], { clinic, state }: File): object => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: people
    .filter((one) => one.clinic === clinic)
    .flatMap((one) => resourcesOf(one, state))
    .map((resource) => ({ resource })),
});

const played = async (people: readonly Human[], files: readonly File[]): Promise<PersonsWorld> => {
  const world = new PersonsWorld();
  for (const { clinic, state } of files) {
    await world.import(bundleOf(people, { clinic, state }), clinic, SYSTEMS[clinic]);
  }
  return world;
};

/** What is on record of somebody, in words that no id is in. */
const onRecord = async (world: PersonsWorld, of: Human) => {
  const system = SYSTEMS[of.clinic];
  const patientId = await world.importedId(`Patient/${of.id}`, of.clinic, system);
  const patient = await world.load(aggregates.patients, patientId);
  const diagnosis = await world.load(
    aggregates.diagnoses,
    await world.importedId(`Condition/${of.id}`, of.clinic, system),
  );
  const stands = diagnosis?.verification === 'provisional' && !diagnosis.resolved;
  const precautionId = await world.importedId(
    JSON.stringify(['precaution', `Patient/${of.id}`, 'P01', 'rxnorm', WARFARIN]),
    of.clinic,
    system,
  );
  const precaution = await world.load(aggregates.precautions, precautionId);
  return {
    precaution: precaution?.status,
    warnedOf: precaution?.patientId === patientId,
    name: patient?.demographics.name,
    born: patient?.birthDate,
    died: patient?.death?.on,
    diagnosis: diagnosis && {
      isTheirs: diagnosis.patientId === patientId,
      stands,
      ...(stands ? { onset: diagnosis.finding.onset, snomed: diagnosis.finding.snomed } : {}),
    },
  };
};

const expected = (of: Human) => ({
  precaution: of.later === 'ended' || of.later === 'retracted' ? 'dismissed' : 'proposed',
  warnedOf: true,
  name: { family: of.name, given: [of.later === 'renamed' ? 'Later' : 'First'], prefix: [] },
  born: of.born,
  died: of.later === 'died' ? '2026-01-15' : undefined,
  diagnosis:
    of.later === 'ended' || of.later === 'retracted'
      ? { isTheirs: true, stands: false }
      : { isTheirs: true, stands: true, onset: onsetOf(of), snomed: codeOf(of) },
});

describe('files of two clinics, in any order, some of them twice', () => {
  it('end with every fact on whom it is about', async () => {
    await fc.assert(
      fc.asyncProperty(humans, orders, async (people, files) => {
        const world = await played(people, files);
        for (const one of people) expect(await onRecord(world, one)).toEqual(expected(one));
      }),
      { numRuns: 25 },
    );
  });

  it('bring nothing when they come once more', async () => {
    await fc.assert(
      fc.asyncProperty(humans, async (people) => {
        const world = await played(people, FILES);
        const before = (await world.log.head()).position;
        const last = FILES.filter(({ state }) => state === 1);
        for (const file of last)
          await world.import(bundleOf(people, file), file.clinic, SYSTEMS[file.clinic]);
        expect((await world.log.head()).position).toBe(before);
      }),
      { numRuns: 5 },
    );
  });

  it('are told apart by their clinic, or two people would be one', async () => {
    const people = fc.sample(humans, { numRuns: 1, seed: 7 })[0] ?? [];
    const world = await played(people, FILES);
    const ids = await Promise.all(
      people.map((one) => world.importedId(`Patient/${one.id}`, one.clinic, SYSTEMS[one.clinic])),
    );
    expect(new Set(ids).size).toBe(people.length);
  });
});
