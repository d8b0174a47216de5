/** Logs to read: many plain events of one size, or the demo's care many times over. */
import {
  aggregateByCategory,
  CARE,
  careModels,
  coordinationOf,
  projectionOf,
  seedDemo,
  writeSide,
} from '@fascia/composition';
import { storeDelivery } from '@fascia/delivery';
import { categoryOf, digestOf, uuidFrom } from '@fascia/kernel';
import { until } from '@fascia/testkit';
import { randomUUID } from 'node:crypto';

const PAGE = 1_000;
const REQUEST_DIGEST = 'a'.repeat(64);

const bytesOf = (value) => new Uint8Array(Buffer.from(JSON.stringify(value), 'utf8'));

const stored = (event) => ({ ...event, digest: digestOf(event.data, event.metadata).toString('hex') });

/** Straight into the log: nothing is decided. */
const copyIn = async (store, events, last) => {
  let after = last;
  for (let at = 0; at < events.length; at += PAGE) {
    const page = events.slice(at, at + PAGE);
    await store.copyIn(page, after);
    after = page.at(-1).id;
  }
  return after;
};

/** Events of about 300 bytes of data, each of a stream and a patient of its own. */
export const fillPlain = async (store, events) => {
  await copyIn(
    store,
    Array.from({ length: events }, () => {
      const [commandId, id, patientId] = [randomUUID(), randomUUID(), randomUUID()];
      const recordedAt = new Date().toISOString();
      return stored({
        stream: `referral-${id}`,
        version: 1,
        id: randomUUID(),
        type: 'ReferralSent',
        commandId,
        requestDigest: REQUEST_DIGEST,
        recordedAt,
        data: bytesOf({ note: 'x'.repeat(285) }),
        metadata: bytesOf({
          actor: { organizationId: id, practitionerId: id, role: 'physician', sub: 'physician-demo' },
          causationId: commandId,
          commandId,
          correlationId: commandId,
          occurredAt: recordedAt,
          patientId,
          requestDigest: REQUEST_DIGEST,
          schemaVersion: 1,
        }),
      });
    }),
    undefined,
  );
};

const readWhole = async (store) => {
  const all = [];
  for (
    let page = await store.readAll(0n, PAGE);
    page.length > 0;
    page = await store.readAll(all.at(-1).position, PAGE)
  )
    all.push(...page);
  return all;
};

/** Every door of the product in this process, as `npm start` has it. */
export const composeAlone = async (foundation) => {
  const delivery = storeDelivery(foundation.store);
  const care = projectionOf(foundation, CARE, careModels, delivery);
  const { door } = writeSide(foundation, care);
  const coordination = coordinationOf(foundation, { door, delivery, times: foundation.settings.times });
  await care.start();
  await coordination.start();
  return {
    door,
    care,
    stop: async () => {
      await coordination.stop();
      await care.stop();
    },
  };
};

/** The demo network and its patients by commands, until process managers have nothing left to do. */
const seed = async (foundation) => {
  const product = await composeAlone(foundation);
  await seedDemo(product.door, () => undefined);
  let seen = 0n;
  const quiet = async () => {
    const { position } = await foundation.store.head();
    const still = position === seen;
    seen = position;
    return still;
  };
  await until(quiet, { everyMs: 500, deadlineMs: 60_000, message: 'the process managers to finish' });
  await product.stop();
};

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Copies share the people and places of the network. */
const SHARED = new Set(['organization', 'practitioner', 'listing']);
const idOf = (stream) => stream.slice(stream.indexOf('-') + 1);

/** Under other ids everywhere, sealed again for the other patients. */
const copied = async (codec, text, shared, nth) => {
  const renamed = text.replaceAll(UUID, (id) => (shared.has(id) ? id : uuidFrom('copy', String(nth), id)));
  const copies = [];
  for (const { stream, version, id, recordedAt, type, data, ...metadata } of JSON.parse(renamed)) {
    const event = await codec.encode({ stream, version, id, event: { type, data }, metadata });
    copies.push(
      stored({
        ...event,
        stream,
        version,
        recordedAt,
        commandId: metadata.commandId,
        requestDigest: metadata.requestDigest,
      }),
    );
  }
  return copies;
};

/**
 * A log of what happens to the patients of the demo, again and again with other patients.
 * @returns what adds at least so many events, and answers how many it added
 */
export const careLog = async (foundation) => {
  const { store, codec } = foundation;
  await seed(foundation);
  const events = await readWhole(store);
  const shared = new Set(
    events.filter(({ stream }) => SHARED.has(categoryOf(stream))).map(({ stream }) => idOf(stream)),
  );
  const own = events.filter(({ stream }) => !SHARED.has(categoryOf(stream)));
  // As text, without positions: those are no JSON, and the copies get their own.
  const text = JSON.stringify(await Promise.all(own.map((event) => codec.decode(event))), (_, value) =>
    typeof value === 'bigint' ? undefined : value,
  );
  let last = events.at(-1).id;
  let nth = 0;
  return async (atLeast) => {
    let added = 0;
    while (added < atLeast) {
      nth += 1;
      const copies = await copied(codec, text, shared, nth);
      last = await copyIn(store, copies, last);
      added += copies.length;
    }
    return added;
  };
};

/** Makes tasks, each a row of somebody's inbox. @returns the row's id at once, and the door's answer */
export const taskSender = (door) => {
  const organizationId = randomUUID();
  const by = { sub: 'coordinator', role: 'coordinator', organizationId, practitionerId: randomUUID() };
  const aggregate = aggregateByCategory.get('task');
  const send = async (id) => {
    const commandId = randomUUID();
    const command = {
      type: 'CreateTask',
      taskType: 'GENERAL',
      subject: { category: 'referral', id: randomUUID() },
      assignment: { organizationIds: [organizationId], roles: ['coordinator'] },
      priority: 'routine',
    };
    const outcome = await door.handle(aggregate, {
      id,
      by,
      command,
      commandId,
      correlationId: commandId,
      causationId: commandId,
    });
    if (outcome.kind !== 'done') throw new Error(`a task was answered ${outcome.kind}`);
    return outcome;
  };
  return () => {
    const id = randomUUID();
    return { id, answer: send(id) };
  };
};
