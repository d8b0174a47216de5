/** The API as a stranger meets it: what OpenAPI promises of answers. */
import { until } from '@fascia/testkit';
import { faultsOf, type Document, type Operation, type Schema } from './document.js';
import type { Fascia } from './harness.js';
import type { Answer, Person } from './person.js';
import { expectProblem, served, type Served } from './served.js';
import { treatAPatient, type Treated } from './treatment.js';

describe('the API', () => {
  let api: Served;
  let fascia: Fascia;
  let document: Document;
  let operator: Person;
  let physician: Person;

  beforeAll(async () => {
    api = await served();
    fascia = api.fascia;
    document = api.document;
    operator = fascia.as('operator-demo');
    physician = fascia.as('physician-demo');
  });

  afterAll(() => api.dispose());

  describe('in its answers, as OpenAPI describes them', () => {
    let ids: Treated;
    /** One that the sample patients' files propose. */
    let precaution: { readonly id: string; readonly patientId: string };
    let scan: string;
    /** Who works in the network. */
    let practitioner: string;

    const operations = (method: string, under = '/api/v1/'): readonly Operation[] =>
      Object.entries(document.paths).flatMap(([path, methods]) =>
        path.startsWith(under) && methods[method] !== undefined ? [methods[method]] : [],
      );
    const schemaOf = (operation: Operation | undefined, status = 200): Schema | undefined =>
      operation?.responses[status]?.content?.['application/json']?.schema;
    const isList = (body: unknown): body is { items: unknown[] } =>
      Array.isArray((body as { items?: unknown }).items);

    /** The one thing of each collection that everything is asked of. */
    const idIn = (collection: string): string | undefined =>
      ({
        patients: ids.patient,
        referrals: ids.referral,
        plans: ids.plan,
        sessions: ids.session,
        diagnoses: ids.diagnosis,
        assessments: ids.assessment,
        flags: ids.flag,
        tasks: ids.task,
        imports: ids.importId,
        precautions: precaution.id,
        documents: scan,
        practitioners: practitioner,
      })[collection];

    /** Who asks where the physician does not, or more is said than the address. */
    const asked = (): Readonly<Record<string, readonly [Person, string]>> => {
      const { patient, referral } = ids;
      const [therapist, auditor] = [fascia.as('therapist-demo'), fascia.as('auditor-demo')];
      return {
        getTimeline: [physician, `/patients/${patient}/timeline?limit=200`],
        listPrecautionsOfPatient: [physician, `/patients/${precaution.patientId}/precautions`],
        getAllowedTechniques: [physician, `/patients/${precaution.patientId}/allowed-techniques?region=knee`],
        checkReferral: [physician, `/referrals/check?patientId=${patient}`],
        listSessions: [fascia.as('coordinator-demo'), '/sessions'],
        getForm: [physician, '/forms/PostMessage'],
        searchCodes: [therapist, '/icd10/codes?q=achilles'],
        listAssessments: [therapist, `/assessments?referralId=${referral}`],
        listMatches: [fascia.as('delegate-demo'), '/matches'],
        listMerges: [fascia.as('delegate-demo'), '/merges'],
        listUnassigned: [fascia.as('delegate-demo'), '/unassigned-facts'],
        listTasks: [physician, '/tasks?status=done'],
        getTask: [fascia.as('coordinator-demo'), `/tasks/${ids.task}`],
        listAccess: [auditor, `/audit/access?patientId=${patient}`],
        listCases: [auditor, '/audit/cases'],
        replayCase: [auditor, `/audit/cases/${referral}?at=2100-01-01T00:00:00Z`],
        replayStream: [auditor, `/audit/streams/referral-${referral}?at=2100-01-01T00:00:00Z`],
        listModels: [operator, '/admin/models'],
        showStatus: [operator, '/admin/status'],
        showKeys: [operator, '/admin/keys'],
      };
    };

    /** Every query of the API; one that is new is asked of the collection's one thing. */
    const questions = (): readonly (readonly [Operation, Person, string])[] =>
      Object.entries(document.paths).flatMap(([path, { get }]) => {
        // Bytes are what they are, and a stream does not end; journeys of their own take them (documents, live).
        const isJson = get?.responses[200]?.content?.['application/json'] !== undefined;
        if (get === undefined || !isJson || !path.startsWith('/api/v1/')) return [];
        const known = asked()[get.operationId ?? ''];
        if (known !== undefined) return [[get, ...known] as const];
        const at = path.slice('/api/v1'.length);
        return [[get, physician, at.replace('{id}', idIn(at.split('/')[1] ?? '') ?? 'nothing')] as const];
      });

    const expectFit = (operation: Operation | undefined, answer: Answer): void => {
      const schema = schemaOf(operation, answer.status);
      expect([operation?.operationId, answer.status, schema === undefined]).toEqual([
        operation?.operationId,
        answer.status,
        false,
      ]);
      expect([operation?.operationId, faultsOf(answer.body, schema ?? {}, document)]).toEqual([
        operation?.operationId,
        [],
      ]);
      if (isList(answer.body))
        expect([operation?.operationId, answer.body.items.length > 0]).toEqual([
          operation?.operationId,
          true,
        ]);
    };

    /** Two records of one name and day, told to the network's own: who is nothing to either and belongs to no organisation. */
    const proposed = async (): Promise<void> => {
      const registered = async (value: string): Promise<string> => {
        const { id: patientId } = await physician.does('/api/v1/patients', {
          name: { family: 'Brandt', given: ['Ines'], prefix: [] },
          birthDate: '1971-07-19',
          sexAtBirth: 'female',
          telecom: [],
          address: [],
          interpreter: false,
          identifiers: [{ system: 'urn:example:answers', value }],
        });
        return patientId as string;
      };
      const [one, other] = [await registered('B1'), await registered('B2')];
      const { id, roles } = (await physician.get('/api/v1/practitioners?name=varga')).body.items[0] as {
        id: string;
        roles: { organizationId: string }[];
      };
      const at = `/api/v1/practitioners/${id}`;
      const held = { role: 'delegate', organizationId: roles[0]?.organizationId };
      const clerk = fascia.as('delegate-demo');
      await operator.does(`${at}/end-role`, held);
      await operator.does(`${at}/assign-role`, { ...held, role: 'records' });
      const merges = { survivorId: other, reason: 'Alike.' };
      await until(
        async () => (await clerk.send('POST', `/api/v1/patients/${one}/merge`, merges)).status === 200,
        { deadlineMs: 60_000, message: 'the role to be held' },
      );
      await physician.does('/api/v1/restrictions', {
        patientId: other,
        organizationIds: [],
        reason: 'A quarrel.',
      });
      await clerk.does(`/api/v1/patients/${one}/undo-merge`, { reason: 'Twins.' });
      await operator.does(`${at}/end-role`, { ...held, role: 'records' });
      await operator.does(`${at}/assign-role`, { role: 'records' });
      for (const list of ['matches', 'merges', 'unassigned-facts'])
        await until(async () => (await clerk.get(`/api/v1/${list}`)).body.items?.length > 0, {
          deadlineMs: 60_000,
          message: `something in ${list}`,
        });
    };

    beforeAll(async () => {
      ids = await treatAPatient(fascia);
      await proposed();
      precaution = ((await physician.get('/api/v1/precautions')).body as { items: [typeof precaution] })
        .items[0];
      const filed = await physician.insists(
        'POST',
        `/api/v1/documents?patientId=${ids.patient}&kind=other`,
        Buffer.from('%PDF-1.7\n'),
        { 'content-type': 'application/pdf' },
      );
      scan = (filed.body as { id: string }).id;
      practitioner = ((await physician.get('/api/v1/me')).body as { practitionerId: string }).practitionerId;
      // What was written is read next, as its answer says where it ended.
      expect((await physician.get(`/api/v1/documents/${scan}`)).status).toBe(200);
    });

    it('every query and every operation of an operator has its answer described', () => {
      const silent = [...operations('get'), ...operations('post')].filter(
        ({ responses }) => Object.values(responses[200]?.content ?? {})[0]?.schema === undefined,
      );
      expect(silent.map((operation) => operation.operationId)).toEqual([]);
    });

    it('every query answers what it says it does', async () => {
      const names = operations('get').map((operation) => operation.operationId);
      expect(names).toEqual(expect.arrayContaining(Object.keys(asked())));
      for (const [operation, person, path] of questions())
        expectFit(operation, await person.get(`/api/v1${path}`));
      const searched = operations('post').filter(({ operationId = '' }) => operationId.startsWith('search'));
      const { name } = (await physician.get(`/api/v1/patients/${ids.patient}`)).body as { name: string };
      const inABody: Readonly<Record<string, readonly [Person, string, object]>> = {
        searchPatients: [
          physician,
          '/patients/search',
          { name: name.split(' ').toReversed().join(' ').toUpperCase() },
        ],
        searchCases: [fascia.as('auditor-demo'), '/audit/cases/search', { to: '2100-01-01T00:00:00Z' }],
        searchAccess: [fascia.as('auditor-demo'), '/audit/access/search', { sub: 'physician-demo' }],
      };
      expect(searched.map(({ operationId }) => operationId).toSorted()).toEqual(
        Object.keys(inABody).toSorted(),
      );
      for (const operation of searched) {
        const [person, path, said] = inABody[operation.operationId ?? ''] ?? [physician, '', {}];
        expectFit(operation, await person.send('POST', `/api/v1${path}`, said));
      }
      const unusual = {
        referrals: [ids.redirected],
        sessions: [ids.stopped, ids.cancelled],
        assessments: ids.measures,
      };
      for (const [name, wanted] of Object.entries(unusual)) {
        for (const id of wanted)
          expectFit(
            document.paths[`/api/v1/${name}/{id}`]?.['get'],
            await physician.get(`/api/v1/${name}/${id}`),
          );
      }
      for (const path of ['/health/live', '/health/ready', '/asyncapi.json'])
        expectFit(document.paths[path]?.['get'], await operator.get(path));
    });

    it('a search is a read that is refused like one, and its words like those of a command', async () => {
      const search = (body: unknown, headers?: Record<string, string>): Promise<Answer> =>
        physician.send('POST', '/api/v1/patients/search', body, headers);
      expectProblem(await search({}, { 'fascia-at-least': 'yesterday' }), 400, 'POSITION_INVALID');
      const faulty = await search({ birthDate: '1980-02-30', phone: 'none', limit: 0, surname: 'x' });
      expectProblem(faulty, 422, 'REQUEST_INVALID');
      expect(
        (faulty.body.errors as { readonly pointer: string }[]).map(({ pointer }) => pointer).toSorted(),
      ).toEqual(['/birthDate', '/limit', '/phone', '/surname']);
      expectProblem(await search([]), 400, 'BODY_REQUIRED');
    });

    it('a page of patients goes on from its cursor, which tells nobody whom it begins after', async () => {
      const { items, next } = (await physician.get('/api/v1/patients?limit=2')).body as {
        readonly items: readonly { readonly name: string; readonly id: string }[];
        readonly next: string;
      };
      const words = items
        .flatMap(({ id, name }) => [id, ...name.toLowerCase().split(' ')])
        // Of a few letters any text may hold some by chance.
        .filter((word) => word.length > 4);
      const told = [next, Buffer.from(next, 'base64url').toString('latin1')].join(' ').toLowerCase();
      expect(words.filter((word) => told.includes(word))).toEqual([]);
      const [listed, searched] = [
        await physician.get(`/api/v1/patients?limit=2&cursor=${next}`),
        await physician.send('POST', '/api/v1/patients/search', { limit: 2, cursor: next }),
      ];
      expect(listed.body.items).toHaveLength(2);
      expect([searched.status, searched.body.items]).toEqual([200, listed.body.items]);
      expectProblem(await physician.get(`/api/v1/referrals?cursor=${next}`), 400, 'CURSOR_INVALID');
    });

    it('the events are described to anybody who asks, each with its schema', async () => {
      const get = async (path: string): Promise<Answer> => {
        const response = await fetch(`${fascia.url}${path}`);
        return { status: response.status, headers: response.headers, body: await response.json() };
      };
      const described = await get('/asyncapi.json');
      expect([described.status, described.body.asyncapi]).toEqual([200, '3.0.0']);
      const { $ref } = described.body.components.messages.ReferralSent.payload.schema as { $ref: string };
      const schema = await get(new URL($ref, `${fascia.url}/asyncapi.json`).pathname);
      expect([schema.status, schema.body.title, schema.headers.get('content-type')]).toEqual([
        200,
        'ReferralSent',
        'application/schema+json; charset=utf-8',
      ]);
      expect(document.paths['/schemas/{type}.json']?.['get']).toBeDefined();
      for (const unknown of ['/schemas/ReferralLost.json', '/schemas/__proto__.json'])
        expectProblem(await get(unknown), 404, 'NOT_FOUND');
    });

    it('everything of the demonstration fits, page by page', async () => {
      for (const name of [
        'referrals',
        'plans',
        'sessions',
        'diagnoses',
        'assessments',
        'flags',
        'tasks',
        'tasks?status=done',
        'patients',
      ]) {
        const [path = '', filter = ''] = name.split('?');
        for (const person of ['physician-demo', 'therapist-demo', 'coordinator-two-demo', 'massage-demo'].map(
          (one) => fascia.as(one),
        )) {
          let cursor: string | null = null;
          do {
            const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
            const { status, body } = await person.get(`/api/v1/${path}?limit=7&${filter}${more}`);
            const schema = schemaOf(document.paths[`/api/v1/${path}`]?.['get']);
            expect([name, person.name, status, faultsOf(body, schema ?? {}, document)]).toEqual([
              name,
              person.name,
              200,
              [],
            ]);
            cursor = body.next as string | null;
          } while (cursor !== null);
        }
      }
    });

    it('operators and imports are answered as described', async () => {
      const post = (path: string): Operation | undefined => document.paths[`/api/v1/${path}`]?.['post'];
      for (const what of ['rebuild', 'verify', 'retry']) {
        expectFit(
          post(`admin/models/{name}/${what}`),
          await operator.insists('POST', `/api/v1/admin/models/patient/${what}`),
        );
      }
      for (const status of [201, 200]) {
        const bundle = JSON.stringify({
          resourceType: 'Bundle',
          type: 'collection',
          entry: [{ resource: { resourceType: 'Observation', id: 'o' } }],
        });
        const answer = await physician.insists('POST', '/api/v1/imports', bundle, {
          'content-type': 'application/fhir+json',
        });
        expect(answer.status).toBe(status);
        expectFit(post('imports'), answer);
      }
    });

    it('a doctored answer does not pass', async () => {
      const operation = document.paths['/api/v1/referrals/{id}']?.['get'];
      const { body } = await physician.get(`/api/v1/referrals/${ids.referral}`);
      const { version: _gone, ...incomplete } = body as Record<string, unknown>;
      const doctored: readonly (readonly [string, unknown])[] = [
        [" must have required property 'version'", incomplete],
        ['/surprise is not documented', { ...body, surprise: 1 }],
        ['/id must match format "uuid"', { ...body, id: 'seven' }],
        ['/state must be equal to one of', { ...body, state: 'Lost' }],
        ['/open must be boolean', { ...body, open: 'yes' }],
        ['/patient must be object', { ...body, patient: null }],
        ['/enteredStateAt must match format "date-time"', { ...body, enteredStateAt: 'yesterday' }],
        ['/sites/0/region must be equal to one of', { ...body, sites: [{ region: 'tail', tissues: [] }] }],
        ['/content/surprise is not documented', { ...body, content: { surprise: 1 } }],
        ['/allowedActions/0 must be equal to one of', { ...body, allowedActions: ['conjure'] }],
      ];
      expect(faultsOf(body, schemaOf(operation) ?? {}, document)).toEqual([]);
      for (const [fault, answer] of doctored)
        expect(faultsOf(answer, schemaOf(operation) ?? {}, document)).toEqual([
          expect.stringContaining(fault),
        ]);
    });
  });
});
