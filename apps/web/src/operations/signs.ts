/** What needs somebody beside what is parked: each with what is to be done. */
import type { TFunction } from 'i18next';
import { lengthText } from '../parts/times.js';
import type { Status } from './answers.js';

interface Sign {
  readonly title: string;
  readonly text: string;
}

type Process = Status['processes'][number];

/** Of whom nothing is heard, and nobody of the same name took their place. */
export const missingOf = (processes: readonly Process[]): readonly Process[] => {
  const there = new Set(processes.filter(({ present }) => present).map(({ name }) => name));
  const last = new Map(
    processes
      .filter(({ name }) => !there.has(name))
      .toSorted((one, other) => Date.parse(one.seenAt) - Date.parse(other.seenAt))
      .map((one) => [one.name, one]),
  );
  return [...last.values()];
};

export const signsOf = (t: TFunction, status: Status, now: number): readonly Sign[] => {
  const { stalled, clocks, unanswered, silent, processes } = status;
  return [
    ...stalled.map(({ follower, partition, seconds }) => ({
      title: t('operations.stalled', { name: follower }),
      text: t('operations.stalledText', { length: lengthText(seconds), partition }),
    })),
    ...(clocks.trouble === ''
      ? []
      : [
          {
            title: t('operations.clocks'),
            text: t('operations.clocksText', { trouble: clocks.trouble }),
          },
        ]),
    ...(unanswered.commands === 0
      ? []
      : [
          {
            title: t('operations.unanswered', { count: unanswered.commands }),
            text: t('operations.unansweredText', { length: lengthText(unanswered.oldestSeconds) }),
          },
        ]),
    ...(silent === null || silent.referrals === 0
      ? []
      : [
          {
            title: t('operations.unheard', { count: silent.referrals }),
            text: t('operations.unheardText'),
          },
        ]),
    ...missingOf(processes).map(({ name, host, seenAt }) => ({
      title: t('operations.silent', { name, host }),
      text: t('operations.silentText', {
        length: lengthText(Math.max(0, now - Date.parse(seenAt)) / 1_000),
      }),
    })),
  ];
};
