/** The courses of what stands beside a referral: diagnoses, consents, tasks, listings, people, a patient's own record. */
import { until } from '@fascia/testkit';
import { inMinutes, type Courses } from './courses.js';
import { today } from './harness.js';
import type { Person } from './person.js';

export class RecordCourses {
  constructor(private readonly courses: Courses) {}

  /** Diagnoses, consents, tasks, listings, people: everything beside the referral. */
  async beside(): Promise<void> {
    const { physician, coordinator, operator, therapist, delegate } = this.courses.who;
    const diagnosis = (await physician.does('/api/v1/diagnoses', {
      patientId: this.courses.patientId,
      code: 'M54.50',
      tissues: ['muscle'],
      dysfunction: 'tightness',
      verification: 'provisional',
      source: 'clinician',
      unrelatedReason: 'Old.',
    })) as { id: string };
    const at = `/api/v1/diagnoses/${diagnosis.id}`;
    await physician.does(`${at}/confirm`);
    await physician.does(`${at}/revise`, {
      code: 'M54.51',
      tissues: ['muscle'],
      dysfunction: 'tightness',
      unrelatedReason: 'Old.',
      reason: 'Clearer now.',
    });
    await physician.does(`${at}/resolve`, { on: today() });
    await physician.does(`${at}/refute`, { reason: 'It was the hip.' });
    const consent = (await physician.does('/api/v1/consents', {
      patientId: this.courses.patientId,
      purposes: ['TREAT'],
      organizationIds: [],
      from: today(),
      to: today(),
      method: 'written',
    })) as { id: string };
    await physician.does(`/api/v1/consents/${consent.id}/withdraw`);
    await this.#files(physician);
    await this.#tasks();
    await this.#documents(physician);
    const riverside = `/api/v1/listings/${String(this.courses.listing['riverside'])}`;
    const offer = {
      title: 'Soft-tissue mobilization at Riverside',
      services: ['STM'],
      regions: ['knee', 'hip'],
      payers: ['SELF-PAY'],
      practitionerIds: [this.courses.person['Noor Halvorsen']],
    };
    await coordinator.does(`${riverside}/record-capacity`, { capacity: 'limited' });
    await coordinator.does(`${riverside}/revise`, offer);
    await coordinator.does(`${riverside}/withdraw`);
    await this.#people(operator);
    await this.#records(physician, delegate, operator);
    await physician.does('/api/v1/restrictions', {
      patientId: this.courses.patientId,
      organizationIds: [],
      reason: 'Asked for it.',
    });
    await therapist.get('/api/v1/tasks?view=late');
    await this.#inVain(physician, this.courses.who.willow);
  }

  /** A scan that is filed, named, and taken back. */
  async #documents(physician: Person): Promise<void> {
    const { documentId } = await physician.files(this.courses.patientId);
    const at = `/api/v1/documents/${documentId}`;
    await physician.does(`${at}/name`, { title: 'Ultrasound' });
    await physician.does(`${at}/withdraw`, { reason: 'Of the other shoulder.' });
  }

  /** What shows nothing leaves a record, too. */
  async #inVain(physician: Person, stranger: Person): Promise<void> {
    const { patientId } = this.courses;
    await stranger.get(`/api/v1/patients/${patientId}`);
    await stranger.get('/api/v1/diagnoses?patientId=3f6c2a10-7b1e-4d52-9c8a-5e0d9b7a4c21');
    const draft = (await physician.does('/api/v1/referrals', { patientId, content: {} })) as { id: string };
    await physician.send('POST', `/api/v1/referrals/${draft.id}/send`, {});
  }

  /** One file of a source after the other: what it says changes, ends, comes back and is taken back. */
  async #files(physician: Person): Promise<void> {
    const patient = {
      resourceType: 'Patient',
      id: 'p',
      name: [{ family: 'Ito' }],
      gender: 'male',
      birthDate: '1970',
    };
    const condition = (clinical: string, verification: string) => ({
      resourceType: 'Condition',
      id: 'c',
      subject: { reference: 'Patient/p' },
      code: { coding: [{ system: 'http://snomed.info/sct', code: '279039007' }] },
      clinicalStatus: { coding: [{ code: clinical }] },
      verificationStatus: { coding: [{ code: verification }] },
    });
    const osteoporosis = (clinical: string) => ({
      ...condition(clinical, 'confirmed'),
      id: 'o',
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M81.0' }] },
    });
    const medicine = (id: string, name: string, status: string) => ({
      resourceType: 'MedicationRequest',
      id,
      status,
      intent: 'order',
      subject: { reference: 'Patient/p' },
      medicationCodeableConcept: { text: name },
    });
    for (const said of [
      [patient, condition('active', 'provisional'), medicine('w', 'warfarin', 'active')],
      // The one ends, and the other one ended before it was heard of.
      [medicine('w', 'warfarin', 'stopped'), medicine('n', 'prednisone', 'stopped')],
      [patient, condition('active', 'provisional'), osteoporosis('active')],
      [{ ...patient, birthDate: '1970-02' }, condition('remission', 'provisional'), osteoporosis('resolved')],
      [condition('relapse', 'provisional')],
      [condition('active', 'refuted'), { ...condition('active', 'refuted'), id: 'never' }],
    ])
      await physician.insists(
        'POST',
        '/api/v1/imports',
        { resourceType: 'Bundle', type: 'collection', entry: said.map((resource) => ({ resource })) },
        { 'content-type': 'application/fhir+json' },
      );
    const { body: proposed } = await physician.get('/api/v1/precautions?status=proposed');
    const at = `/api/v1/precautions/${String(proposed.items[0].id)}`;
    await physician.does(`${at}/dismiss`, { reason: 'Looked up the wrong scan.' });
    await physician.does(`${at}/confirm`);
    await this.#precautions(physician);
  }

  /** One that a clinician records, from the first word to its end. */
  async #precautions(physician: Person): Promise<void> {
    const day = today();
    const recorded = (await physician.does('/api/v1/precautions', {
      patientId: this.courses.patientId,
      catalogueId: 'C14',
      site: { region: 'abdomen', side: 'midline' },
      since: '2026-01',
      details: [],
      source: 'document',
      note: 'Letter of the surgeon.',
    })) as { id: string };
    const at = `/api/v1/precautions/${recorded.id}`;
    await physician.does(`${at}/specify`, {
      site: { region: 'abdomen', side: 'midline' },
      since: '2026-01-12',
      beganAt: '2026-01-12T09:30:00Z',
      details: ['haematoma'],
    });
    await physician.does(`${at}/clear`, {
      rationale: 'Healed well.',
      evidence: 'Ultrasound.',
      from: day,
      until: day,
      techniques: ['SCM'],
      sites: [{ region: 'abdomen', side: 'midline' }],
    });
    await physician.does(`${at}/end-clearance`, { reason: 'It opened again.' });
    await physician.does(`${at}/resolve`, { reason: 'Healed.', evidence: 'Seen.' });
  }

  /** What came while two records were one is assigned, and moves. */
  async #parted(away: string, survivor: string): Promise<void> {
    const { physician, delegate } = this.courses.who;
    const at = (command: string): string => `/api/v1/patients/${away}/${command}`;
    await this.courses.sentFor(survivor);
    await delegate.does(at('merge'), { survivorId: survivor, reason: 'The same person.' });
    const facts = {
      diagnosis: await physician.does('/api/v1/diagnoses', {
        patientId: survivor,
        code: 'M54.51',
        tissues: ['muscle'],
        dysfunction: 'tightness',
        verification: 'provisional',
      }),
      consent: await physician.does('/api/v1/consents', {
        patientId: survivor,
        purposes: ['TREAT'],
        organizationIds: [],
        from: today(),
        method: 'verbal',
      }),
      flag: await physician.does('/api/v1/flags', {
        patientId: survivor,
        catalogueId: 'F01',
        source: 'by-hand',
      }),
    };
    // Of this one nobody knows.
    await physician.does('/api/v1/restrictions', {
      patientId: survivor,
      organizationIds: [],
      reason: 'A quarrel.',
    });
    await delegate.does(at('undo-merge'), { reason: 'A twin.' });
    for (const [category, { id: factId }] of Object.entries(facts))
      await delegate.does(at('assign-fact'), {
        category,
        factId,
        assignment: 'moves',
        reason: 'The physician saw the other one.',
      });
    await until(
      async () => (await delegate.get(`/api/v1/unassigned-facts?patientId=${away}`)).body.items.length === 1,
      { deadlineMs: 60_000, message: 'what was assigned to arrive' },
    );
  }

  async #tasks(): Promise<void> {
    const { coordinator, therapist } = this.courses.who;
    const { body: me } = await coordinator.get('/api/v1/practitioners?name=sandoval');
    const organizationId = me.items[0].roles[0].organizationId as string;
    const assignment = { organizationIds: [organizationId], roles: ['therapist', 'coordinator'] };
    const task = (await coordinator.does('/api/v1/tasks', {
      taskType: 'GENERAL',
      patientId: this.courses.patientId,
      subject: { category: 'patient', id: this.courses.patientId },
      assignment,
      priority: 'urgent',
      dueAt: inMinutes(60),
      note: 'Call.',
    })) as { id: string };
    const at = `/api/v1/tasks/${task.id}`;
    await therapist.does(`${at}/claim`);
    await therapist.does(`${at}/release`, { reason: 'Busy.' });
    await coordinator.does(`${at}/reassign`, {
      ...assignment,
      practitionerId: this.courses.person['Noor Halvorsen'],
    });
    await therapist.does(`${at}/complete`, { note: 'Called.' });
    const other = (await coordinator.does('/api/v1/tasks', {
      taskType: 'GENERAL',
      patientId: this.courses.patientId,
      subject: { category: 'patient', id: this.courses.patientId },
      assignment,
      priority: 'routine',
    })) as { id: string };
    await coordinator.does(`/api/v1/tasks/${other.id}/cancel`, { reason: 'Not needed.' });
  }

  async #people(operator: Person): Promise<void> {
    const name = { family: 'Ferreira', given: ['Lua'], prefix: ['Dr.'], text: 'Dr. Lua Ferreira' };
    const { id } = (await operator.does('/api/v1/practitioners', {
      name,
      npi: '1993999998',
      taxonomies: ['207Q00000X'],
      roles: [],
      address: [{ line: ['1 Quay'], city: 'Boston' }],
    })) as { id: string };
    const at = `/api/v1/practitioners/${id}`;
    await operator.does(`${at}/record-licence`, {
      state: 'MA',
      number: 'L-1',
      kind: 'medical doctor',
      from: '2020-01-01',
      to: '2030-01-01',
    });
    await operator.does(`${at}/assign-role`, { role: 'auditor' });
    await operator.does(`${at}/end-role`, { role: 'auditor' });
    await operator.does(`${at}/suspend`, { reason: 'Inquiry.' });
    await operator.does(`${at}/reinstate`, { reason: 'Cleared.' });
    const clinic = (await operator.does('/api/v1/organizations', {
      name: 'Quay Clinic',
      kind: 'clinic',
      identifiers: [{ system: 'urn:example:org', value: 'Q1' }],
      telecom: [{ system: 'phone', value: '555-0100', use: 'work' }],
      address: [{ line: ['1 Quay'], city: 'Boston', state: 'MA', postalCode: '02110', country: 'US' }],
      timeZone: 'UTC',
    })) as { id: string };
    await operator.does(`/api/v1/organizations/${clinic.id}/correct-time-zone`, {
      timeZone: 'America/New_York',
    });
    await operator.does(`/api/v1/organizations/${clinic.id}/set-work-calendar`, {
      weekend: [6, 7],
      holidays: ['2026-12-25'],
    });
  }

  /** A patient's own record: registered, corrected, linked; two merged by whoever answers for records. */
  async #records(physician: Person, delegate: Person, operator: Person): Promise<void> {
    const demographics = {
      name: { family: 'Okafor', given: ['Ada', 'Ife'], prefix: [] },
      birthDate: '1980-05',
      sexAtBirth: 'female',
      interpreter: false,
      language: 'ig',
      telecom: [{ system: 'email', value: 'ada@example.org' }],
      address: [{ line: ['2 Hill'], city: 'Lagos' }],
    };
    const register = async (value: string): Promise<string> =>
      (
        (await physician.does('/api/v1/patients', {
          ...demographics,
          identifiers: [{ system: 'urn:example:mrn', value }],
        })) as { id: string }
      ).id;
    const [kept, twice] = [await register('A1'), await register('A2')];
    await physician.does(`/api/v1/patients/${kept}/correct-demographics`, {
      ...demographics,
      birthDate: '1980-05-17',
    });
    await physician.does(`/api/v1/patients/${kept}/correct-contact`, {
      telecom: [{ system: 'phone', value: '+1 212 555 0100', use: 'work' }],
    });
    await physician.does(`/api/v1/patients/${kept}/correct-language`, { interpreter: true });
    await physician.does(`/api/v1/patients/${kept}/change-contact-preferences`, {
      preferred: 'post',
      forbidden: ['phone', 'voicemail'],
      note: 'Not at work.',
    });
    await physician.does(`/api/v1/patients/${kept}/link-identifier`, {
      system: 'urn:example:plan',
      value: 'P9',
    });
    const { body } = await physician.get('/api/v1/practitioners?name=varga');
    const { id, roles } = body.items[0] as { id: string; roles: { organizationId: string }[] };
    const organizationId = roles[0]?.organizationId;
    await operator.does(`/api/v1/practitioners/${id}/end-role`, { role: 'delegate', organizationId });
    await operator.does(`/api/v1/practitioners/${id}/assign-role`, { role: 'records', organizationId });
    await until(
      async () =>
        (
          await delegate.send('POST', `/api/v1/patients/${twice}/merge`, {
            survivorId: kept,
            reason: 'The same person.',
          })
        ).status === 200,
      {
        deadlineMs: 60_000,
        message: 'the new role never took effect',
      },
    );
    const at = (command: string): string => `/api/v1/patients/${twice}/${command}`;
    await delegate.does(at('undo-merge'), { reason: 'A twin.' });
    const [smaller = '', greater] = [kept, twice].toSorted();
    await delegate.does(`/api/v1/patients/${smaller}/dismiss-match`, { otherId: greater, reason: 'Twins.' });
    await this.#parted(await register('A3'), await register('A4'));
    for (const patientId of [kept, twice]) await this.courses.sentFor(patientId);
    // Care is open on both: it is only proposed.
    await delegate.does(at('merge'), { survivorId: kept, reason: 'The same person after all.' });
    await physician.does(at('record-death'), { on: '2026-01', source: 'reported' });
    await delegate.does(at('retract-death'), { reason: 'Somebody else.' });
  }
}
