/** The score itself: one number, the ratings of the patient's own activities, or an angle of a joint's motion. */
import { Checkbox, NumberInput, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { names } from '../words/names.js';
import { motionsOf, sidesOfMotion, type TextPart, type Typed } from './typed.js';

export interface ScoreProps {
  readonly typed: Typed;
  readonly type: (typed: Typed) => void;
  /** Joint, motion and the like are those of the kind that is measured again. */
  readonly fixed: boolean;
  /** The rule asks whether the angle is right. */
  readonly asksToConfirm: boolean;
}

/** What the field gives while somebody types is text or a number. */
const textOf = (value: string | number | bigint): string => String(value);

const REGIONS = Object.keys(names.region) as readonly (keyof typeof names.region)[];

const Pain = ({ typed, type, fixed }: ScoreProps) => {
  const { t } = useTranslation();
  return (
    <>
      {!fixed && (
        <Select
          label={t('measures.region')}
          searchable
          clearable
          data={REGIONS.map((value) => ({ value, label: t(`names.region.${value}`) }))}
          value={typed.region === '' ? null : typed.region}
          onChange={(region) => type({ ...typed, region: region ?? '' })}
        />
      )}
      <NumberInput
        label={t('measures.painNow')}
        required
        data-autofocus
        value={typed.value}
        onChange={(value) => type({ ...typed, value: textOf(value) })}
      />
    </>
  );
};

const Activities = ({ typed, type }: ScoreProps) => {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <Text size="sm">{t('measures.activities')}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {typed.items.map((value, n) => (
          <NumberInput
            key={n}
            label={t('measures.activity', { count: n + 1 })}
            value={value}
            onChange={(rating) => type({ ...typed, items: typed.items.with(n, textOf(rating)) })}
          />
        ))}
      </SimpleGrid>
    </Stack>
  );
};

interface Choices {
  readonly part: Extract<TextPart, 'joint' | 'motion' | 'side' | 'mode'>;
  readonly codes: readonly string[];
  /** Where its names stand. */
  readonly under: 'joint' | 'motion' | 'bodySide' | 'mode';
  /** What no longer fits once this is another. */
  readonly clears?: Partial<Typed>;
}

const Choice = ({
  part,
  codes,
  under,
  clears = {},
  typed,
  type,
}: Choices & Pick<ScoreProps, 'typed' | 'type'>) => {
  const { t } = useTranslation();
  return (
    <Select
      label={t(`measures.${part}`)}
      required
      data={codes.map((value) => ({ value, label: t(`names.${under}.${value}` as 'names.mode.active') }))}
      value={typed[part] === '' ? null : typed[part]}
      onChange={(value) => type({ ...typed, ...clears, [part]: value ?? '' })}
    />
  );
};

const Angle = (props: ScoreProps) => {
  const { t } = useTranslation();
  const { typed, type, fixed, asksToConfirm } = props;
  const written = { typed, type };
  return (
    <>
      {!fixed && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Choice
            part="joint"
            under="joint"
            codes={Object.keys(names.joint)}
            clears={{ motion: '', side: '' }}
            {...written}
          />
          <Choice
            part="motion"
            under="motion"
            codes={motionsOf(typed.joint)}
            clears={{ side: '' }}
            {...written}
          />
          <Choice part="side" under="bodySide" codes={sidesOfMotion(typed)} {...written} />
          <Choice part="mode" under="mode" codes={Object.keys(names.mode)} {...written} />
        </SimpleGrid>
      )}
      <NumberInput
        label={t('measures.degrees')}
        required
        data-autofocus
        value={typed.value}
        onChange={(value) => type({ ...typed, value: textOf(value) })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {(['device', 'position'] as const).map((part) => (
          <TextInput
            key={part}
            dir="auto"
            maxLength={60}
            label={t(`measures.${part}`)}
            value={typed[part]}
            onChange={({ currentTarget }) => type({ ...typed, [part]: currentTarget.value })}
          />
        ))}
      </SimpleGrid>
      {(asksToConfirm || typed.confirmed) && (
        <Checkbox
          label={t('measures.confirmed')}
          checked={typed.confirmed}
          onChange={({ currentTarget }) => type({ ...typed, confirmed: currentTarget.checked })}
        />
      )}
    </>
  );
};

const SCORES = { NPRS: Pain, PSFS: Activities, ROM: Angle } as const;

export const Score = (props: ScoreProps) => {
  const Fields = SCORES[props.typed.instrument];
  return <Fields {...props} />;
};
