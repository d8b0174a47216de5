/**
 * Orders that are open and of which nobody would hear: nobody is asked for the next step, and no visit is to come
 * (docs/domain/processes.md#care-tasks). There are none, unless an instance that asks is parked, or a rule of asking is broken.
 */
import { instantAfterMs, HOUR_MS } from '@fascia/clinical/calendar';
import type { Clock, Rows } from '@fascia/kernel';
import { fittingRows, ListBuilding } from '@fascia/read-store';
import { referralModel } from '@fascia/referral';
import { sessionModel } from '@fascia/session';
import { SESSION_NOT_ENDED } from '@fascia/session/contract';
import { taskModel } from '@fascia/task';
import type { Settings } from '../process/settings.js';

export interface Silent {
  readonly referrals: number;
  /** Some of them. */
  readonly ids: readonly string[];
}

export interface SilentParts {
  readonly rows: Rows;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'times' | 'unansweredMs'>;
}

const MOST_IDS = 20;

/** A task comes a moment after the fact that asks for it. */
const SILENT = `
  with silent as (
    select r.id from read.referral r
    where r.open and r.entered_stage_at < $1
      and not exists (
        select from read.task t
        where t.referral_id = r.id and t.status in ('offered', 'claimed') and t.type <> 'GENERAL')
      and not exists (
        select from read.session s
        where s.referral_id = r.id and s.stage = any($2) and coalesce(s.late_entry ->> 'at', s.end_at) >= $3))
  select (select count(*)::integer from silent) as referrals,
    array(select id from silent order by id limit ${String(MOST_IDS)}) as ids`;

/** @returns nothing while one of the lists that tell is being built */
export const silentOf = async ({ rows, clock, settings }: SilentParts): Promise<Silent | undefined> => {
  const now = clock.now().toISOString();
  const fitting = fittingRows(rows, [referralModel, sessionModel, taskModel]);
  try {
    const [found] = await fitting.query<Silent>(SILENT, [
      instantAfterMs(now, -settings.unansweredMs),
      SESSION_NOT_ENDED,
      instantAfterMs(now, -settings.times.untoldHours * HOUR_MS),
    ]);
    return found;
  } catch (error) {
    if (error instanceof ListBuilding) return undefined;
    throw error;
  }
};
