/** A visit to be read: what was asked before, done, and written; who signed, and what was added since. */
import type { RedFlagId } from '@fascia/clinical';
import { Alert, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../parts/Moment.js';
import { NARRATIVE } from './completion.js';
import { VITAL_SIGNS } from './pre-screen.js';
import { Recorded } from './Recorded.js';
import type { Visit } from './rows.js';
import css from './visit.module.css';

const Words = ({ children }: { readonly children: ReactNode }) => (
  <Text dir="auto" className={css['words'] ?? ''}>
    {children}
  </Text>
);

const Line = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <Table.Tr>
    <Table.Th scope="row" w={{ base: '40%', sm: '12rem' }}>
      {label}
    </Table.Th>
    <Table.Td className={css['words'] ?? ''} dir="auto">
      {children}
    </Table.Td>
  </Table.Tr>
);

/** What was asked before treatment, and answered. */
export const Screened = ({ preScreen }: { readonly preScreen: NonNullable<Visit['preScreen']> }) => {
  const { t } = useTranslation();
  const { flags, vitals, skinIntact, consentVerbal, nprsPre, at } = preScreen;
  const measured = VITAL_SIGNS.flatMap(([sign]) =>
    vitals[sign] === undefined ? [] : [`${t(`visit.vital.${sign}`)} ${String(vitals[sign])}`],
  );
  const found = flags.map((flag) => t(`names.redFlag.${flag as RedFlagId}`));
  return (
    <Table withRowBorders={false}>
      <Table.Tbody>
        <Line label={t('visit.askedAt')}>
          <Moment at={at} />
        </Line>
        <Line label={t('visit.flagsFound')}>{found.length === 0 ? t('visit.noFlag') : found.join(', ')}</Line>
        {measured.length > 0 && <Line label={t('visit.vitals')}>{measured.join(', ')}</Line>}
        <Line label={t('visit.skinIntact')}>{t(`visit.answer.${skinIntact ? 'yes' : 'no'}`)}</Line>
        <Line label={t('visit.consentVerbal')}>{t(`visit.answer.${consentVerbal ? 'yes' : 'no'}`)}</Line>
        <Line label={t('visit.painBefore')}>{nprsPre}</Line>
      </Table.Tbody>
    </Table>
  );
};

/** What makes it hard to bill or to defend. */
export const Compliance = ({ visit }: { readonly visit: Visit }) => {
  const { t } = useTranslation();
  if (visit.complianceFlags.length === 0) return undefined;
  return (
    <Alert
      color="yellow"
      variant="light"
      title={t('visit.compliance')}
      icon={<IconAlertTriangle aria-hidden />}
    >
      <ul>
        {visit.complianceFlags.map((flag) => (
          <li key={flag}>{t(`names.visitFlag.${flag}`)}</li>
        ))}
      </ul>
      {visit.billingHold && <Text fw={600}>{t('visit.billingHold')}</Text>}
    </Alert>
  );
};

const Counted = ({ visit: { minutes, units, nprs, start, end } }: { readonly visit: Visit }) => {
  const { t } = useTranslation();
  return (
    <Group gap="lg">
      <Text>
        <Moment at={start} /> – <Moment at={end} />
      </Text>
      {minutes !== null && (
        <>
          <Text>{t('visit.minutesInAll', { count: minutes.treatment })}</Text>
          <Text>{t('visit.minutesTimed', { count: minutes.timed })}</Text>
        </>
      )}
      {units !== null && (
        <Text>
          {t('visit.units', { count: units.totalUnits })}:{' '}
          {units.byCode.map(({ cpt, units: count }) => t('visit.unitsOf', { cpt, count })).join(', ')}
        </Text>
      )}
      {nprs.before !== null && nprs.after !== null && (
        <Text>{t('visit.painChange', { before: nprs.before, after: nprs.after })}</Text>
      )}
    </Group>
  );
};

/** Why it ended otherwise than by a signature. */
const Ended = ({
  visit: { stopped, voided, cancelled, beyondOrder, lateEntry },
}: {
  readonly visit: Visit;
}) => {
  const { t } = useTranslation();
  const reasons = [
    ['visit.stoppedWhy', stopped],
    ['visit.voidedWhy', voided],
    ['visit.cancelledWhy', cancelled],
    ['visit.lateWhy', lateEntry],
    ['visit.beyondWhy', beyondOrder === null ? null : { reason: beyondOrder }],
  ] as const;
  return reasons.map(
    ([label, why]) =>
      why !== null && (
        <Stack key={label} gap={0}>
          <Text fw={600}>{t(label)}</Text>
          <Words>{why.reason}</Words>
        </Stack>
      ),
  );
};

const Despite = ({ visit: { contraindicatedCare } }: { readonly visit: Visit }) => {
  const { t } = useTranslation();
  return contraindicatedCare.map(({ seq, catalogueIds, reason }) => (
    <Alert
      key={seq}
      color="red"
      variant="light"
      title={t('visit.despite', { number: seq, rows: catalogueIds.join(', ') })}
      icon={<IconAlertTriangle aria-hidden />}
    >
      <Words>{reason}</Words>
    </Alert>
  ));
};

const Written = ({ visit: { narrative } }: { readonly visit: Visit }) => {
  const { t } = useTranslation();
  if (narrative === null) return undefined;
  return NARRATIVE.map((part) => (
    <Stack key={part} gap={0}>
      <Title order={3} size="h5">
        {t(`visit.narrative.${part}`)}
      </Title>
      <Words>{narrative[part]}</Words>
    </Stack>
  ));
};

const Signed = ({
  visit: { signed, amendments },
  nameOf,
}: {
  readonly visit: Visit;
  readonly nameOf: (practitionerId: string) => string;
}) => {
  const { t } = useTranslation();
  return (
    <>
      {signed !== null && (
        <Stack gap={0}>
          <Text fw={600}>
            {t('visit.signedBy', { name: nameOf(signed.by), credential: signed.credential })},{' '}
            <Moment at={signed.at} />
          </Text>
          {signed.substituteReason !== null && <Words>{signed.substituteReason}</Words>}
        </Stack>
      )}
      {amendments.map(({ text, reason, at, by }) => (
        <Stack key={at} gap={0}>
          <Text fw={600}>
            {t('visit.addedBy', { name: nameOf(by) })}, <Moment at={at} />
          </Text>
          <Words>{text}</Words>
          <Text size="sm" c="dimmed" dir="auto" className={css['words'] ?? ''}>
            {t('visit.because', { reason })}
          </Text>
        </Stack>
      ))}
    </>
  );
};

export const Note = ({
  visit,
  nameOf,
}: {
  readonly visit: Visit;
  readonly nameOf: (practitionerId: string) => string;
}) => (
  <Stack>
    <Ended visit={visit} />
    <Counted visit={visit} />
    <Compliance visit={visit} />
    <Despite visit={visit} />
    {visit.preScreen !== null && <Screened preScreen={visit.preScreen} />}
    <Recorded interventions={visit.interventions} />
    <Written visit={visit} />
    <Signed visit={visit} nameOf={nameOf} />
  </Stack>
);
