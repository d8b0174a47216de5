/** The end of a visit: times, minutes, pain and the narrative, with the plan's words beside it and all that is lacking in one list. */
import { allocateUnits, payerProfile, type PayerProfileName } from '@fascia/clinical';
import { Button, Checkbox, Grid, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Trouble } from '../parts/states.js';
import { zoneText } from '../parts/times.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { NumberKept } from '../parts/NumberKept.js';
import { useNow } from '../parts/use-now.js';
import { Cells, ratings } from './Cells.js';
import {
  chosen,
  clockOf,
  completionOf,
  minutesOf,
  NARRATIVE,
  NOTHING_TYPED,
  partsLacking,
  refusedOf,
  timesOf,
  withWords,
  type Part,
  type Typed,
} from './completion.js';
import { InTheWay } from './InTheWay.js';
import { PlanWords } from './PlanWords.js';
import type { PlanInForce, Visit } from './rows.js';
import { useVisitAct } from './use-visit-act.js';

interface FormProps {
  readonly visit: Visit;
  readonly typed: Typed;
  readonly type: (typed: Typed) => void;
  readonly now: number;
}

const Times = ({ visit, typed, type, now }: FormProps) => {
  const { t } = useTranslation();
  const { start, end } = timesOf(typed, visit, now);
  const zone = zoneText(now, 'short');
  const clock = (typedClock: string | undefined, moment: number | undefined): string =>
    typedClock ?? (moment === undefined ? '' : clockOf(moment));
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      <TextInput
        type="time"
        label={t('visit.began', { zone })}
        value={clock(typed.began, start)}
        onChange={({ currentTarget }) => type({ ...typed, began: currentTarget.value })}
      />
      <TextInput
        type="time"
        label={t('visit.ended', { zone })}
        value={clock(typed.ended, end)}
        onChange={({ currentTarget }) => type({ ...typed, ended: currentTarget.value })}
      />
      <NumberKept
        label={t('visit.treatmentMinutes')}
        min={0}
        max={480}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        value={minutesOf(typed, visit)}
        change={(minutes) => type({ ...typed, minutes })}
      />
    </SimpleGrid>
  );
};

/** Codes with an equal claim to the last unit: the therapist chooses. */
const Tie = ({ visit, typed, type, payer }: FormProps & { readonly payer: PayerProfileName | null }) => {
  const { t } = useTranslation();
  const method = payer === null ? undefined : payerProfile(payer).unitMethod;
  const timed = visit.interventions.filter((done) => done.timed);
  const tie = method && allocateUnits(method, timed, typed.unitChoice).tie;
  if (tie === undefined) return undefined;
  return (
    <Checkbox.Group
      label={t('visit.tie', { count: tie.places })}
      description={t('visit.tieHelp')}
      value={[...typed.unitChoice]}
    >
      <Group mt="xs">
        {tie.candidates.map((code) => (
          <Checkbox
            key={code}
            value={code}
            label={code}
            onChange={() => type({ ...typed, unitChoice: chosen(tie, typed.unitChoice, code) })}
          />
        ))}
      </Group>
    </Checkbox.Group>
  );
};

const Narrative = ({
  typed,
  type,
  plan,
}: Pick<FormProps, 'typed' | 'type'> & { readonly plan: PlanInForce | undefined }) => {
  const { t } = useTranslation();
  const [into, setInto] = useState<Part>('plan');
  return (
    <Grid>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="sm">
          {NARRATIVE.map((part) => (
            <Textarea
              key={part}
              label={t(`visit.narrative.${part}`)}
              autosize
              minRows={2}
              maxRows={14}
              maxLength={4000}
              dir="auto"
              value={typed.narrative[part]}
              onFocus={() => setInto(part)}
              onChange={({ currentTarget }) =>
                type({ ...typed, narrative: { ...typed.narrative, [part]: currentTarget.value } })
              }
            />
          ))}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <PlanWords
          plan={plan}
          into={t(`visit.narrative.${into}`)}
          insert={(words) => type(withWords(typed, into, words))}
        />
      </Grid.Col>
    </Grid>
  );
};

interface CompletingProps {
  readonly visit: Visit;
  readonly plan: PlanInForce | undefined;
  readonly payer: PayerProfileName | null;
  /** Rows that are not recorded: a visit that is over takes none of them. */
  readonly pending: number;
}

export const Completing = ({ visit, plan, payer, pending }: CompletingProps) => {
  const { t } = useTranslation();
  const now = useNow();
  const { send, error, busy } = useVisitAct(visit.id);
  const { typed, type, found, forget } = useKept(`CompleteSession.${visit.id}`, NOTHING_TYPED);
  const form = { visit, typed, type, now };
  const refused = refusedOf(typed, { visit, now });
  const lacking = [
    ...partsLacking(typed).map((part) => t('visit.partLacks', { part: t(`visit.narrative.${part}`) })),
    ...(pending === 0 ? [] : [t('visit.pending', { count: pending })]),
  ];
  const body = pending === 0 ? completionOf(typed, { visit, now }) : undefined;
  return (
    <Stack>
      {found && <Found anew={forget} />}
      <Times {...form} />
      <Cells
        label={t('visit.painAfter')}
        help={t('visit.painHelp')}
        cells={ratings(0, 10)}
        chosen={typed.nprsPost}
        choose={(nprsPost) => type({ ...typed, nprsPost })}
      />
      <Tie {...form} payer={payer} />
      <Narrative {...{ typed, type, plan }} />
      <InTheWay refused={refused} more={lacking} />
      {body !== undefined && <Text role="status">{t('visit.nothingLacks')}</Text>}
      {error !== null && <Trouble error={error} />}
      <Group>
        <Button
          disabled={body === undefined}
          loading={busy}
          onClick={() => {
            if (body !== undefined) send('CompleteSession', body, forget);
          }}
        >
          {t('visit.complete')}
        </Button>
      </Group>
    </Stack>
  );
};
