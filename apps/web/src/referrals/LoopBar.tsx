/** How far the loop has come: each station with who and when. */
import { Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { Moment } from '../parts/Moment.js';
import { Who } from '../parts/Who.js';
import { names } from '../words/names.js';
import bar from './loop-bar.module.css';

type Loop = Answer<'getReferral'>['loop'];

const STATIONS = Object.keys(names.station) as readonly (keyof Loop)[];

export const LoopBar = ({ loop }: { readonly loop: Loop }) => {
  const { t } = useTranslation();
  const furthest = STATIONS.findLastIndex((name) => loop[name] !== undefined);
  return (
    <ol className={bar['bar']} aria-label={t('referral.loop')}>
      {STATIONS.map((name, n) => {
        const station = loop[name];
        return (
          <li key={name} className={bar['station']} data-reached={station !== undefined}>
            <span className={bar['dot']} aria-hidden>
              {station !== undefined && <IconCheck size={16} stroke={3} />}
            </span>
            <Text fw={600} size="sm" component="span">
              {t(`names.station.${name}`)}
            </Text>
            <Text size="sm" c="dimmed" component="span">
              {station === undefined ? (
                t(n < furthest ? 'referral.passedOver' : 'referral.notYet')
              ) : (
                <>
                  <Who {...station} />, <Moment at={station.at} />
                </>
              )}
            </Text>
          </li>
        );
      })}
    </ol>
  );
};
