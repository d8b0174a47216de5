/** Files on their way: each is filed once, however often it is sent, and called as its sender called it. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf, type BodyOf } from '../api/commands.js';
import type { Answer } from '../api/questions.js';
import { keyOf, useService } from '../api/use-service.js';
import { MOST_BYTES, titleOf } from './files.js';

type Kind = Answer<'getDocument'>['kind'];

/** As whoever refers to a document names it. */
export interface Filed {
  readonly documentId: string;
  /** Of its bytes, hex. */
  readonly sha256: string;
}

export interface OnItsWay {
  readonly key: string;
  readonly file: File;
  readonly kind: Kind;
  readonly standing: 'sending' | 'tooLarge' | Error;
}

export const useFiling = (patientId: string, filed: (filed: Filed) => void) => {
  const service = useService();
  const queries = useQueryClient();
  const [onTheirWay, setOnTheirWay] = useState<readonly OnItsWay[]>([]);
  const drop = (key: string): void => setOnTheirWay((all) => all.filter((one) => one.key !== key));
  const stands = (key: string, standing: OnItsWay['standing']): void =>
    setOnTheirWay((all) => all.map((one) => (one.key === key ? { ...one, standing } : one)));

  const send = async ({ key, file, kind }: OnItsWay): Promise<void> => {
    stands(key, 'sending');
    try {
      const asked = new URLSearchParams({ patientId, kind });
      const { id, sha256 } = await service.file<{ readonly id: string; readonly sha256: string }>(
        `documents?${asked.toString()}`,
        file,
        key,
      );
      const title = titleOf(file.name);
      const named: BodyOf<'documents', 'NameDocument'> = { title };
      if (title !== '')
        await service.write(addressOf('documents', id, 'NameDocument'), named, crypto.randomUUID());
      drop(key);
      filed({ documentId: id, sha256 });
      void queries.invalidateQueries({ queryKey: keyOf('listDocuments').slice(0, 1) });
    } catch (failed) {
      stands(key, failed instanceof Error ? failed : new Error('not an error'));
    }
  };

  return {
    onTheirWay,
    add: (files: readonly File[], kind: Kind): void => {
      const all = files.map((file): OnItsWay => {
        const standing = file.size > MOST_BYTES ? 'tooLarge' : 'sending';
        return { key: crypto.randomUUID(), file, kind, standing };
      });
      setOnTheirWay((before) => [...before, ...all]);
      for (const one of all) if (one.standing === 'sending') void send(one);
    },
    again: (one: OnItsWay): void => void send(one),
    drop,
  };
};
