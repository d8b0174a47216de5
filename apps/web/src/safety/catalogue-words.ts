/** What rows of the catalogues are called; what has left them keeps its number or code. */
import { TECHNIQUES } from '@fascia/clinical';
import { CONTRAINDICATIONS } from '@fascia/clinical/contraindications';

export const precautionWords = (catalogueId: string): string =>
  CONTRAINDICATIONS.find(({ id }) => id === catalogueId)?.words ?? catalogueId;

export const techniqueName = (technique: string): string =>
  TECHNIQUES.find(({ code }) => code === technique)?.name ?? technique;
