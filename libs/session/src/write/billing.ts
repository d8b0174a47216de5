/** What a bill for a visit depends on, beside the visit: which codes count minutes, and whom else the therapist had meanwhile. */
import type { ServiceCodes, Timing } from '@fascia/clinical';
import { HOUR_MS, instantAfterMs, normalInstant } from '@fascia/clinical/calendar';
import type { FactRequest, FactTools } from '@fascia/write-door';
import type { SessionCommand } from '../contract/commands.js';
import type { VisitFact } from '../domain/facts.js';
import type { SessionState } from '../domain/session.js';
import { LONGEST_HOURS } from '../domain/session.policies.js';
import { treatedWithin } from '../read/lookups.js';

type Request = FactRequest<SessionState, SessionCommand>;

/** @param codes absent where nobody asks */
export const timingsOf = (
  { command, state }: Request,
  codes: ServiceCodes | undefined,
): ReadonlyMap<string, Timing> => {
  const recorded = state.stage === 'none' ? [] : state.interventions.map(({ cpt }) => cpt);
  const concerned = 'cpt' in command ? [...recorded, command.cpt] : recorded;
  return new Map(
    concerned.flatMap((code) => {
      const timing = codes?.timingOf(code);
      return timing === undefined ? [] : [[code, timing] as const];
    }),
  );
};

/** No visit is longer, so none that lies further away has to do with it. */
export const besideOf = async (
  { command, state, id }: Request,
  tools: FactTools,
): Promise<readonly VisitFact[]> => {
  if (state.stage === 'none') return [];
  const { start, end } =
    command.type === 'CompleteSession' ? command : 'performed' in state ? state.performed : state;
  const around = LONGEST_HOURS * HOUR_MS;
  const period = {
    from: instantAfterMs(normalInstant(start), -around),
    to: instantAfterMs(normalInstant(end), around),
  };
  const visits = await tools.lookup(treatedWithin(state.therapistId, period));
  return visits
    .filter((visit) => visit.id !== id)
    .map((visit) => ({
      start: visit.start_at,
      end: visit.end_at,
      timedMinutes: visit.minutes?.timed ?? 0,
    }));
};
