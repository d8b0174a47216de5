/** A document: announced, filed once its bytes are here, perhaps withdrawn. Its bytes never change. */
import { happened, type Decider } from '@fascia/kernel';
import type { DocumentCommand } from '../contract/commands.js';
import type { DocumentEvent } from '../contract/events.js';
import type { DocumentStage } from '../contract/lifecycle.js';
import { refuse } from '../contract/refusals.js';

export type DocumentState =
  | {
      readonly stage: Exclude<DocumentStage, 'none'>;
      readonly patientId: string;
      readonly sha256: string;
      readonly title?: string;
    }
  | undefined;

const decide: Decider<DocumentState, DocumentCommand, DocumentEvent, unknown>['decide'] = (
  command,
  state,
) => {
  if (command.type === 'AnnounceDocument') {
    const { type: _type, ...data } = command;
    return state === undefined
      ? happened({ type: 'DocumentAnnounced', data })
      : refuse('DOCUMENT_EXISTS', 'This document exists already.');
  }
  if (state === undefined) return refuse('DOCUMENT_UNKNOWN', 'There is no such document.');
  if (state.stage === 'withdrawn')
    return refuse('DOCUMENT_WITHDRAWN', 'It was withdrawn: file it again under an id of its own.');
  switch (command.type) {
    case 'FileDocument':
      return state.stage === 'filed' ? happened() : happened({ type: 'DocumentFiled', data: {} });
    case 'NameDocument':
      return state.title === command.title
        ? happened()
        : happened({ type: 'DocumentNamed', data: { title: command.title } });
    case 'WithdrawDocument':
      return happened({ type: 'DocumentWithdrawn', data: { reason: command.reason } });
  }
};

export const documentDecider: Decider<DocumentState, DocumentCommand, DocumentEvent, unknown> = {
  category: 'document',
  initial: undefined,
  evolve: (state, fact) => {
    if (fact.type === 'DocumentAnnounced') {
      const { patientId, sha256 } = fact.data;
      return { stage: 'announced', patientId, sha256 };
    }
    if (state === undefined) return state;
    switch (fact.type) {
      case 'DocumentFiled':
        return { ...state, stage: 'filed' };
      case 'DocumentNamed':
        return { ...state, title: fact.data.title };
      case 'DocumentWithdrawn':
        return { ...state, stage: 'withdrawn' };
    }
  },
  decide,
  stage: (state) => state?.stage ?? 'none',
};
