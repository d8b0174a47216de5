/** How a patient is reached: each thing is corrected for itself, so that nobody has to say the rest again, and change it unseen. */
import { happened, sameJson, type Decision } from '@fascia/kernel';
import type { PatientCommand, PatientCommandOf } from '../contract/commands.js';
import type { PatientEvent } from '../contract/events.js';
import { refuse } from '../contract/refusals.js';
import type { Patient } from './patient.state.js';

type ContactCommand = Extract<
  PatientCommand,
  { type: 'CorrectContact' | 'CorrectLanguage' | 'ChangeContactPreferences' }
>;

export const isAboutContact = (command: PatientCommand): command is ContactCommand =>
  ['CorrectContact', 'CorrectLanguage', 'ChangeContactPreferences'].includes(command.type);

export const decideContact = (command: ContactCommand, state: Patient): Decision<PatientEvent> => {
  const { demographics } = state;
  switch (command.type) {
    case 'CorrectContact': {
      const { telecom } = command;
      return sameJson(telecom, demographics.telecom)
        ? happened()
        : happened({ type: 'PatientContactCorrected', data: { telecom } });
    }
    case 'CorrectLanguage': {
      const { type: _type, ...data } = command;
      const { language, interpreter } = demographics;
      return data.language === language && data.interpreter === interpreter
        ? happened()
        : happened({ type: 'PatientLanguageCorrected', data });
    }
    case 'ChangeContactPreferences':
      return changePreferences(command, state);
  }
};

/** What a patient asks for is done without asking why (45 CFR 164.522(b)(2)(iii)); that it can be done is all that is looked at. */
const changePreferences = (
  { type: _type, ...asked }: PatientCommandOf<'ChangeContactPreferences'>,
  { contactPreferences }: Patient,
): Decision<PatientEvent> => {
  if (asked.preferred !== undefined && asked.forbidden.includes(asked.preferred))
    return refuse(
      'CONTACT_WAY_FORBIDDEN',
      'The way that is preferred is forbidden as well: which is meant?',
      {
        pointer: '/preferred',
      },
    );
  const data = { ...asked, forbidden: [...new Set(asked.forbidden)] };
  return sameJson(data, contactPreferences ?? { forbidden: [] })
    ? happened()
    : happened({ type: 'PatientContactPreferencesRecorded', data });
};

/** The language of what was said before does not go on where none is said. */
export const spokenIn = (
  { demographics: { language: _before, ...rest } }: Patient,
  { language, interpreter }: Extract<PatientEvent, { type: 'PatientLanguageCorrected' }>['data'],
): Patient['demographics'] => ({ ...rest, interpreter, ...(language === undefined ? {} : { language }) });
