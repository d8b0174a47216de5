/** The directory's commands over HTTP. */
import { commandDoor, type CommandDoor } from '@fascia/http';
import {
  consentAggregate,
  listingAggregate,
  organizationAggregate,
  patientAggregate,
  practitionerAggregate,
} from '../write/aggregates.js';
import * as body from './bodies.js';

export const directoryCommands: readonly CommandDoor[] = [
  commandDoor({
    path: 'patients',
    tag: 'Patients',
    aggregate: patientAggregate,
    commands: [
      { command: 'RegisterPatient', body: body.RegisterPatientBody, summary: 'Register a patient' },
      {
        command: 'CorrectDemographics',
        at: 'correct-demographics',
        body: body.DemographicsBody,
        summary: 'Correct who the patient is',
      },
      {
        command: 'LinkIdentifier',
        at: 'link-identifier',
        body: body.LinkIdentifierBody,
        summary: 'Add an identifier',
      },
      {
        command: 'MergePatients',
        at: 'merge',
        body: body.MergePatientsBody,
        summary: 'Merge this record into another, for good',
      },
    ],
  }),
  commandDoor({
    path: 'consents',
    tag: 'Consents',
    aggregate: consentAggregate,
    commands: [
      { command: 'GrantConsent', body: body.GrantConsentBody, summary: 'Record a consent' },
      { command: 'WithdrawConsent', at: 'withdraw', summary: 'Withdraw a consent' },
    ],
  }),
  commandDoor({
    path: 'restrictions',
    tag: 'Consents',
    aggregate: consentAggregate,
    commands: [
      {
        command: 'RestrictConsent',
        body: body.RestrictConsentBody,
        summary: 'Record that sharing is restricted',
      },
    ],
  }),
  commandDoor({
    path: 'practitioners',
    tag: 'Directory',
    aggregate: practitionerAggregate,
    commands: [
      {
        command: 'EnrolPractitioner',
        body: body.EnrolPractitionerBody,
        summary: 'Enrol a practitioner or member of staff',
      },
      { command: 'RecordLicence', at: 'record-licence', body: body.LicenceBody, summary: 'Record a licence' },
      {
        command: 'SuspendPractitioner',
        at: 'suspend',
        body: body.PractitionerReasonBody,
        summary: 'Suspend: no signature and no sign-in',
      },
      {
        command: 'ReinstatePractitioner',
        at: 'reinstate',
        body: body.PractitionerReasonBody,
        summary: 'End a suspension',
      },
      { command: 'AssignRole', at: 'assign-role', body: body.AssignRoleBody, summary: 'Give a role' },
      { command: 'EndRole', at: 'end-role', body: body.AssignRoleBody, summary: 'Take a role away' },
    ],
  }),
  commandDoor({
    path: 'organizations',
    tag: 'Directory',
    aggregate: organizationAggregate,
    commands: [
      {
        command: 'RegisterOrganization',
        body: body.RegisterOrganizationBody,
        summary: 'Register an organisation',
      },
    ],
  }),
  commandDoor({
    path: 'listings',
    tag: 'Directory',
    aggregate: listingAggregate,
    commands: [
      { command: 'PublishListing', body: body.PublishListingBody, summary: 'Offer a service' },
      {
        command: 'ReviseListing',
        at: 'revise',
        body: body.ListingOfferBody,
        summary: 'Change what is offered',
      },
      {
        command: 'RecordCapacity',
        at: 'record-capacity',
        body: body.ListingCapacityBody,
        summary: 'Say whether patients are taken now',
      },
      { command: 'WithdrawListing', at: 'withdraw', summary: 'Take the listing down' },
    ],
  }),
];
