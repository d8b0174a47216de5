/** Every action that a policy may name. An action that is not here is denied without asking. */
// prettier-ignore
export const ACTIONS = [
  // referral
  'DraftReferral', 'EditDraft', 'DiscardDraft', 'SendReferral', 'ClaimReferral', 'ReleaseReferral',
  'AcknowledgeReceipt', 'RequestInformation', 'SupplyInformation', 'AcceptReferral', 'DeclineReferral',
  'ProposeRedirect', 'ProposeStop', 'RejectProposal', 'RedirectReferral', 'BookVisit', 'RecordNoShow',
  'CancelVisit', 'StartTreatment', 'SendInterimNote', 'HoldReferral', 'ResumeReferral', 'WithdrawReferral',
  'RequestCancellation', 'ConfirmCancellation', 'RefuseCancellation', 'ReportOutcome', 'ReverseDecline',
  'AcknowledgeOutcome', 'QueryOutcome', 'AmendOutcome', 'ExpireReferral', 'VoidReferral', 'ReviseReferral',
  'SupersedeReferral', 'AcknowledgeRevision', 'PostMessage',
  // directory
  'RegisterPatient', 'CorrectDemographics', 'LinkIdentifier', 'MergePatients', 'GrantConsent',
  'RestrictConsent', 'WithdrawConsent', 'EnrolPractitioner', 'RecordLicence', 'SuspendPractitioner',
  'ReinstatePractitioner', 'AssignRole', 'EndRole', 'RegisterOrganization', 'PublishListing', 'ReviseListing',
  'RecordCapacity', 'WithdrawListing',
  // diagnosis, plan
  'RecordDiagnosis', 'ConfirmDiagnosis', 'ReviseDiagnosis', 'RefuteDiagnosis', 'ResolveDiagnosis',
  'DraftPlan', 'EditPlan', 'EstablishPlan', 'SubmitPlan', 'CompletePlan', 'DiscontinuePlan', 'ReviewPlan',
  'CertifyPlan',
  // session, assessment, safety
  'ScheduleSession', 'RescheduleSession', 'CancelSession', 'MarkNoShow', 'CheckIn', 'RecordPreScreen',
  'StartSession', 'RecordIntervention', 'StopSession', 'CompleteSession', 'SignSession', 'AmendSession',
  'RecordAssessment', 'CorrectAssessment', 'RaiseFlag', 'ClearFlag', 'ConfirmFlag',
  // work
  'CreateTask', 'ClaimTask', 'ReleaseTask', 'ReassignTask', 'CompleteTask', 'CancelTask', 'ImportBundle',
  // beside commands
  'Read', 'Audit', 'Operate',
] as const;

export type Action = (typeof ACTIONS)[number];
