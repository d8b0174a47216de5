/** Whose a visit is, and what commands of it may name. */
import { isKeptNowhere, worksAt } from '@fascia/directory';
import type { ReferencesOf } from '@fascia/kernel';
import { careSpans, subjectOfSides, underCare, type CareSpan } from '@fascia/referral';
import { isFlagToldOf } from '@fascia/safety';
import type { FactRequest, FactTools, Naming, Reference, Subject } from '@fascia/write-door';
import type { SESSION_COMMANDS, SessionCommand } from '../contract/commands.js';
import type { SessionState } from '../domain/session.js';

type Request = FactRequest<SessionState, SessionCommand>;

interface SessionOf {
  readonly patientId: string;
  readonly organizationId: string;
  readonly referrerOrganizationId: string;
}

export const referralIdOf = ({ command, state }: Request): string => {
  if (state.stage !== 'none') return state.referralId;
  return command.type === 'ScheduleSession' ? command.referralId : '';
};

/** Of a visit that is entered late: when the caller's clinic had the patient under care. */
export const acceptedOf = async ({ command, by }: Request, tools: FactTools): Promise<readonly CareSpan[]> =>
  command.type === 'ScheduleSession' && command.lateReason !== undefined
    ? (await tools.view(careSpans, command.referralId)).filter(
        ({ organizationId }) => organizationId === by.organizationId,
      )
    : [];

/** The visit that there is, or the order that one is booked under, once somebody has taken it on. */
const caredFor = async (request: Request, tools: FactTools): Promise<SessionOf | undefined> => {
  if (request.state.stage !== 'none') return request.state;
  const ordered = await tools.view(underCare, referralIdOf(request));
  const [accepted] = await acceptedOf(request, tools);
  const organizationId = accepted?.organizationId ?? ordered?.organizationId;
  if (ordered === undefined || organizationId === undefined) return undefined;
  const { patientId, referrerOrganizationId } = ordered;
  return { patientId, organizationId, referrerOrganizationId };
};

export const subjectOf = async (request: Request, tools: FactTools): Promise<Subject> =>
  subjectOfSides(await caredFor(request, tools));

/** Whom the clinic that treats employs. */
const treatsHere = async (
  { named, ...request }: Naming<SessionState, SessionCommand>,
  tools: FactTools,
): Promise<boolean> => worksAt(named, (await caredFor(request, tools))?.organizationId, tools);

export const sessionReferences = {
  ScheduleSession: { referralId: 'access', therapistId: treatsHere, locationId: isKeptNowhere },
  RescheduleSession: { therapistId: treatsHere },
  StopSession: { flagId: isFlagToldOf },
} satisfies ReferencesOf<typeof SESSION_COMMANDS, Reference<SessionState, SessionCommand>>;
