/** What an order says beside its safety answers, typed by hand: a shoulder that has to move again. */
import type { Locator, Page } from 'playwright-core';
import { button, chooses, type Hands } from './hands.js';

/** A machine that is busy records a diagnosis later. */
const PATIENCE_MS = 60_000;

/** In the list of those that an order may go to, by part of its name. */
export const clinicCalled = (page: Page, name: string): Locator =>
  page
    .getByRole('group', { name: 'Clinic' })
    .or(page.getByRole('radiogroup', { name: 'Clinic' }))
    .getByLabel(name);

export const writesOrder = async (hands: Hands): Promise<void> => {
  const { page } = hands;
  await hands.type(page.getByRole('combobox', { name: 'Diagnosis (ICD-10-CM)' }), 'M75.01');
  await hands.click(page.getByRole('option').filter({ hasText: 'M75.01' }));
  await chooses(hands, 'Place', 'Shoulder, right');
  await chooses(hands, 'What is wrong there', 'Contracture');
  await hands.click(button(page, 'Record the diagnosis'));
  await page.getByRole('checkbox', { name: /M75\.01/ }).waitFor({ timeout: PATIENCE_MS });
  await page.getByRole('checkbox', { name: 'right shoulder', exact: true }).focus();
  await hands.press('Space');
  await hands.type(page.getByLabel('Clinical question'), 'Can the shoulder move again?');
  await hands.type(page.getByLabel('Since'), '2026-03');
  await hands.type(page.getByLabel('Visits in all'), '8');
  await page.keyboard.press('Tab');
  await chooses(hands, 'Who pays', 'The patient');
  await hands.click(clinicCalled(page, 'Riverside'));
};

/** One by one; what they take is not counted. */
export const answersSafety = async (page: Page): Promise<void> => {
  for (const no of await page.getByRole('radio', { name: 'No', exact: true }).all()) await no.check();
  await page.getByRole('checkbox', { name: 'I asked: none' }).check();
};
