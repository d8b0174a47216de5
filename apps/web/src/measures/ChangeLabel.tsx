/** What a change says: in words and with a sign, never by colour alone; against which threshold, and from where that is. */
import { Badge, Group, Text } from '@mantine/core';
import {
  IconArrowDownRight,
  IconArrowUpRight,
  IconEqual,
  IconQuestionMark,
  IconWaveSine,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Change, Measurement } from './series.js';
import { sourceText, valueText } from './texts.js';

/** However narrow its place is, it is said in full. */
const IN_FULL = { root: { height: 'auto' }, label: { whiteSpace: 'normal' } } as const;

const LOOKS = {
  improved: ['teal', 'filled', IconArrowUpRight],
  worsened: ['red', 'filled', IconArrowDownRight],
  withinError: ['gray', 'light', IconWaveSine],
  unchanged: ['gray', 'light', IconEqual],
  notComparable: ['gray', 'light', IconQuestionMark],
} as const;

interface ChangeLabelProps {
  readonly change: Change;
  readonly of: Measurement;
}

export const ChangeLabel = ({ change, of }: ChangeLabelProps) => {
  const { t } = useTranslation();
  const { label } = change;
  const [color, variant, Sign] = LOOKS[label];
  const gain = label === 'notComparable' ? 0 : Math.abs(change.gain);
  return (
    <Group gap="xs" wrap="wrap">
      <Badge
        size="lg"
        styles={IN_FULL}
        {...{ color, variant }}
        autoContrast
        leftSection={<Sign size={14} aria-hidden />}
      >
        {t(`measures.label.${label}`, { gain: valueText(gain, of) })}
      </Badge>
      <Text size="sm" c="dimmed" span>
        {label === 'notComparable'
          ? t('measures.because', {
              part:
                change.because === 'threshold'
                  ? change.because
                  : t(`names.measurementPart.${change.because as keyof Measurement}`),
            })
          : [
              t('measures.counts', { threshold: valueText(change.threshold, of) }),
              t('measures.source', { source: sourceText(t, change.source) }),
              ...(change.weak ? [t('measures.weak')] : []),
            ].join('. ')}
      </Text>
    </Group>
  );
};
