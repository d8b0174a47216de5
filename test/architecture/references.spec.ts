/**
 * Every id in every body: it says what it is of, its aggregate says whose that has to be, and what is another's is answered as what is not
 * there. The commands are those that there are; nothing here lists them.
 */
import { aggregateByCategory } from '@fascia/composition';
import type { Category, Command } from '@fascia/kernel';
import { acts, creates, id, line, list, ref, shape, type Commands } from '@fascia/kernel/contract';
import { commandsAsked, INVENTED, naming, ReferencesWorld, type Ref } from './references.world.js';

interface Place {
  readonly category: Category;
  readonly type: string;
  readonly refs: readonly Ref[];
  readonly ref: Ref;
  readonly rule: unknown;
}

const PLACES: readonly Place[] = [...aggregateByCategory].flatMap(([category, { commands, references }]) =>
  commandsAsked(commands).flatMap(([type, refs]) =>
    refs.map((one) => ({
      category,
      type,
      refs,
      ref: one,
      rule: (references as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[type]?.[one.path],
    })),
  ),
);

const nameless = (commands: Commands): readonly string[] =>
  commandsAsked(commands).flatMap(([type, refs]) =>
    refs.filter(({ to }) => to === undefined).map(({ path }) => `${type} ${path}`),
  );

describe('ids in bodies', () => {
  it('say what they are of', () => {
    expect([...aggregateByCategory.values()].flatMap(({ commands }) => nameless(commands))).toEqual([]);
  });

  it('are found wherever they stand', () => {
    const inner = shape('Inner', { documentId: ref('document'), note: line(10) });
    const commands = {
      Make: creates('Make it', { patientId: ref('patient'), things: list(inner, { max: 3 }) }),
      Move: acts('move', 'Move it', { toId: id(), ofIds: list(ref('flag'), { max: 3 }) }),
    };
    expect(
      commandsAsked(commands).map(([type, refs]) => [
        type,
        refs.map(({ path, to }) => `${path} ${String(to)}`),
      ]),
    ).toEqual([
      ['Make', ['patientId patient', 'things.documentId document']],
      ['Move', ['toId undefined', 'ofIds flag']],
    ]);
    expect(nameless(commands)).toEqual(['Move toId']);
  });

  it('are each judged by their aggregate, and nothing else is', () => {
    const listed = [...aggregateByCategory.values()].flatMap(({ references }) =>
      Object.entries(references).flatMap(([type, paths]) =>
        Object.keys(paths).map((path) => `${type} ${path}`),
      ),
    );
    expect(listed.toSorted()).toEqual(PLACES.map(({ type, ref: { path } }) => `${type} ${path}`).toSorted());
  });
});

/** Of the directory: everybody may name any of them. */
const ANYBODYS = ['listing', 'organization'];
/** What who is nothing to it is told. */
const NOBODYS = ['forbidden', 'notFound'];
/** Beside ids, what a rule needs to come to them. */
const MORE = { reason: 'Because.', category: 'flag', assignment: 'stays' };

/** An order may be superseded by one that is still to come; what is there already has to be the patient's. */
const MAY_COME = ['replacementId'];
const isThere = ({ ref: { path } }: Place): boolean => !MAY_COME.includes(path);

/** There are none yet. */
const KEPT_NOWHERE = ['authorization', 'location'];

const isList = ({ steps }: Ref): boolean => typeof steps.at(-1) !== 'string';

const pointerOf = ({ steps }: Ref): string =>
  steps
    .map((step, index) => (typeof step === 'string' ? `/${step}` : index === steps.length - 1 ? '/1' : '/0'))
    .join('');

const gist = (told: string): { readonly code: string; readonly pointer: string } => {
  const { code, pointer } = JSON.parse(told) as { readonly code: string; readonly pointer: string };
  return { code, pointer };
};

describe('what is named', () => {
  const world = new ReferencesWorld();
  const ownOf = ({ path, to }: Ref): string =>
    path === 'subject.id'
      ? world.own('referral')
      : path === 'replacementId'
        ? world.another
        : world.own(to ?? 'anything');
  const commandWith = ({ type, refs, ref: asked, category }: Place, named: string): Command => {
    const others = refs.filter((one) => one !== asked && !KEPT_NOWHERE.includes(String(one.to)));
    // Of a list the second: the first is in order.
    const first = isList(asked) && named !== ownOf(asked) ? [[asked, ownOf(asked)] as const] : [];
    const ids = naming([...others.map((one) => [one, ownOf(one)] as const), ...first, [asked, named]]);
    const subject = { category: 'referral', id: asked.path === 'subject.id' ? named : world.own('referral') };
    return { ...MORE, ...ids, ...(category === 'task' ? { subject } : {}), type };
  };
  const answers = (place: Place, named: string) =>
    Promise.all(world.people.map((by) => world.ask(place.category, commandWith(place, named), by)));

  beforeAll(() => world.made());

  const rows = PLACES.map((place) => [`${place.type} ${place.ref.path}`, place] as const);

  const looked = rows.filter(([, place]) => isThere(place));

  it.each(looked)("is answered the same, somebody else's or invented: %s", async (_name, place) => {
    const invented = await answers(place, INVENTED);
    const isPublic = ANYBODYS.includes(String(place.ref.to)) && place.category !== 'task';
    for (const foreign of world.foreign(place.ref.to ?? 'anything').slice(isPublic ? 1 : 0))
      expect(await answers(place, foreign)).toEqual(invented);
  });

  it.each(rows.filter(([, place]) => !isThere(place)))(
    "is refused where it is somebody else's, and passes where nothing has the id yet: %s",
    async (_name, place) => {
      const [foreign = ''] = world.foreign(place.ref.to ?? 'anything');
      const told = (await answers(place, foreign)).filter((one) => !NOBODYS.includes(one));
      expect(new Set(told.map((one) => gist(one).code))).toEqual(new Set(['REFERENCE_UNKNOWN']));
      expect((await answers(place, INVENTED)).join()).not.toContain('REFERENCE_UNKNOWN');
    },
  );

  it.each(looked)(
    'is refused where it is not there, and says where it stands: %s',
    async (_name, { rule, ...place }) => {
      const told = new Set(await answers({ rule, ...place }, INVENTED));
      expect(told).not.toContain('done');
      if (rule === 'access') expect([...told].filter((one) => !NOBODYS.includes(one))).toEqual([]);
      if (typeof rule === 'function')
        expect([...told].filter((one) => !NOBODYS.includes(one)).map(gist)).toEqual([
          { code: 'REFERENCE_UNKNOWN', pointer: pointerOf(place.ref) },
        ]);
    },
  );

  it.each(
    rows.filter(
      ([
        ,
        {
          rule,
          ref: { to },
        },
      ]) => rule !== 'rule' && !KEPT_NOWHERE.includes(String(to)),
    ),
  )('is passed by where it belongs: %s', async (_name, place) => {
    const told = await answers(place, ownOf(place.ref));
    expect(told.filter((one) => !NOBODYS.includes(one) && !one.includes('"REFERENCE_UNKNOWN"'))).not.toEqual(
      [],
    );
  });
});
