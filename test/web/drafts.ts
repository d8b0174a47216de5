/** What somebody writes on a page of its own over minutes, each with a field of plain words. */
import type { Locator, Page } from 'playwright-core';
import type { Served } from '../journeys/served.js';
import { refer } from '../journeys/treatment.js';

export interface WrittenDraft {
  /** Who writes it. */
  readonly account: string;
  readonly path: string;
  readonly label: string;
}

type Product = Pick<Served, 'fascia'>;

/** Of somebody new, with nothing said yet. */
export const DRAFTS = {
  'an order': async ({ fascia }: Product): Promise<WrittenDraft> => {
    const physician = fascia.as('physician-demo');
    const patientId = await physician.registers('Brandt');
    const { id } = await physician.does('/api/v1/referrals', { patientId, content: {} });
    return {
      account: physician.name,
      path: `/referrals/${String(id)}/draft`,
      label: 'Clinical question',
    };
  },
  'a plan': async ({ fascia }: Product): Promise<WrittenDraft> => {
    const [physician, therapist] = [fascia.as('physician-demo'), fascia.as('therapist-demo')];
    const { referral } = await refer(physician, await physician.registers('Castellan'), 'SELF-PAY');
    await fascia.as('coordinator-demo').does(`/api/v1/referrals/${referral}/accept`);
    await therapist.does('/api/v1/plans', { referralId: referral, content: {} });
    return { account: therapist.name, path: `/referrals/${referral}/plan`, label: 'Home programme' };
  },
} as const;

export const KINDS = Object.keys(DRAFTS) as readonly (keyof typeof DRAFTS)[];

/** @returns its field of words */
export const opensDraft = async (page: Page, url: string, draft: WrittenDraft): Promise<Locator> => {
  await page.goto(`${url}${draft.path}`);
  const field = page.getByLabel(draft.label);
  await field.waitFor();
  return field;
};
