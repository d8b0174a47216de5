/** Request classes of the directory. */
import { PAYER_PROFILES, REGIONS } from '@fascia/clinical';
import {
  CalendarDate,
  Code,
  Codes,
  Flag,
  Id,
  Ids,
  Line,
  Lines,
  ListOf,
  Nested,
  OptionalLine,
  PARTIAL_DATE,
  Text,
  Whole,
} from '@fascia/http';
import { ROLES, type Role } from '@fascia/kernel';
import { CAPACITIES, PURPOSES } from '../contract/events.js';

export class PersonNameBody {
  @Line(200) family!: string;
  @Lines(200, { max: 10 }) given!: string[];
  @Lines(60, { max: 5 }) prefix!: string[];
  @OptionalLine(400, { description: 'The whole name as the person writes it.' }) text?: string;
}

class IdentifierBody {
  @Line(300, { description: 'A URI that names who assigned it.' }) system!: string;
  @Line(200) value!: string;
}

class TelecomBody {
  @Code(['phone', 'email', 'fax', 'sms', 'url', 'pager', 'other']) system!: string;
  @Line(300) value!: string;
  @OptionalLine(20) use?: string;
}

class AddressBody {
  @Lines(300, { max: 5 }) line!: string[];
  @OptionalLine(200) city?: string;
  @OptionalLine(200) state?: string;
  @OptionalLine(40) postalCode?: string;
  @OptionalLine(100) country?: string;
}

export class DemographicsBody {
  @Nested(() => PersonNameBody) name!: PersonNameBody;
  @Line(10, { pattern: PARTIAL_DATE, description: 'FHIR date: YYYY, YYYY-MM or YYYY-MM-DD.' })
  birthDate!: string;
  @Code(['male', 'female', 'other', 'unknown']) sexAtBirth!: string;
  @ListOf(() => TelecomBody, { max: 20 }) telecom!: TelecomBody[];
  @ListOf(() => AddressBody, { max: 10 }) address!: AddressBody[];
  @OptionalLine(35, { description: 'BCP 47, such as es or ar-EG.' }) language?: string;
  @Flag() interpreter!: boolean;
}

export class RegisterPatientBody extends DemographicsBody {
  @ListOf(() => IdentifierBody, { max: 20 }) identifiers!: IdentifierBody[];
  @Id({ optional: true, description: 'Who holds the record; your own organisation when absent.' })
  organizationId?: string;
}

export class LinkIdentifierBody extends IdentifierBody {}

export class MergePatientsBody {
  @Id() survivorId!: string;
  @Text(1000) reason!: string;
}

class PractitionerRoleBody {
  @Code(ROLES) role!: Role;
  @Id({ optional: true }) organizationId?: string;
}

export class EnrolPractitionerBody {
  @Nested(() => PersonNameBody) name!: PersonNameBody;
  @OptionalLine(10, { pattern: /^\d{10}$/, description: 'National Provider Identifier.' }) npi?: string;
  @Lines(10, { max: 10, description: 'NUCC taxonomy codes.' }) taxonomies!: string[];
  @OptionalLine(200, { description: "Subject of the person's access tokens." }) account?: string;
  @ListOf(() => PractitionerRoleBody, { max: 10 }) roles!: PractitionerRoleBody[];
  @ListOf(() => AddressBody, { max: 10 }) address!: AddressBody[];
}

export class LicenceBody {
  @Line(40) state!: string;
  @Line(100) number!: string;
  @Line(100) kind!: string;
  @CalendarDate() from!: string;
  @CalendarDate() to!: string;
}

export class PractitionerReasonBody {
  @Text(1000) reason!: string;
}

export class AssignRoleBody extends PractitionerRoleBody {}

export class RegisterOrganizationBody {
  @Line(300) name!: string;
  @Code(['practice', 'clinic', 'network', 'other']) kind!: string;
  @ListOf(() => IdentifierBody, { max: 20 }) identifiers!: IdentifierBody[];
  @ListOf(() => TelecomBody, { max: 20 }) telecom!: TelecomBody[];
  @ListOf(() => AddressBody, { max: 10 }) address!: AddressBody[];
  @Line(60, { description: 'IANA time zone.' }) timeZone!: string;
}

export class ListingOfferBody {
  @Line(300) title!: string;
  @Codes(['STM'], { min: 1, max: 5 }) services!: string[];
  @Codes(REGIONS, { min: 1, max: 40 }) regions!: string[];
  @Whole(0, 130, { optional: true }) ageMin?: number;
  @Whole(0, 130, { optional: true }) ageMax?: number;
  @Codes(PAYER_PROFILES, { min: 1, max: 10 }) payers!: string[];
  @Ids({ min: 1, max: 100 }) practitionerIds!: string[];
}

export class PublishListingBody extends ListingOfferBody {
  @Code(CAPACITIES) capacity!: string;
  @Id({ optional: true, description: 'Your own organisation when absent.' }) organizationId?: string;
}

export class ListingCapacityBody {
  @Code(CAPACITIES) capacity!: string;
}

export class GrantConsentBody {
  @Id() patientId!: string;
  @Codes(PURPOSES, { min: 1, max: 3 }) purposes!: string[];
  @Ids({ max: 100 }) organizationIds!: string[];
  @CalendarDate() from!: string;
  @CalendarDate({ optional: true }) to?: string;
  @Code(['written', 'verbal', 'electronic']) method!: string;
}

export class RestrictConsentBody {
  @Id() patientId!: string;
  @Ids({ max: 100, description: 'Empty: sharing with anybody.' }) organizationIds!: string[];
  @Text(1000) reason!: string;
}
