/**
 * What must not go unnoticed. Each row breaks one rule in one place: `change` is text that stands there once, and what stands there
 * instead. `caught` names who has to say so: a spec (of a slow one `only` the tests that matter), or `types` for the compiler, which
 * specs run without. Where a file moves or a line is written differently, its row is adjusted here and nowhere else.
 */
const REFERRAL = 'libs/referral/src';
const PLAN = 'libs/plan/src';
const SESSION = 'libs/session/src';
const CLINICAL = 'libs/clinical/src';
const COORDINATION = 'libs/coordination/src';
const DOOR = 'libs/platform/write-door/src';
const READ_STORE = 'libs/platform/read-store/src';

const DELIVERY = 'libs/platform/delivery/src';

const TASKS = `${COORDINATION}/processes/task-rows.ts`;
const FLAGS_STOP = `${COORDINATION}/processes/stop-on-red-flag.process.ts`;
const FLAGS_STOP_SPEC = `${COORDINATION}/processes/stop-on-red-flag.spec.ts`;
const PROCESSES = `${COORDINATION}/processes/processes.spec.ts`;

const PROCESS_MUTATIONS = [
  {
    name: 'a note waits for a therapist who has gone',
    file: `${COORDINATION}/processes/share-unsigned-notes.process.ts`,
    change: ['instantAfterDays(event.occurredAt, days)', 'instantAfterDays(event.occurredAt, 100 * days)'],
    caught: `${COORDINATION}/processes/share-unsigned-notes.spec.ts`,
  },
  {
    name: 'a corrected baseline leaves the labels of what came after',
    file: `${COORDINATION}/processes/relabel-after-correction.process.ts`,
    change: ['measured.indexOf(id) + 1', 'measured.length'],
    caught: `${COORDINATION}/processes/relabel-after-correction.spec.ts`,
  },
  {
    name: 'what was measured later is taken for a baseline',
    file: 'libs/assessment/src/write/assessment.aggregate.ts',
    change: ['own < 0 ? all : all.slice(0, own)', 'all.filter((row) => row.id !== id)'],
    caught: 'libs/assessment/src/write/labels.spec.ts',
  },
  {
    name: 'an order that is over keeps its visits',
    file: `${COORDINATION}/processes/keep-visits-in-step.process.ts`,
    change: ["event.type === 'ReferralPutOnHold' ? [] :", "event.type !== 'ReferralExpired' ? [] :"],
    caught: PROCESSES,
  },
  {
    name: 'a visit that is moved stays where it was in the order',
    file: `${COORDINATION}/processes/keep-visits-in-step.process.ts`,
    change: ["{ type: 'MoveVisit', sessionId, start: event.data.start }", 'undefined'],
    caught: PROCESSES,
  },
  {
    name: 'nobody is asked to sign a session',
    file: TASKS,
    change: [
      `  {
    task: 'SIGN_SESSION', asks: 'recipient', roles: THERAPIST, subject: 'session',
    opensOn: ['SessionPerformed'], doneBy: ['SessionSigned'], cancelledBy: ['SessionVoided'],
  },
`,
      '',
    ],
    caught: `${COORDINATION}/processes/ask-for-the-next-fact.spec.ts`,
  },
  {
    name: 'a task waits for an event that nobody stores',
    file: TASKS,
    change: ["doneBy: ['SessionSigned']", "doneBy: ['SessionSignd']"],
    caught: 'types',
  },
  {
    name: 'a process waits for an event that nobody stores',
    file: `${COORDINATION}/processes/show-plan-to-physician.process.ts`,
    change: ["takes: ['PlanEstablished']", "takes: ['PlanEstablishd']"],
    caught: 'types',
  },
  {
    name: 'an emergency puts nothing on hold',
    file: FLAGS_STOP,
    change: ["urgency !== 'emergency'", "urgency !== 'byLaw'"],
    caught: FLAGS_STOP_SPEC,
  },
  {
    name: 'an emergency lets the visit go on',
    file: FLAGS_STOP,
    change: ['...running.map(', '...running.slice(1).map('],
    caught: FLAGS_STOP_SPEC,
  },
  {
    name: 'vital signs lift their flag a moment after they were outside',
    file: FLAGS_STOP,
    change: ['occurredAt >= againFrom && ', ''],
    caught: FLAGS_STOP_SPEC,
  },
  {
    name: 'a decline for a red flag raises none',
    file: FLAGS_STOP,
    change: ['return { gives: declinedFor(event, key.id) };', 'return {};'],
    caught: FLAGS_STOP_SPEC,
  },
  {
    name: 'an emergency that nobody was phoned about is looked at no more',
    file: TASKS,
    change: ['    done: isSettledAndTold, ', '    '],
    caught: `${COORDINATION}/processes/ask-for-the-next-fact.spec.ts`,
  },
  {
    name: "the order's priority counts more than the flag's",
    file: `${COORDINATION}/processes/ask-for-the-next-fact.process.ts`,
    change: ["if (event.type === 'RedFlagRaised') return reviewOf(event);", ''],
    caught: `${COORDINATION}/processes/ask-for-the-next-fact.spec.ts`,
  },
  {
    name: 'a plan outlives its leg',
    file: `${COORDINATION}/processes/end-plan-with-leg.process.ts`,
    change: ['gives: currentPlans.map((plan) => discontinue(plan, event.type))', 'gives: []'],
    caught: PROCESSES,
  },
  {
    name: 'a process gives a command that it does not name',
    file: `${COORDINATION}/processes/show-plan-to-physician.process.ts`,
    change: ["{ type: 'SubmitPlan', channel: 'portal' }", "{ type: 'CompletePlan' }"],
    caught: 'types',
  },
  {
    name: 'a draft that was sent is discarded all the same',
    file: `${COORDINATION}/processes/discard-old-drafts.process.ts`,
    change: ["return { gives: [{ cancel: 'T-DRAFT' }] };", 'return {};'],
    caught: PROCESSES,
  },
  {
    name: 'a timer that was taken back fires',
    file: `${COORDINATION}/runner/instance.ts`,
    change: [
      "    case 'TimerCancelled':\n      return { ...next, timers: without(timers, event.data.timer) };\n",
      "    case 'TimerCancelled':\n      return next;\n",
    ],
    caught: `${COORDINATION}/runner/instance.spec.ts`,
  },
  {
    name: 'a refused command is carried out when it is read again',
    file: `${COORDINATION}/runner/coordinator.ts`,
    change: ['.refused.has(commandId)) return;', ".refused.has('')) return;"],
    caught: 'test/faults/coordinator.int.spec.ts',
    only: 'a refusal is final',
  },
  {
    name: 'a follower stores its position before the work',
    file: `${DELIVERY}/follower.ts`,
    change: [
      'const waiting = taken.length > 0 ?',
      'row.has(markOf(standing.mark.epoch, last));\n        await row.move();\n        const waiting = taken.length > 0 ?',
    ],
    caught: `${DELIVERY}/follower.int.spec.ts`,
    only: 'waits for what is down',
  },
  {
    name: 'a stream that could not be read is let go unread',
    file: `${DELIVERY}/follower.ts`,
    change: [
      'event.stream === subject\n        ? [this.#whole(event, coming, hold)]\n        : await',
      'await',
    ],
    caught: `${DELIVERY}/follower.int.spec.ts`,
    only: 'takes a stream that it could not read again',
  },
  {
    name: 'timers fire before their time',
    file: `${DELIVERY}/due-runner.ts`,
    change: ['where t.due_at <= $1 and', "where $1 <> '' and"],
    caught: `${DELIVERY}/due-runner.int.spec.ts`,
    only: 'after downtime',
  },
  {
    name: 'what cannot be taken is left out',
    file: `${DELIVERY}/follower.ts`,
    change: ['if (error !== undefined) waiting.park(subject, position, error);', ''],
    caught: `${DELIVERY}/follower.int.spec.ts`,
    only: 'parks the one subject',
  },
  {
    name: 'what comes for a parked instance is taken before what waits',
    file: `${DELIVERY}/follower.ts`,
    change: ['if (waiting.hold(subject, position)) continue;', ''],
    caught: `${DELIVERY}/follower.int.spec.ts`,
    only: 'parks the one subject',
  },
];

const PERMISSION_MUTATIONS = [
  {
    name: 'a role that somebody does not hold is taken for their first',
    file: 'libs/platform/access/src/acting.ts',
    change: [
      'if (chosen.length === 0) throw notYours(held);',
      'if (chosen.length === 0) return { held, as: [held[0]] };',
    ],
    caught: 'libs/platform/access/src/acting.spec.ts',
  },
  {
    name: 'a delegate acts for anybody',
    file: 'libs/platform/access/src/acting.ts',
    change: ['return may && (await directory.isPhysicianIn(onBehalfOf, organizationId))', 'return may'],
    caught: 'libs/platform/access/src/acting.spec.ts',
  },
  {
    name: "a delegate's diagnosis is confirmed by itself",
    file: 'libs/diagnosis/src/domain/diagnosis.ts',
    change: ["role === 'delegate' && verification", "role === 'patient' && verification"],
    caught: 'libs/diagnosis/src/domain/diagnosis.spec.ts',
  },
  {
    name: 'a delegate sends referrals',
    file: `${REFERRAL}/contract/lifecycle.ts`,
    change: ["(['Draft'], 'Sent', [PHY])", "(['Draft'], 'Sent', [PHY, DEL])"],
    caught: 'test/architecture/access-policy.spec.ts',
    only: 'SendReferral is for exactly',
  },
  {
    name: 'a pool reads more than the order',
    file: 'libs/platform/access/policies/reading.cedar',
    change: [
      '[Category::"referral", Category::"patient"].contains(resource)',
      '[Category::"referral", Category::"patient", Category::"session"].contains(resource)',
    ],
    caught: 'test/architecture/access-policy.spec.ts',
    only: 'a pool member sees',
  },
  {
    name: 'a match is told to who may know of one of the two records alone',
    file: 'libs/directory/src/read/care-team/scope.ts',
    // eslint-disable-next-line no-template-curly-in-string -- the line as it stands
    change: ['(${oneHome} and (${otherHome} or ${otherSent}))', '${oneHome}'],
    caught: 'test/architecture/access-scope.int.spec.ts',
    only: 'listMatches shows',
  },
  {
    name: 'a record that was merged away is matched',
    file: 'libs/directory/src/read/matches/question.ts',
    change: ["  .where('b.merged', '=', false)\n", ''],
    caught: 'test/architecture/access-scope.int.spec.ts',
    only: 'listMatches shows',
  },
  {
    name: 'a recipient lists referrals of others',
    file: `${REFERRAL}/read/referrals/question.ts`,
    change: [
      "recipient: (organization) => t('t.recipient_organization_id', '=', organization)",
      "recipient: (organization) => t('t.recipient_organization_id', '!=', organization)",
    ],
    caught: 'test/architecture/access-scope.int.spec.ts',
    only: 'listReferrals shows',
  },
  {
    name: 'imports are listed to who does not hold the records',
    file: 'libs/fhir/src/read/imports/question.ts',
    change: [
      "owner: (organization) => t('t.organization_id', '=', organization)",
      "owner: (organization) => t('t.organization_id', '!=', organization)",
    ],
    caught: 'test/architecture/access-scope.int.spec.ts',
    only: 'listImports shows',
  },
  {
    name: 'records read more of a patient than what they look after',
    file: 'libs/platform/access/policies/reading.cedar',
    change: [
      '[Category::"patient", Category::"referral", Category::"precaution"].contains(resource)',
      '[Category::"patient", Category::"referral", Category::"precaution", Category::"session"].contains(resource)',
    ],
    caught: 'test/architecture/access-policy.spec.ts',
    only: 'records reads precautions',
  },
  {
    name: 'whoever watches hears of what others do',
    file: `${READ_STORE}/audience.ts`,
    change: [
      'named.has(organizationOf(one)) || see.has(organizationOf(one))',
      'organizationOf(one) !== NONE',
    ],
    caught: `${READ_STORE}/live-lists.int.spec.ts`,
    only: 'are told nothing of what is for others alone',
  },
  {
    name: 'whoever watched goes on watching without their role',
    file: 'libs/platform/http/src/live-streams.ts',
    change: ['return JSON.stringify(acting.as) === JSON.stringify(as);', 'return acting.as.length > 0;'],
    caught: 'libs/platform/http/src/live.int.spec.ts',
    only: 'ends when the role is another',
  },
  {
    name: 'lists ask for no permission',
    file: `${READ_STORE}/read-desk.ts`,
    change: ['.filter(({ decision }) => decision.allowed);', ';'],
    caught: `${READ_STORE}/read-desk.spec.ts`,
  },
  {
    name: 'commands of one stream do not wait for one another',
    file: `${DOOR}/door.ts`,
    change: [
      'return this.#parts.lanes.through(stream, () => this.#inTurn(aggregate, stream, request));',
      'return this.#inTurn(aggregate, stream, request);',
    ],
    caught: `${DOOR}/crowd.int.spec.ts`,
    only: 'on memory',
  },
  {
    name: 'what is remembered is of any log',
    file: `${DOOR}/loading.ts`,
    change: [
      'if (there?.digest !== known.last?.digest || there?.position !== known.last?.position) return undefined;',
      'if (there === undefined) return undefined;',
    ],
    caught: `${DOOR}/memory.int.spec.ts`,
    only: 'has gone on otherwise',
  },
  {
    name: 'what is remembered outlives the key',
    file: `${DOOR}/loading.ts`,
    change: ['if ((await codec.standing(seal)) !== standing) return false;', 'void [codec, seal, standing];'],
    caught: `${DOOR}/memory.int.spec.ts`,
    only: 'a stream that was read',
  },
  {
    name: 'a stream is read whole each time',
    file: `${DOOR}/memory.ts`,
    change: [
      '    this.#entries.set(name, { known: { ...known, taken }, weight, weighedAt });\n',
      '    void taken;\n',
    ],
    caught: `${DOOR}/memory.int.spec.ts`,
    only: 'is read no more',
  },
  {
    name: 'a snapshot of other code is taken for good',
    file: `${DOOR}/snapshots.ts`,
    change: [
      'JSON.stringify([codeDigest, folding.name, folding.code])',
      "JSON.stringify(['', folding.name, folding.code])",
    ],
    caught: `${DOOR}/memory.int.spec.ts`,
    only: 'of other code',
  },
  {
    name: 'a snapshot outlives the key',
    file: `${DOOR}/snapshots.ts`,
    change: ['delete from snapshot.state where subject = new.subject;', 'perform 1;'],
    caught: `${DOOR}/memory.int.spec.ts`,
    only: 'goes with the key',
  },
  {
    name: 'who waited too long keeps the place',
    file: `${DOOR}/lanes.ts`,
    change: ['      waiting.splice(waiting.indexOf(me), 1);\n', ''],
    caught: `${DOOR}/lanes.spec.ts`,
  },
  {
    name: 'the door asks nobody whether they may',
    file: `${DOOR}/door.ts`,
    change: ['if (denied !== undefined) return denied;', ''],
    caught: `${DOOR}/door.int.spec.ts`,
    only: 'on memory',
  },
  {
    name: 'a token for another audience is taken',
    file: 'libs/platform/access/src/token-verifier.ts',
    change: ['        audience: this.options.audience,\n', ''],
    caught: 'libs/platform/access/src/token-verifier.spec.ts',
  },
];

const RULE_MUTATIONS = [
  {
    name: 'what a clinic enters late holds up the next one',
    file: `${REFERRAL}/write/referral.aggregate.ts`,
    change: ['ports.careOf(request.id, clinicIn(request))', "ports.careOf(request.id, '')"],
    caught: `${REFERRAL}/write/referral.aggregate.spec.ts`,
  },
  {
    name: 'a visit is booked beyond what was ordered, and nobody says why',
    file: `${SESSION}/domain/within-order.ts`,
    change: ['visits >= agreed', 'visits > agreed'],
    caught: `${SESSION}/domain/within-order.spec.ts`,
  },
  {
    name: "a plan is drafted over the patient's no",
    file: `${PLAN}/write/plan.aggregate.ts`,
    change: ["  DraftPlan: ['referral', 'sharing'],", "  DraftPlan: ['referral'],"],
    caught: `${PLAN}/write/plan.aggregate.spec.ts`,
  },
  {
    name: 'a patient is measured over their no',
    file: 'libs/assessment/src/domain/assessment.ts',
    change: ['  if (facts.sharingClosed) return { ok: false, refusal: SHARING_CLOSED };\n', ''],
    caught: 'libs/assessment/src/domain/assessment.spec.ts',
  },
  {
    name: 'goals are called met that are not',
    file: `${REFERRAL}/domain/referral.closing.ts`,
    change: ['return unmet.length === 0\n', 'return unmet.length >= 0\n'],
    caught: `${REFERRAL}/domain/referral.outcome.spec.ts`,
  },
  {
    name: 'a goal of less pain is met by more',
    file: `${PLAN}/domain/goals.ts`,
    change: ['target < baseline ?', 'target > baseline ?'],
    caught: `${PLAN}/domain/goals.spec.ts`,
  },
  {
    name: 'a colleague signs a note and does not say why',
    file: `${SESSION}/domain/note.ts`,
    change: ['  return reason === undefined\n', '  return reason === null\n'],
    caught: `${SESSION}/domain/closing.spec.ts`,
  },
  {
    name: 'a visit is entered late under an order that nobody had accepted',
    file: `${SESSION}/domain/late-entry.ts`,
    change: ['  wasAccepted,\n  isOver,', '  isOver,'],
    caught: `${SESSION}/domain/late-entry.spec.ts`,
  },
  {
    name: 'what was entered late is not marked',
    file: `${SESSION}/domain/note.ts`,
    change: ['state.enteredLate || isLate(end, at)', 'isLate(end, at)'],
    caught: `${SESSION}/domain/late-entry.spec.ts`,
  },
  {
    name: 'care of yesterday is held against the plan of today',
    file: `${SESSION}/write/plan-fact.ts`,
    change: ['from <= end && (to === undefined || to >= start)', 'to === undefined'],
    caught: `${SESSION}/write/late-entry.spec.ts`,
  },
  {
    name: 'anybody signs for the therapist, of whatever profession',
    file: `${SESSION}/domain/note.ts`,
    change: [
      '(therapistIsLicensed(facts) ?? performerIsAllowed(state, facts))',
      'therapistIsLicensed(facts)',
    ],
    caught: `${SESSION}/domain/closing.spec.ts`,
  },
  {
    name: 'G4 is skipped: a referral is sent over an open flag',
    file: `${REFERRAL}/domain/referral.policies.ts`,
    change: ['  noFlagIsOpen,\n  screeningIsSettled,\n', '  screeningIsSettled,\n'],
    caught: `${REFERRAL}/domain/referral.sending.spec.ts`,
  },
  {
    name: 'a yes of the screening is forgotten',
    file: `${REFERRAL}/domain/referral.policies.ts`,
    change: ['  noFlagIsOpen,\n  screeningIsSettled,\n', '  noFlagIsOpen,\n'],
    caught: `${REFERRAL}/domain/referral.sending.spec.ts`,
  },
  {
    name: 'of what stands in the way only the first is told',
    file: 'libs/kernel/src/contract/refusals.ts',
    change: ['{ ...first, also }', 'first'],
    caught: `${REFERRAL}/domain/referral.sending.spec.ts`,
  },
  {
    name: "a refusal tells what another patient's diagnosis is",
    file: `${REFERRAL}/domain/referral.places.ts`,
    change: ['diagnosis.patientId === patientId &&', 'patientId.length > 0 &&'],
    caught: `${REFERRAL}/domain/referral.sending.spec.ts`,
  },
  {
    name: 'a revision asks whom the order was for first',
    file: `${REFERRAL}/domain/referral.ordering.ts`,
    change: ['{ ...content, target: whoHasIt(state) }', 'content'],
    caught: `${REFERRAL}/domain/referral.revision.spec.ts`,
  },
  {
    name: 'a patient who came is still counted as staying away',
    file: `${REFERRAL}/domain/referral.ts`,
    change: ['missed: { ...state.missed, consecutive: 0 }', 'missed: state.missed'],
    caught: `${REFERRAL}/domain/referral.visits.spec.ts`,
  },
  {
    name: 'a withdrawn consent stops nothing',
    file: `${REFERRAL}/domain/referral.policies.ts`,
    change: ['isSharingClosed(consents, organizationId) ?', '!isSharingClosed(consents, organizationId) ?'],
    caught: `${REFERRAL}/domain/referral.sending.spec.ts`,
  },
  {
    name: "a patient's no is not taken back by a later yes",
    file: 'libs/directory/src/contract/sharing.ts',
    change: ['later.saidAt > one.saidAt && ', 'later.saidAt < one.saidAt && '],
    caught: 'libs/directory/src/contract/sharing.spec.ts',
  },
  {
    name: 'a clinic begins visits over a no',
    file: `${SESSION}/domain/session.policies.ts`,
    change: ['  (_visit, facts) => sharingIsOpen(facts),\n', ''],
    caught: `${SESSION}/domain/session.rules.spec.ts`,
  },
  {
    name: 'another diagnosis or place is no material revision',
    file: `${REFERRAL}/contract/order.ts`,
    change: ["['diagnosisIds', 'sites', 'precautions', 'requested'] as const", "['requested'] as const"],
    caught: `${REFERRAL}/domain/referral.revision.spec.ts`,
  },
  {
    name: 'the same said in another order is another thing',
    file: 'libs/kernel/src/same.ts',
    change: ['new Set(value.map(inNoOrder))', 'value.map(inNoOrder)'],
    caught: 'libs/kernel/src/same.spec.ts',
  },
  {
    name: 'a plan treats what was not referred',
    file: `${PLAN}/domain/plan.policies.ts`,
    change: ['  sitesAreWhole,\n  sitesAreReferred,\n', '  sitesAreWhole,\n'],
    caught: `${PLAN}/domain/plan.rules.spec.ts`,
  },
  {
    name: 'a certification is due a day later',
    file: `${CLINICAL}/payer-profile.ts`,
    change: ['initialDueDays: 30', 'initialDueDays: 31'],
    caught: `${PLAN}/domain/plan.rules.spec.ts`,
  },
  {
    name: 'every day is a day of UTC',
    file: 'libs/directory/src/write/organization.aggregate.ts',
    change: ['{ zone: state.timeZone, ...state.daysOff }', "{ zone: 'UTC', ...state.daysOff }"],
    caught: `${SESSION}/write/session.days.spec.ts`,
  },
  {
    name: 'a restriction waits for its day',
    file: 'libs/directory/src/read/lookups.ts',
    change: ["        of('kind', '<>', 'granted'),\n", ''],
    caught: 'libs/directory/src/write/days.spec.ts',
  },
  {
    name: 'a session starts with fever',
    file: `${SESSION}/domain/session.policies.ts`,
    change: ['  nothingPreventsStart,\n  hasNoFever,\n', '  nothingPreventsStart,\n'],
    caught: `${SESSION}/domain/session.rules.spec.ts`,
  },
  {
    name: 'work goes on where a flag was raised',
    file: `${SESSION}/domain/interventions.ts`,
    change: ['nothingForbidsHere(state, id, facts, siteOf(command))', 'undefined'],
    caught: `${SESSION}/domain/session.rules.spec.ts`,
  },
  {
    name: 'a region that is stopped is stopped on one side',
    file: `${CLINICAL}/red-flags.ts`,
    change: ['return at.region === worked.region;', 'return sitesOverlap(at, worked);'],
    caught: `${CLINICAL}/red-flags.spec.ts`,
  },
  {
    name: 'a therapist settles a question by themselves',
    file: 'libs/safety/src/domain/flag.ts',
    change: ["settled !== undefined && by.role !== 'physician'", 'false'],
    caught: 'libs/safety/src/domain/flag.spec.ts',
  },
  {
    name: 'any flag is lifted by measuring again',
    file: 'libs/safety/src/domain/flag.ts',
    change: ["state?.catalogueId !== 'F10'", 'state === undefined'],
    caught: 'libs/safety/src/domain/flag.spec.ts',
  },
  {
    name: 'a safeguarding concern is told to everybody',
    file: 'libs/safety/src/read/restricted.ts',
    change: ['catalogueIds.filter((id) => !isRestrictedFlag(id))', 'catalogueIds'],
    caught: `${REFERRAL}/read/referrals/told.spec.ts`,
  },
  {
    name: 'the left shoulder is diagnosed and the right one sent',
    file: `${REFERRAL}/domain/referral.policies.ts`,
    change: ['  orderFitsDiagnoses,\n  screeningIsAnswered', '  screeningIsAnswered'],
    caught: `${REFERRAL}/domain/referral.places.spec.ts`,
  },
  {
    name: 'both sides are ordered for one diagnosis',
    file: `${REFERRAL}/domain/referral.places.ts`,
    change: ['elsewhere.length === 0 && undiagnosed.length === 0', 'elsewhere.length === 0'],
    caught: `${REFERRAL}/domain/referral.places.spec.ts`,
  },
  {
    name: 'phlebitis on file is no matter of an order that does not name it',
    file: `${REFERRAL}/domain/referral.policies.ts`,
    change: ['...onFile].map', '].map'],
    caught: `${REFERRAL}/domain/referral.sending.spec.ts`,
  },
  {
    name: 'a diagnosis has no side though its code has one',
    file: 'libs/diagnosis/src/domain/side.ts',
    change: ['{ ...said, site: { region, side } } : said', 'said : said'],
    caught: 'libs/diagnosis/src/domain/diagnosis.spec.ts',
  },
  {
    name: 'a yes of long ago settles the question of today',
    file: `${REFERRAL}/domain/referral.safety.ts`,
    change: ['raisedAt >= asked', 'raisedAt !== asked'],
    caught: `${REFERRAL}/domain/referral.sending.spec.ts`,
  },
  {
    name: 'an emergency does not stop the work',
    file: `${SESSION}/domain/interventions.ts`,
    change: ['noEmergency(state, id, facts) ??\n    hasPlan(facts)', 'hasPlan(facts)'],
    caught: `${SESSION}/domain/session.rules.spec.ts`,
  },
  {
    name: 'a code that is none is taken for a visit',
    file: `${SESSION}/domain/interventions.ts`,
    change: ['  if (timing === undefined) {', '  if (false) {'],
    caught: `${SESSION}/domain/note.spec.ts`,
  },
  {
    name: "a visit's word counts more than the table of codes",
    file: `${SESSION}/domain/interventions.ts`,
    change: ["timed: timing === 'timed',", 'timed: recorded.timed ?? true,'],
    caught: `${SESSION}/domain/note.spec.ts`,
  },
  {
    name: 'untimed minutes that were recorded as timed become units',
    file: `${SESSION}/domain/note.ts`,
    change: ["timed && timings.get(cpt) !== 'untimed'", 'timed'],
    caught: `${SESSION}/domain/note.spec.ts`,
  },
  {
    name: 'an evaluation is timed',
    file: 'libs/clinical/data/service-codes.json',
    change: ['"97161", "97162"', '"97162"'],
    caught: `${CLINICAL}/service-codes.spec.ts`,
  },
  {
    name: 'a code that is none is planned',
    file: `${PLAN}/domain/plan.policies.ts`,
    change: ['  codesAreKnown,\n', ''],
    caught: `${PLAN}/domain/plan.rules.spec.ts`,
  },
  {
    name: 'one minute is given to two patients',
    file: `${SESSION}/domain/joint-time.ts`,
    change: ['claimed * MINUTE_MS > elapsedMs(from, to)', 'claimed * MINUTE_MS > 2 * elapsedMs(from, to)'],
    caught: `${SESSION}/domain/joint-time.spec.ts`,
  },
  {
    name: 'a visit is signed without looking whom else the therapist had',
    file: `${SESSION}/write/session.aggregate.ts`,
    change: ["SignSession: ['therapist', 'beside']", "SignSession: ['therapist']"],
    caught: `${SESSION}/write/session.aggregate.spec.ts`,
  },
  {
    name: 'a unit counts from its seventh minute',
    file: `${CLINICAL}/units.ts`,
    change: ['const ROUNDING_MINUTES = 7;', 'const ROUNDING_MINUTES = 8;'],
    caught: `${CLINICAL}/units.spec.ts`,
  },
  {
    name: 'a change within the error of measurement is a success',
    file: 'libs/assessment/src/domain/change-label.ts',
    change: ['if (size >= Math.max(meaningful, mdc))', 'if (size >= meaningful)'],
    caught: 'libs/assessment/src/domain/change-label.spec.ts',
  },
  {
    name: 'a file overrules what a person settled of a precaution',
    file: 'libs/safety/src/domain/precaution.ts',
    change: ["return state.status === 'proposed' || !isNews", 'return isNews || !isNews'],
    caught: 'libs/safety/src/domain/precaution.spec.ts',
  },
  {
    name: 'a medicine is over as soon as one prescription of it is',
    file: 'libs/fhir/src/write/precautions.ts',
    change: ['all.every(({ ended }) => ended === true)', 'all.some(({ ended }) => ended === true)'],
    caught: 'libs/fhir/src/write/precautions.spec.ts',
  },
  {
    name: 'deep friction is for patients with anticoagulants',
    file: `${CLINICAL}/contraindications/rows.ts`,
    change: [
      "without: ['IASTM', 'DTFM'], maxPressureGrade: 2, why",
      "without: ['IASTM'], maxPressureGrade: 2, why",
    ],
    caught: `${CLINICAL}/contraindications/judge.spec.ts`,
  },
  {
    name: 'an injury is acute for two days',
    file: `${CLINICAL}/contraindications/rows.ts`,
    change: ['acuteInjury: { hours: 72 }', 'acuteInjury: { hours: 48 }'],
    caught: `${CLINICAL}/contraindications/judge.spec.ts`,
  },
  {
    name: 'what began nobody knows when is long over',
    file: `${CLINICAL}/contraindications/judge.ts`,
    change: ['if (since === undefined) return false;', 'if (since === undefined) return true;'],
    caught: `${CLINICAL}/contraindications/judge.spec.ts`,
  },
  {
    name: 'a wound somewhere is nowhere',
    file: `${CLINICAL}/contraindications/judge.ts`,
    change: ['(usually?.includes(site.region) ?? true)', '(usually?.includes(site.region) ?? false)'],
    caught: `${CLINICAL}/contraindications/judge.spec.ts`,
  },
  {
    name: 'a clearance has no end',
    file: `${CLINICAL}/contraindications/judge.ts`,
    change: ['  day <= clearance.until &&\n', ''],
    caught: `${CLINICAL}/contraindications/judge.spec.ts`,
  },
  {
    name: 'what nobody settled is ignored',
    file: 'libs/safety/src/domain/contraindicated.ts',
    change: ["status === 'confirmed' || (status === 'proposed' && !ended)", "status === 'confirmed'"],
    caught: 'libs/safety/src/domain/contraindicated.spec.ts',
  },
  {
    name: 'a row is cleared that no clearance opens',
    file: 'libs/safety/src/domain/precaution.ts',
    change: ['if (!isClearable(catalogueId))', "if (catalogueId === '')"],
    caught: 'libs/safety/src/domain/precaution.spec.ts',
  },
  {
    name: 'an order is sent over what closes the whole body',
    file: `${REFERRAL}/domain/referral.policies.ts`,
    change: ['  precautionsAreSettled,\n  careIsNotContraindicated,\n];', '  precautionsAreSettled,\n];'],
    caught: `${REFERRAL}/domain/referral.safety.spec.ts`,
  },
  {
    name: 'a plan names what is contraindicated',
    file: `${PLAN}/domain/plan.policies.ts`,
    change: ['  codesAreKnown,\n  techniquesAreNotContraindicated,\n', '  codesAreKnown,\n'],
    caught: `${PLAN}/domain/plan.contraindications.spec.ts`,
  },
  {
    name: 'an intervention is recorded over a contraindication',
    file: `${SESSION}/domain/interventions.ts`,
    change: ['forbidden !== undefined && doneDespite === undefined', "doneDespite === ''"],
    caught: `${SESSION}/domain/contraindications.spec.ts`,
  },
  {
    name: 'signs of thrombosis are no emergency',
    file: `${CLINICAL}/red-flags.ts`,
    change: [
      "key: 'suspected-thrombosis-or-embolism', urgency: 'emergency'",
      "key: 'suspected-thrombosis-or-embolism', urgency: 'urgent'",
    ],
    caught: `${CLINICAL}/red-flags.spec.ts`,
  },
  {
    name: 'a code that bounces on sight is taken',
    file: `${CLINICAL}/icd10/hazards.ts`,
    change: ["  { prefix: 'G83.4', hazard: 'cauda equina syndrome', scope: 'whole' },\n", ''],
    caught: `${CLINICAL}/icd10/hazards.spec.ts`,
  },
];

const STORING_MUTATIONS = [
  {
    name: 'an open referral holds no place',
    file: `${REFERRAL}/write/open-referral.claims.ts`,
    change: ['!isOpen(stageOf(state)) ||', 'isOpen(stageOf(state)) ||'],
    caught: `${REFERRAL}/write/referral.aggregate.spec.ts`,
  },
  {
    name: "a session holds no patient's time",
    file: `${SESSION}/write/session.aggregate.ts`,
    change: [", ...weeks.map(claimOf(patientId, 'patient'))", ''],
    caught: `${SESSION}/write/session.aggregate.spec.ts`,
  },
  {
    name: 'the door claims nothing',
    file: `${DOOR}/storing.ts`,
    change: ['[...this.#creation(history, request), ...added], context', '[], context'],
    caught: `${DOOR}/claims.int.spec.ts`,
    only: 'on memory',
  },
  {
    name: 'who takes over a claim does not tell its owner',
    file: `${DOOR}/take-over.ts`,
    change: ['    await store.append({ ...request, events: [event] });\n', '    void [request, event];\n'],
    caught: `${DOOR}/claims.int.spec.ts`,
    only: 'on memory',
  },
  {
    name: 'a person who was erased is given a new key',
    file: 'libs/platform/sealing/src/subject-keys.ts',
    change: ["    if (found.some(({ wrapped }) => wrapped === null)) return 'erased';\n", ''],
    caught: 'libs/platform/sealing/src/keys.int.spec.ts',
    only: 'never made again',
  },
  {
    name: 'another history is taken for the one that was followed',
    file: `${DELIVERY}/history.ts`,
    change: [
      '): Promise<boolean> => mark.position === 0n ||',
      '): Promise<boolean> => mark.position >= 0n ||',
    ],
    caught: `${DELIVERY}/checkpoint.int.spec.ts`,
    only: 'a follower that begins again',
  },
  {
    name: 'a repeated command is a new one',
    file: `${DOOR}/door.ts`,
    change: ['(await firstAnswer(this.#parts, history, request)) ??', ''],
    caught: `${DOOR}/door.int.spec.ts`,
    only: 'on memory',
  },
  {
    name: 'If-Match is not looked at',
    file: `${DOOR}/door.ts`,
    change: ['if (ifVersion !== undefined && ifVersion !== history.version)', 'if (ifVersion === -1)'],
    caught: `${DOOR}/door.int.spec.ts`,
    only: 'on memory',
  },
  {
    name: 'one key serves two requests',
    file: 'libs/platform/event-store/src/memory-event-store.ts',
    change: ["if (earlier.requestDigest !== request.requestDigest) return { kind: 'idReused' };", ''],
    caught: 'libs/platform/event-store/src/memory-event-store.spec.ts',
  },
  {
    name: 'two writers both append',
    file: 'libs/platform/event-store/src/memory-event-store.ts',
    change: ['if (actual !== request.expectedVersion)', 'if (actual < request.expectedVersion)'],
    caught: 'libs/platform/event-store/src/memory-event-store.spec.ts',
  },
  {
    name: 'texts of a plan are stored in clear',
    file: `${PLAN}/contract/events.ts`,
    change: ['const text = personal(z.string().max(4000));', 'const text = z.string().max(4000);'],
    caught: 'test/replay/net.spec.ts',
    only: 'is sealed where it was',
  },
  {
    name: 'the codec seals nothing',
    file: `${DOOR}/codec.ts`,
    change: ['const data = hasPersonal(plain, declared.personal)', 'const data = hasPersonal(plain, [])'],
    caught: `${DOOR}/codec.spec.ts`,
  },
  {
    name: 'a sealed text opens at another version',
    file: 'libs/platform/sealing/src/sealer.ts',
    change: ['[place.stream, place.version, place.eventId,', '[place.stream, place.eventId,'],
    caught: 'libs/platform/sealing/src/sealer.spec.ts',
  },
];

const READING_MUTATIONS = [
  {
    name: 'a pool that was asked to take somebody knows how to call them',
    file: 'libs/directory/src/read/patients/contact.ts',
    change: ["['home', 'referrer', 'recipient']", "['home', 'referrer', 'recipient', 'pool']"],
    caught: 'test/finding/patients.int.spec.ts',
  },
  {
    name: 'who asked under another record not to be called is called',
    file: 'libs/directory/src/read/patients/contact.ts',
    change: ['all.some((one) => one.forbidden.includes(way))', 'own?.forbidden.includes(way) === true'],
    caught: 'test/finding/patients.int.spec.ts',
  },
  {
    name: 'a rule is answered from a list that lacks what is parked',
    file: `${READ_STORE}/lacking.ts`,
    change: ['return lacked.length === 0 ?', 'return lacked.length >= 0 ?'],
    caught: `${READ_STORE}/lacking.int.spec.ts`,
  },
  {
    name: 'somebody whose roles are parked gets in',
    file: 'libs/composition/src/wiring/callers.ts',
    change: ['if (person?.parked === true) throw incomplete();', ''],
    caught: 'libs/composition/src/wiring/callers.int.spec.ts',
  },
  {
    name: 'a follower that stands still is not named',
    file: 'libs/composition/src/standing/progress.ts',
    change: ['before.at !== place.at', 'true'],
    caught: 'libs/composition/src/standing/progress.spec.ts',
  },
  {
    name: 'a fold of a list forgets an event',
    file: `${REFERRAL}/read/referrals/changes.ts`,
    change: [
      "    case 'ReferralRevisionAcknowledged':\n      return { ...row, revision_to_acknowledge: false };\n",
      '',
    ],
    caught: 'test/replay/net.spec.ts',
    only: 'the same rows of referral',
  },
  {
    name: 'a pool that lost an order to one of its members still sees it',
    file: `${REFERRAL}/read/care-team.ts`,
    change: [
      'return { recipient: [data.organizationId], pool: [] };',
      'return { recipient: [data.organizationId] };',
    ],
    caught: 'test/replay/care-team.spec.ts',
  },
  {
    name: 'a fold of a diary forgets an event',
    file: `${SESSION}/read/sessions/model.ts`,
    change: ["    case 'SessionCancelled':\n      return { ...row, cancelled: event.data };\n", ''],
    caught: `${SESSION}/read/sessions/model.spec.ts`,
  },
  {
    name: 'the position is stored before the rows',
    file: `${READ_STORE}/projection-slice.ts`,
    change: [
      '        await this.#folding.apply(client, places, taken, apply);\n      }),',
      '      }).then(() =>\n        inTransaction(this.#parts.pool, (client) => this.#folding.apply(client, places, taken, apply)),\n      ),',
    ],
    caught: `${READ_STORE}/projection-host.int.spec.ts`,
    only: 'leaves neither rows nor checkpoint',
  },
  {
    name: 'nobody records who looked',
    file: `${READ_STORE}/read-desk.ts`,
    change: ['if (known.length === 0) return;', 'if (known.length > 0) return;'],
    caught: `${READ_STORE}/read-desk.spec.ts`,
  },
  {
    name: 'a letter says that there is none of what nobody asked',
    file: 'libs/letter/src/letters/order.ts',
    change: ['all === undefined ? undefined :', 'all === undefined ? none :'],
    caught: 'libs/letter/src/letters/letters.spec.ts',
  },
  {
    name: 'a name turns what stands beside it in a letter',
    file: 'libs/letter/src/pdf/render.ts',
    change: ["value.replaceAll(UNSEEN, '')", 'value'],
    caught: 'libs/letter/src/pdf/render.spec.ts',
  },
  {
    name: 'who was told no leaves no record',
    file: 'libs/platform/http/src/problem-filter.ts',
    change: ['recordRefusal(this.log, request, kind, answer.document.code);', ''],
    caught: 'libs/platform/http/src/edge.int.spec.ts',
  },
  {
    name: 'an order names whatever document',
    file: `${REFERRAL}/domain/referral.documents.ts`,
    change: ['one.documentId === documentId && one.sha256 === sha256', 'one.sha256 !== documentId'],
    caught: `${REFERRAL}/domain/referral.documents.spec.ts`,
  },
  {
    name: 'bytes are kept that nobody could open',
    file: 'libs/document/src/write/contents.ts',
    change: ['.length === 0) throw new SubjectErased', '.length < 0) throw new SubjectErased'],
    caught: 'libs/document/src/write/contents.int.spec.ts',
  },
];

const TYPE_MUTATIONS = [
  {
    name: 'a fold of a state misspells an event',
    file: `${REFERRAL}/domain/referral.ts`,
    change: ["    case 'ReferralAccepted':", "    case 'ReferralAcceptd':"],
    caught: 'types',
  },
  {
    name: 'a fold of a state forgets an event',
    file: 'libs/task/src/domain/task.ts',
    change: [
      "      case 'CareTaskReleased':\n        return { ...state, stage: 'offered', claimedBy: undefined };\n",
      '',
    ],
    caught: 'types',
  },
  {
    name: 'a command has no handler',
    file: `${PLAN}/domain/plan.decide.ts`,
    change: ["  CompletePlan: () => happened({ type: 'PlanCompleted', data: {} }),\n", ''],
    caught: 'types',
  },
  {
    name: 'a row of a lifecycle names an event that is not stored',
    file: `${PLAN}/contract/lifecycle.ts`,
    change: ["events: ['PlanSubmitted']", "events: ['PlanSubmited']"],
    caught: 'types',
  },
];

const DIRECTORY = 'libs/directory/src';
const PERSONS = 'test/faults/persons.spec.ts';

const PERSON_MUTATIONS = [
  {
    name: 'a rule sees one record of a person',
    file: `${DIRECTORY}/write/person.ts`,
    change: ['[survivor.id, ...below.merged.map((one) => one.id)]', '[survivor.id]'],
    caught: PERSONS,
  },
  {
    name: 'two merges at once close a ring',
    file: `${DIRECTORY}/write/patient.aggregate.ts`,
    change: ["decidedTwice: ['MergePatients']", 'decidedTwice: []'],
    caught: PERSONS,
    only: 'never make a ring',
  },
  {
    name: 'something is begun on a record that was merged away',
    file: `${DIRECTORY}/domain/person.ts`,
    change: ['return survivorId === undefined ?', 'return survivorId !== null ?'],
    caught: `${DIRECTORY}/domain/person.spec.ts`,
  },
  {
    name: 'one person merges two records under care',
    file: `${DIRECTORY}/domain/patient.ts`,
    change: ['state.proposed.by === by.sub', "state.proposed.by === ''"],
    caught: `${DIRECTORY}/domain/patient.spec.ts`,
  },
  {
    name: 'somebody who died is referred',
    file: `${REFERRAL}/domain/referral.policies.ts`,
    change: ['patient?.deceased === true', 'patient?.deceased === false'],
    caught: `${REFERRAL}/domain/referral.person.spec.ts`,
  },
  {
    name: 'a death ends nothing',
    file: `${COORDINATION}/processes/end-care-on-death.process.ts`,
    change: ['event.data.openReferralIds.map', 'event.data.openReferralIds.slice(0, 0).map'],
    caught: `${COORDINATION}/processes/end-care-on-death.spec.ts`,
  },
];

const UNASSIGNED_MUTATIONS = [
  {
    name: 'what may be of a record that parted is not known on the other side',
    file: `${DIRECTORY}/write/person.ts`,
    change: ['return [...theirs, ...others];', 'return theirs;'],
    caught: PERSONS,
    only: 'a person is what the records say',
  },
  {
    name: 'a record that parted lets go of what is unassigned',
    file: `${DIRECTORY}/write/person.ts`,
    change: ['new Set(state.unassigned.map(({ patientId }) => patientId))', 'new Set()'],
    caught: PERSONS,
    only: 'a person is what the records say',
  },
  {
    name: 'what was there before a merge is left to be assigned',
    file: `${DIRECTORY}/write/patient.aggregate.ts`,
    change: ['recordedSince(one, mergedAt)', "recordedSince(one, '0')"],
    caught: PERSONS,
    only: 'a person is what the records say',
  },
  {
    name: 'what moves goes on under the wrong person',
    file: `${DIRECTORY}/domain/moving.ts`,
    change: ['{ ...one.data, patientId }', 'one.data'],
    caught: `${DIRECTORY}/domain/moving.spec.ts`,
  },
  {
    name: 'a fact ends where it was before it is where it belongs',
    file: `${DIRECTORY}/domain/moving.ts`,
    change: ['told.length === 0 || ', ''],
    caught: `${DIRECTORY}/domain/moving.spec.ts`,
  },
  {
    name: 'something is ordered while nobody knows whose an emergency is',
    file: `${REFERRAL}/domain/referral.policies.ts`,
    change: ['(patient?.unassigned ?? 0) === 0', '(patient?.unassigned ?? 0) >= 0'],
    caught: `${REFERRAL}/domain/referral.person.spec.ts`,
  },
  {
    name: 'a consent of nobody knows whom allows something',
    file: `${DIRECTORY}/write/person.ts`,
    change: ["kind !== 'granted' || ", "kind === 'granted' || "],
    caught: `${DIRECTORY}/write/person.spec.ts`,
  },
  {
    name: 'a warning that may be of somebody else is not theirs',
    file: `${DIRECTORY}/write/person.ts`,
    change: ['!person.ids.includes(one.patientId)', 'person.ids.includes(one.patientId)'],
    caught: `${DIRECTORY}/write/person.spec.ts`,
  },
];

const SOURCE_MUTATIONS = [
  {
    name: 'one source of several says that a record is out of use',
    file: `${DIRECTORY}/contract/sources.ts`,
    change: ['  sources.every(({ inactive', '  sources.some(({ inactive'],
    caught: `${DIRECTORY}/write/person.spec.ts`,
  },
  {
    name: 'a replaced record takes new care',
    file: `${DIRECTORY}/domain/person.ts`,
    change: ['replacedById === undefined ? undefined : { ok', 'replacedById !== null ? undefined : { ok'],
    caught: `${DIRECTORY}/domain/person.spec.ts`,
  },
  {
    name: 'two people whom a source confused stay confused',
    file: `${DIRECTORY}/write/person.ts`,
    change: ['return areTwo ? undefined :', 'return !areTwo && id === replacedById ? undefined :'],
    caught: `${DIRECTORY}/write/person.spec.ts`,
  },
  {
    name: 'what a source calls one person is no match',
    file: `${DIRECTORY}/read/matches/match.ts`,
    change: ['[id, ...replacedBy].map', '[id].map'],
    caught: `${DIRECTORY}/read/matches/match.spec.ts`,
  },
];

const ENDING_MUTATIONS = [
  {
    name: 'a source ends what a person confirmed',
    file: 'libs/safety/src/domain/precaution.ts',
    change: ["state.status === 'proposed' ? 'dismissed' : state.status", "'dismissed'"],
    caught: 'libs/safety/src/domain/ending.spec.ts',
  },
  {
    name: 'an end of a medicine that goes on ends its precaution',
    file: 'libs/fhir/src/write/precautions.ts',
    change: [' || proposed.has(identity)', ''],
    caught: 'libs/fhir/src/write/precautions.spec.ts',
  },
];

const BUNDLE = 'libs/fhir/src/bundle';

const FILE_MUTATIONS = [
  {
    name: 'a relative reference crosses to the server of the file',
    file: `${BUNDLE}/references.ts`,
    change: ['const { base = from.base } = address;', 'const { base } = address;'],
    caught: `${BUNDLE}/identity.spec.ts`,
  },
  {
    name: 'a number of two patients names one of them',
    file: `${BUNDLE}/references.ts`,
    change: ['known === undefined || known === target ? target : SEVERAL', 'known ?? target'],
    caught: `${BUNDLE}/identity.spec.ts`,
  },
  {
    name: "an insurance's number names a patient",
    file: `${BUNDLE}/identity.ts`,
    change: [' && OWN_RECORD.includes(type)', ''],
    caught: `${BUNDLE}/identity.spec.ts`,
  },
  {
    name: 'a disorder of substance use is imported',
    file: `${BUNDLE}/condition.ts`,
    change: ["  if (isSensitive(codes)) return ignored('sensitive-42-cfr-part-2');\n", ''],
    caught: `${BUNDLE}/precautions.spec.ts`,
  },
  {
    name: 'a code that is not soft tissue stands for one that is',
    file: `${BUNDLE}/condition.ts`,
    change: ['icd10: icd10.filter(isSoftTissueCode)', 'icd10'],
    caught: `${BUNDLE}/condition.spec.ts`,
  },
  {
    name: 'a resource of a file is counted as taken although it is broken',
    file: `${BUNDLE}/read-bundle.ts`,
    change: ['isWhole ? outcome : BROKEN', 'outcome'],
    caught: `${BUNDLE}/read-bundle.spec.ts`,
  },
  {
    name: 'a name may hide a sign that nobody sees',
    file: 'libs/kernel/src/contract/text.ts',
    change: ["return isAllSeen(text) ? undefined : 'hidden';", 'return undefined;'],
    caught: 'libs/kernel/src/contract/text.spec.ts',
  },
];

const REFERENCES = 'test/architecture/references.spec.ts';
const ANYTHING = '() => Promise.resolve(true)';
const named = (name, file, was, is = ANYTHING) => ({ name, file, change: [was, is], caught: REFERENCES });

/** Ids in bodies. */
const REFERENCE_MUTATIONS = [
  named('what is named is not looked up', `${DOOR}/door.ts`, 'unknown !== undefined', 'unknown === null'),
  named(
    'what is named is looked up for who may not know',
    `${DOOR}/door.ts`,
    'if (denied !== undefined) return denied;',
    '',
  ),
  named(
    'a flag names a visit of somebody else',
    'libs/safety/src/write/flag.aggregate.ts',
    "sessionId: ofPatient('session')",
    `sessionId: ${ANYTHING}`,
  ),
  named(
    'an order names a diagnosis of somebody else',
    `${REFERRAL}/write/referral.references.ts`,
    "'content.diagnosisIds': ofPatient('diagnosis')",
    `'content.diagnosisIds': ${ANYTHING}`,
  ),
  named(
    'a visit is given to a therapist of another clinic',
    `${SESSION}/write/session.references.ts`,
    'RescheduleSession: { therapistId: treatsHere }',
    `RescheduleSession: { therapistId: ${ANYTHING} }`,
  ),
  named(
    'a listing names therapists of others',
    `${DIRECTORY}/write/listing.aggregate.ts`,
    'ReviseListing: { practitionerIds: worksForThem }',
    `ReviseListing: { practitionerIds: ${ANYTHING} }`,
  ),
  named(
    'a task goes to who is nothing to the patient',
    'libs/task/src/write/task.aggregate.ts',
    'if (named === by.organizationId) return true;',
    'return true;',
  ),
  named(
    'a list of ids is looked up by its first alone',
    `${DOOR}/references.ts`,
    'value.flatMap((one: unknown, index)',
    'value.slice(0, 1).flatMap((one: unknown, index)',
  ),
];

export const MUTATIONS = [
  ...REFERENCE_MUTATIONS,
  ...FILE_MUTATIONS,
  ...TYPE_MUTATIONS,
  ...PERSON_MUTATIONS,
  ...UNASSIGNED_MUTATIONS,
  ...SOURCE_MUTATIONS,
  ...ENDING_MUTATIONS,
  ...PROCESS_MUTATIONS,
  ...PERMISSION_MUTATIONS,
  ...RULE_MUTATIONS,
  ...STORING_MUTATIONS,
  ...READING_MUTATIONS,
];
