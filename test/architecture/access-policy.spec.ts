/** What the joined policies of all contexts come to: who may do what. */
import fc from 'fast-check';
import { accessPolicy, commandTypes } from '@fascia/composition';
import { DEEDS } from '@fascia/access';
import { CATEGORIES, RELATIONS, ROLES, type Category, type Relation, type Role } from '@fascia/kernel';

const policy = accessPolicy();
const actions: readonly string[] = [...commandTypes, ...DEEDS];

const may = (role: Role, relations: readonly Relation[], action: string, resource: Category): boolean =>
  policy.decide({ role, relations, action, resource }).allowed;

/** Written by hand, row by row of the lifecycle (docs/lifecycle.md): which role, by which relation. */
const REFERRAL: Readonly<Record<string, readonly string[]>> = {
  DraftReferral: ['physician home', 'physician referrer', 'delegate home', 'delegate referrer'],
  EditDraft: ['physician home', 'physician referrer', 'delegate home', 'delegate referrer'],
  DiscardDraft: ['physician home', 'physician referrer', 'delegate home', 'delegate referrer', 'system'],
  SendReferral: ['physician home', 'physician referrer'],
  ClaimReferral: ['coordinator pool', 'therapist pool'],
  ReleaseReferral: ['coordinator recipient', 'therapist recipient'],
  AcknowledgeReceipt: ['coordinator recipient', 'system'],
  RequestInformation: ['coordinator recipient', 'therapist recipient'],
  SupplyInformation: ['physician referrer', 'delegate referrer'],
  AcceptReferral: ['coordinator recipient', 'therapist recipient'],
  DeclineReferral: ['coordinator recipient', 'therapist recipient', 'system'],
  ProposeRedirect: ['coordinator recipient', 'therapist recipient'],
  ProposeStop: ['coordinator recipient', 'therapist recipient'],
  RejectProposal: ['physician referrer'],
  RedirectReferral: ['physician referrer'],
  BookVisit: [
    'scheduler recipient',
    'coordinator recipient',
    'therapist recipient',
    'patient self',
    'system',
  ],
  MoveVisit: ['system'],
  RecordAttendance: ['system'],
  RecordNoShow: ['therapist recipient', 'scheduler recipient', 'coordinator recipient', 'system'],
  CancelVisit: [
    'patient self',
    'scheduler recipient',
    'coordinator recipient',
    'therapist recipient',
    'system',
  ],
  StartTreatment: ['system'],
  SendInterimNote: ['therapist recipient'],
  HoldReferral: ['physician referrer', 'therapist recipient', 'system'],
  ResumeReferral: ['physician referrer', 'therapist recipient'],
  WithdrawReferral: ['physician referrer', 'patient self', 'system'],
  RequestCancellation: ['physician referrer', 'patient self', 'system'],
  ConfirmCancellation: ['coordinator recipient', 'therapist recipient', 'system'],
  RefuseCancellation: ['therapist recipient'],
  ReportOutcome: ['therapist recipient'],
  ReverseDecline: ['coordinator recipient', 'therapist recipient'],
  AcknowledgeOutcome: ['physician referrer'],
  QueryOutcome: ['physician referrer'],
  AmendOutcome: ['therapist recipient'],
  ExpireReferral: ['system'],
  VoidReferral: ['physician home', 'physician referrer', 'records home', 'records referrer'],
  ReviseReferral: ['physician referrer'],
  SupersedeReferral: ['physician referrer'],
  AcknowledgeRevision: ['coordinator recipient', 'therapist recipient'],
  PostMessage: ['physician referrer', 'delegate referrer', 'coordinator recipient', 'therapist recipient'],
};

/** By rows that need no relation, a role stands alone. */
const expected = (rows: readonly string[], role: Role, relation: Relation | undefined): boolean =>
  rows.includes(role) || (relation !== undefined && rows.includes(`${role} ${relation}`));

describe('the referral table', () => {
  it.each(Object.entries(REFERRAL))('%s is for exactly these roles and relations', (action, rows) => {
    for (const role of ROLES) {
      expect({ role, allowed: may(role, [], action, 'referral') }).toEqual({
        role,
        allowed: expected(rows, role, undefined),
      });
      for (const relation of RELATIONS) {
        expect({ role, relation, allowed: may(role, [relation], action, 'referral') }).toEqual({
          role,
          relation,
          allowed: expected(rows, role, relation),
        });
      }
    }
  });

  it('names only commands that there are', () => {
    expect(Object.keys(REFERRAL).filter((command) => !commandTypes.includes(command))).toEqual([]);
  });
});

describe('rules that people would be hurt by losing', () => {
  it('a delegate never signs, certifies, confirms, clears or acknowledges', () => {
    const signing = [
      'SendReferral',
      'CertifyPlan',
      'ConfirmDiagnosis',
      'ClearFlag',
      'AcknowledgeOutcome',
      'SignSession',
    ];
    for (const action of signing)
      for (const category of CATEGORIES) expect(may('delegate', RELATIONS, action, category)).toBe(false);
  });

  it('only a physician of the practice that refers, or may begin to, clears a flag', () => {
    for (const role of ROLES)
      for (const relation of RELATIONS)
        expect(may(role, [relation], 'ClearFlag', 'flag')).toBe(
          role === 'physician' && (relation === 'referrer' || relation === 'home'),
        );
  });

  it.each([
    'RecordPrecaution',
    'ConfirmPrecaution',
    'DismissPrecaution',
    'SpecifyPrecaution',
    'ResolvePrecaution',
  ])('%s is for those who treat, and read what was proposed', (action) => {
    for (const role of ROLES)
      for (const relation of RELATIONS)
        expect(may(role, [relation], action, 'precaution')).toBe(
          (role === 'physician' && (relation === 'home' || relation === 'referrer')) ||
            (role === 'therapist' && relation === 'recipient'),
        );
  });

  it('records reads precautions where it holds the record or referred the patient, to ask whoever settles them', () => {
    for (const relation of RELATIONS)
      expect(may('records', [relation], 'Read', 'precaution')).toBe(
        relation === 'home' || relation === 'referrer',
      );
    const read = CATEGORIES.filter((category) => may('records', ['home'], 'Read', category));
    expect([...read].sort()).toEqual([
      'listing',
      'organization',
      'patient',
      'practitioner',
      'precaution',
      'referral',
    ]);
  });

  it.each(['ClearPrecaution', 'EndClearance'])('%s is for physicians', (action) => {
    for (const role of ROLES)
      for (const relation of RELATIONS)
        expect(may(role, [relation], action, 'precaution')).toBe(
          role === 'physician' && (relation === 'home' || relation === 'referrer'),
        );
  });

  it('auditor and operator read no patient data', () => {
    const directory: readonly Category[] = ['practitioner', 'organization', 'listing'];
    for (const category of CATEGORIES) {
      expect(may('auditor', RELATIONS, 'Read', category)).toBe(directory.includes(category));
      expect(may('operator', RELATIONS, 'Read', category)).toBe(
        directory.includes(category) || category === 'import',
      );
      expect(may('auditor', [], 'Audit', category)).toBe(true);
      expect(may('operator', [], 'Operate', category)).toBe(true);
    }
    const others = ROLES.filter((role) => role !== 'auditor' && role !== 'operator');
    for (const role of others)
      for (const category of CATEGORIES)
        expect(may(role, RELATIONS, 'Audit', category) || may(role, RELATIONS, 'Operate', category)).toBe(
          false,
        );
  });

  it('a pool member sees the referral and the patient, and nothing else', () => {
    const seen = CATEGORIES.filter((category) => may('therapist', ['pool'], 'Read', category));
    expect([...seen].sort()).toEqual(['listing', 'organization', 'patient', 'practitioner', 'referral']);
  });
});

describe('any question', () => {
  const anything = fc.record({
    role: fc.constantFrom(...ROLES),
    relations: fc.subarray([...RELATIONS]),
    action: fc.constantFrom(...actions),
    resource: fc.constantFrom(...CATEGORIES),
  });

  it('without a relation is denied, except to operator, auditor and system, and for reading the directory', () => {
    fc.assert(
      fc.property(anything, ({ role, action, resource }) => {
        const listed =
          ['operator', 'auditor', 'system'].includes(role) ||
          (action === 'Read' && ['practitioner', 'organization', 'listing'].includes(resource));
        return listed || !may(role, [], action, resource);
      }),
    );
  });

  it('gets more with more relations, never less', () => {
    fc.assert(
      fc.property(
        anything,
        fc.constantFrom(...RELATIONS),
        ({ role, relations, action, resource }, more) =>
          !may(role, relations, action, resource) || may(role, [...relations, more], action, resource),
      ),
    );
  });

  it('has one answer, whatever the order and repetition of relations, and names who decided', () => {
    fc.assert(
      fc.property(anything, ({ relations, ...ask }) => {
        const first = policy.decide({ ...ask, relations });
        const again = accessPolicy().decide({ ...ask, relations: [...relations, ...relations].reverse() });
        expect(again).toEqual(first);
        expect(first.allowed).toBe(first.policy !== 'default-deny');
      }),
      { numRuns: 50 },
    );
  });
});

describe('every command', () => {
  it('is for somebody, and so is every deed', () => {
    const nobody = actions.filter((action) =>
      CATEGORIES.every((category) => ROLES.every((role) => !may(role, RELATIONS, action, category))),
    );
    expect(nobody).toEqual([]);
  });
});
