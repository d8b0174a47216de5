/** A visit that nobody brings to its end can be ended by somebody else: none is a dead end. */
import { gist, given } from '@fascia/testkit';
import type { SessionCommand } from '../contract/commands.js';
import { SESSION_CONTRACT } from '../contract/events.js';
import { sessionLifecycle, STAGES } from '../contract/lifecycle.js';
import type { SessionFacts } from './facts.js';
import {
  AFTER,
  COLLEAGUE,
  COMMANDS,
  decider,
  FACTS,
  SCENES,
  SESSION,
  THERAPIST,
  THERAPIST_FACT,
  type History,
} from './session.scenes.spec-data.js';

const REASON = 'The therapist is on leave.';
const SIGN: SessionCommand = { type: 'SignSession', reason: REASON };
const COLLEAGUE_FACT = {
  ...THERAPIST_FACT,
  practitionerId: COLLEAGUE.practitionerId ?? '',
  credential: 'OT (CA)',
};

const asked = (
  history: History,
  command: SessionCommand,
  facts: Partial<SessionFacts> = { therapist: COLLEAGUE_FACT },
  by = COLLEAGUE,
) =>
  given(decider, SESSION_CONTRACT, ...history).when(command, {
    facts: { ...FACTS, ...facts },
    by,
    at: AFTER,
    id: SESSION,
  });

describe('a note whose therapist cannot sign it', () => {
  it('is signed by a colleague, in their own name, who says why', () => {
    const answer = asked(SCENES.Performed, SIGN);
    expect(answer).toMatchObject({
      ok: true,
      events: [
        {
          type: 'SessionSigned',
          data: {
            signature: { practitionerId: COLLEAGUE.practitionerId },
            credential: 'OT (CA)',
            substituteReason: REASON,
          },
        },
      ],
    });
  });

  it.each<[string, SessionCommand, Partial<SessionFacts>, string]>([
    [
      'who does not say why',
      COMMANDS.SignSession,
      { therapist: COLLEAGUE_FACT },
      'SESSION_NOT_THE_THERAPIST',
    ],
    [
      'whose licence is over',
      SIGN,
      { therapist: { ...COLLEAGUE_FACT, maySign: false } },
      'SESSION_LICENCE_INVALID',
    ],
    [
      'of a profession that may not treat under the payer',
      SIGN,
      { therapist: { ...COLLEAGUE_FACT, taxonomies: ['225700000X'] } },
      'SESSION_PERFORMER_NOT_ALLOWED',
    ],
  ])('is not signed by one %s', (_who, command, facts, code) => {
    expect(gist(asked(SCENES.Performed, command, facts))).toBe(code);
  });

  it('is no substitution where the therapist signs, whatever is said', () => {
    const answer = asked(SCENES.Performed, SIGN, {}, THERAPIST);
    expect(answer.ok && answer.events[0]?.data).not.toHaveProperty('substituteReason');
  });

  it('is added to by who signed it, and by nobody else but the therapist', () => {
    const answer = asked(SCENES.Performed, SIGN);
    if (!answer.ok) throw new Error(answer.refusal.code);
    const signed: History = [
      ...SCENES.Performed,
      ...answer.events.map((event) => ({ ...event, id: SESSION, at: AFTER, by: COLLEAGUE })),
    ];
    expect(asked(signed, COMMANDS.AmendSession)).toMatchObject({
      ok: true,
      events: [{ data: { signature: { practitionerId: COLLEAGUE.practitionerId } } }],
    });
    expect(gist(asked(SCENES.Signed, COMMANDS.AmendSession))).toBe('SESSION_NOT_THE_THERAPIST');
  });
});

describe('a visit that was entered in error', () => {
  it.each(['CheckedIn', 'InProgress', 'Performed'] as const)(
    'is voided from %s, with the reason',
    (stage) => {
      expect(asked(SCENES[stage], COMMANDS.VoidSession)).toMatchObject({
        ok: true,
        events: [{ type: 'SessionVoided', data: { reason: 'Another patient.' } }],
      });
    },
  );

  it('stays as it is once it is signed', () => {
    expect(gist(asked(SCENES.Signed, COMMANDS.VoidSession))).toBe('SESSION_ALREADY_SIGNED');
  });
});

describe('a visit in any stage', () => {
  const FINAL = STAGES.filter((stage) =>
    sessionLifecycle.moves(stage).every((command) => command === 'AmendSession'),
  );
  /** Whoever is at the clinic, and not the therapist of the session. */
  const WAYS: readonly SessionCommand[] = [
    COMMANDS.CancelSession,
    COMMANDS.StopSession,
    COMMANDS.VoidSession,
    SIGN,
  ];

  it.each(STAGES.filter((stage) => stage !== 'none' && !FINAL.includes(stage)))(
    'is brought from %s to an end by somebody else at the clinic, also when the order is over',
    (stage) => {
      const over = { therapist: COLLEAGUE_FACT, referral: undefined };
      const ends = WAYS.map((command) => asked(SCENES[stage], command, over)).filter(({ ok }) => ok);
      expect(ends.length).toBeGreaterThan(0);
    },
  );

  it('ends as one that was kept, or that was not', () => {
    expect(FINAL).toEqual(['Signed', 'NoShow', 'Cancelled', 'Stopped', 'Voided']);
  });
});
