/** Moves through the moments at which something was recorded. */
import { Button, Group, Slider, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { exactText } from '../parts/times.js';

interface MomentSliderProps {
  /** Earliest first. */
  readonly moments: readonly string[];
  /** -1 before all of them. */
  readonly index: number;
  readonly show: (index: number) => void;
}

export const MomentSlider = ({ moments, index, show }: MomentSliderProps) => {
  const { t } = useTranslation();
  const last = moments.length - 1;
  const moment = moments[index];
  const text = moment === undefined ? t('auditing.tooEarly') : exactText(moment);
  return (
    <Stack gap="xs" component="section" aria-label={t('auditing.asKnown')}>
      <Text fw={600} role="status">
        {t('auditing.asKnown')}: {text} (
        {t('auditing.position', { index: index + 1, number: moments.length })})
      </Text>
      <Slider
        min={0}
        max={Math.max(last, 1)}
        disabled={last < 1}
        step={1}
        value={Math.max(index, 0)}
        onChange={show}
        label={null}
        thumbLabel={t('auditing.slider')}
        thumbProps={{ 'aria-valuetext': text }}
      />
      <Group>
        <Button variant="default" disabled={index <= 0} onClick={() => show(index - 1)}>
          {t('auditing.before')}
        </Button>
        <Button variant="default" disabled={index >= last} onClick={() => show(index + 1)}>
          {t('auditing.after')}
        </Button>
        <Button variant="default" disabled={index >= last} onClick={() => show(last)}>
          {t('auditing.latest')}
        </Button>
      </Group>
    </Stack>
  );
};
