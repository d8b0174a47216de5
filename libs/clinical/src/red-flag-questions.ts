/**
 * The red flags as questions that a person can be asked (docs/domain/safety.md#red-flags), in plain words of our own after Finucane et
 * al., JOSPT 2020, and for F11 after the PHQ-2. A yes is no diagnosis: it asks for a decision. Wording is signed off by a clinician.
 */
import type { RedFlagId } from './red-flags.js';

export const RED_FLAG_QUESTIONS_VERSION = '1';

export interface RedFlagQuestion {
  readonly id: RedFlagId;
  readonly question: string;
  /** For who asks: what is meant, and what is not. */
  readonly help: string;
  readonly source: string;
}

// prettier-ignore
export const RED_FLAG_QUESTIONS: readonly RedFlagQuestion[] = [
  { id: 'F01', source: 'S23',
    question: 'Have you lost feeling between your legs, or noticed a change in bladder, bowel or sexual function, or weakness in both legs?',
    help: 'New or worse within the last two weeks; with or without back pain.' },
  { id: 'F02', source: 'S23',
    question: 'Have you had dizziness, sudden falls, double vision, trouble speaking or swallowing, numbness in the face, or a sudden severe headache or neck pain?',
    help: 'Also nausea or eyes that jump; above all before work on the neck.' },
  { id: 'F03', source: 'S23',
    question: 'Is one calf or leg swollen, warm or tender, or are you short of breath without a reason?',
    help: 'More so after surgery, a long journey or bed rest.' },
  { id: 'F04', source: 'S23',
    question: 'Do you have chest pain, a drooping face, weakness on one side, trouble speaking, or a sudden allergic reaction?',
    help: 'Now or in the last hours. Do not wait: call an ambulance.' },
  { id: 'F05', source: 'S23',
    question: 'Is a limb tense and far more painful than the injury explains, or does it tingle or go numb?',
    help: 'Above all after an injury, a cast or heavy strain.' },
  { id: 'F06', source: 'S23',
    question: 'Did the pain begin with a heavy fall or accident, or with a slight one while you have thin bones or take steroids?',
    help: 'Ask where: the place is not worked on until a fracture is ruled out.' },
  { id: 'F07', source: 'S23',
    question: 'Have you had cancer, lost weight without trying, or pain at night that no position eases?',
    help: 'With spinal pain that began before 20 or after 55 as well; age alone is no yes.' },
  { id: 'F08', source: 'S23',
    question: 'Do you have fever or chills with your pain, a weak immune system, or do you inject drugs?',
    help: 'Also a recent infection, or a procedure on the spine.' },
  { id: 'F09', source: 'S23',
    question: 'Is weakness, numbness or clumsiness in arms or legs getting worse, or has your walk changed?',
    help: 'In more than one place, or spreading.' },
  { id: 'F10', source: 'DEF: product default, needs a clinician',
    question: 'Are blood pressure, pulse and oxygen within their limits at rest?',
    help: 'Measured, not asked; measured again after some minutes where they are not.' },
  { id: 'F11', source: 'S25',
    question: 'Have you felt down or without interest most days of the last two weeks, or thought of harming yourself?',
    help: 'By questionnaire, or as the patient voices it; thoughts of self-harm are an emergency.' },
  { id: 'F12', source: 'DEF: product default, needs a clinician',
    question: 'Is there a reason to fear for the safety of this person, or of somebody who depends on them?',
    help: 'A concern of whoever treats, not asked in front of others; what follows is by the law of the place.' },
];
