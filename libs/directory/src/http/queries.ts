/** The directory as lists. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { PAYER_PROFILES, REGIONS } from '@fascia/clinical';
import {
  Answers,
  day,
  Id,
  instant,
  integer,
  ListQuery,
  listOf,
  many,
  maybe,
  oneOf,
  oneOfCodes,
  OptionalLine,
  orNull,
  pageOf,
  shape,
  text,
  uuid,
  yesOrNo,
  type ListQuestion,
  type Page,
} from '@fascia/http';
import { CATEGORIES, ROLES, type Actor } from '@fascia/kernel';
import { READ_DESK, ReadDesk } from '@fascia/read-store';
import { CAPACITIES } from '../contract/events.js';
import { CARE_TEAM_SCOPE, PATIENT_SCOPE } from '../read/care-team.js';
import type { PatientRow, PractitionerRow } from '../read/people.js';
import type { TimelineRow } from '../read/timeline.js';
import type { ListingRow, OrganizationRow } from '../read/places.js';

class NamedQuery extends ListQuery {
  @OptionalLine(100, { description: 'Beginning of the name, family name first.' }) name?: string;
}

class PractitionersQuery extends NamedQuery {
  @Id({ optional: true }) organizationId?: string;
}

class ListingsQuery extends ListQuery {
  @Id({ optional: true }) organizationId?: string;
  @OptionalLine(40) region?: string;
}

/** `%` and `_` are what was typed, not wildcards. */
const startsWith = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : `${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

const nobody = (): null => null;

const PATIENTS = {
  resource: 'patient',
  scope: PATIENT_SCOPE,
  select: 'select t.* from read.patient t',
} as const satisfies Partial<ListQuestion>;

/** Members of a pool see whom they are asked to take, not the patient's history. */
const { pool: _pool, ...TREATING_SCOPE } = PATIENT_SCOPE;

const patientAnswer = shape({
  id: uuid,
  version: integer,
  name: text,
  birthDate: { ...text, description: 'FHIR date: YYYY, YYYY-MM or YYYY-MM-DD.' },
  sexAtBirth: oneOfCodes(['male', 'female', 'other', 'unknown']),
  language: orNull(text),
  homeOrganizationIds: many(uuid),
  mergedInto: orNull(uuid),
});

const happening = shape({
  id: uuid,
  at: instant,
  recordedAt: instant,
  type: text,
  subject: shape({ category: oneOfCodes(CATEGORIES), id: uuid }),
  by: shape({ sub: text, role: oneOfCodes(ROLES), organizationId: orNull(uuid) }),
});

const practitioner = shape({
  id: uuid,
  version: integer,
  name: text,
  roles: many(shape({ role: oneOfCodes(ROLES), organizationId: maybe(uuid) })),
  taxonomies: { ...many(text), description: 'NUCC codes.' },
  licences: many(shape({ state: text, kind: text, from: day, to: day })),
  suspended: yesOrNo,
});

const organization = shape({
  id: uuid,
  version: integer,
  name: text,
  kind: oneOfCodes(['practice', 'clinic', 'network', 'other']),
  timeZone: { ...text, description: 'IANA.' },
});

const listing = shape({
  id: uuid,
  version: integer,
  title: text,
  organization: shape({ id: uuid, name: orNull(text) }),
  services: many(text),
  regions: many(oneOfCodes(REGIONS)),
  payers: many(oneOfCodes(PAYER_PROFILES)),
  ageMin: orNull(integer),
  ageMax: orNull(integer),
  practitionerIds: many(uuid),
  capacity: oneOfCodes(CAPACITIES),
});

const patient = (row: PatientRow) => ({
  id: row.id,
  version: row.version,
  name: row.name,
  birthDate: row.birth_date,
  sexAtBirth: row.sex_at_birth,
  language: row.language,
  homeOrganizationIds: row.home_organization_ids,
  mergedInto: row.merged_into,
});

@ApiTags('Patients')
@Controller('api/v1/patients')
export class PatientQueries {
  constructor(@Inject(READ_DESK) private readonly desk: ReadDesk) {}

  @Get()
  @ApiOperation({
    operationId: 'listPatients',
    summary: 'Patients of your organisation, and those referred to it, by name',
  })
  @Answers(pageOf(patientAnswer))
  list(@Caller() by: Actor, @Query() query: NamedQuery): Promise<Page<object>> {
    const question: ListQuestion = {
      ...PATIENTS,
      order: ['t.sort_name', 't.id'],
      direction: 'asc',
      filters: [['t.sort_name like ?', startsWith(query.name)]],
    };
    return listOf<PatientRow, object>(this.desk, by, {
      question,
      query,
      patientOf: (row) => row.id,
      show: patient,
    });
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getPatient', summary: 'A patient' })
  @Answers(patientAnswer)
  async one(@Caller() by: Actor, @Param('id') id: string): Promise<object> {
    return patient(
      await oneOf<PatientRow>(this.desk, by, { question: PATIENTS, id, patientOf: (row) => row.id }),
    );
  }
}

@ApiTags('Patients')
@Controller('api/v1/patients/:id/timeline')
export class TimelineQueries {
  constructor(@Inject(READ_DESK) private readonly desk: ReadDesk) {}

  @Get()
  @ApiOperation({ operationId: 'getTimeline', summary: 'What happened to a patient, latest first' })
  @Answers(pageOf(happening))
  async timeline(
    @Caller() by: Actor,
    @Param('id') id: string,
    @Query() query: ListQuery,
  ): Promise<Page<object>> {
    await oneOf<PatientRow>(this.desk, by, {
      question: { ...PATIENTS, scope: TREATING_SCOPE },
      id,
      patientOf: (row) => row.id,
    });
    const question: ListQuestion = {
      resource: 'patient',
      scope: CARE_TEAM_SCOPE,
      select: 'select t.* from read.patient_timeline t',
      order: ['t.at', 't.id'],
      direction: 'desc',
      filters: [['t.patient_id = ?', id]],
    };
    const show = (row: TimelineRow): object => ({
      id: row.id,
      at: row.at,
      recordedAt: row.recorded_at,
      type: row.type,
      subject: { category: row.category, id: row.subject_id },
      by: { sub: row.by, role: row.role, organizationId: row.organization_id },
    });
    return listOf<TimelineRow, object>(this.desk, by, {
      question,
      query,
      patientOf: (row) => row.patient_id,
      show,
    });
  }
}

@ApiTags('Directory')
@Controller('api/v1')
export class DirectoryQueries {
  constructor(@Inject(READ_DESK) private readonly desk: ReadDesk) {}

  @Get('practitioners')
  @ApiOperation({ operationId: 'listPractitioners', summary: 'Practitioners and staff, by name' })
  @Answers(pageOf(practitioner))
  practitioners(@Caller() by: Actor, @Query() query: PractitionersQuery): Promise<Page<object>> {
    const question: ListQuestion = {
      resource: 'practitioner',
      scope: {},
      select: 'select t.* from read.practitioner t',
      order: ['t.sort_name', 't.id'],
      direction: 'asc',
      filters: [
        ['t.sort_name like ?', startsWith(query.name)],
        ['? = any(t.organization_ids)', query.organizationId],
      ],
    };
    const show = (row: PractitionerRow): object => ({
      id: row.id,
      version: row.version,
      name: row.name,
      roles: row.roles,
      taxonomies: row.taxonomies,
      licences: row.licences,
      suspended: row.suspended,
    });
    return listOf<PractitionerRow, object>(this.desk, by, { question, query, patientOf: nobody, show });
  }

  @Get('organizations')
  @ApiOperation({ operationId: 'listOrganizations', summary: 'Organisations, by name' })
  @Answers(pageOf(organization))
  organizations(@Caller() by: Actor, @Query() query: ListQuery): Promise<Page<object>> {
    const question: ListQuestion = {
      resource: 'organization',
      scope: {},
      select: 'select t.* from read.organization t',
      order: ['t.name', 't.id'],
      direction: 'asc',
    };
    const show = (row: OrganizationRow): object => ({
      id: row.id,
      version: row.version,
      name: row.name,
      kind: row.kind,
      timeZone: row.time_zone,
    });
    return listOf<OrganizationRow, object>(this.desk, by, { question, query, patientOf: nobody, show });
  }

  @Get('listings')
  @ApiOperation({ operationId: 'listListings', summary: 'What is offered, where, and whether there is room' })
  @Answers(pageOf(listing))
  listings(@Caller() by: Actor, @Query() query: ListingsQuery): Promise<Page<object>> {
    const question: ListQuestion = {
      resource: 'listing',
      scope: {},
      order: ['t.title', 't.id'],
      direction: 'asc',
      select:
        'select t.*, o.name as organization_name from read.listing t left join read.organization o on o.id = t.organization_id',
      filters: [
        ['t.organization_id = ?', query.organizationId],
        ['? = any(t.regions)', query.region],
        ['t.published = ?', true],
      ],
    };
    const show = (row: ListingRow & { readonly organization_name: string | null }): object => ({
      id: row.id,
      version: row.version,
      title: row.title,
      organization: { id: row.organization_id, name: row.organization_name },
      services: row.services,
      regions: row.regions,
      payers: row.payers,
      ageMin: row.age_min,
      ageMax: row.age_max,
      practitionerIds: row.practitioner_ids,
      capacity: row.capacity,
    });
    return listOf<ListingRow & { readonly organization_name: string | null }, object>(this.desk, by, {
      question,
      query,
      patientOf: nobody,
      show,
    });
  }
}
