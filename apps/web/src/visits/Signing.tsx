/** The signature: everything that is looked at, looked at already; then one press. */
import type { PayerProfileName } from '@fascia/clinical';
import { SESSION_REFUSALS } from '@fascia/session/contract';
import { Alert, Button, Group, List, Stack, Text, Textarea, ThemeIcon } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useKept } from '../kept/use-kept.js';
import { Trouble } from '../parts/states.js';
import { dayOf } from '../parts/times.js';
import { useNow } from '../parts/use-now.js';
import { useMe } from '../session/me.js';
import { partsLacking } from './completion.js';
import type { Visit } from './rows.js';
import { isTheirs, signRefusedOf, type SignRefused } from './signing.js';
import { useVisitAct } from './use-visit-act.js';

/** In the order in which they are looked at. */
const CHECKS = [
  'SESSION_NOT_THE_THERAPIST',
  'SESSION_LICENCE_INVALID',
  'SESSION_PERFORMER_NOT_ALLOWED',
] as const satisfies readonly SignRefused[];

interface SigningProps {
  readonly visit: Visit;
  readonly payer: PayerProfileName | null;
  readonly people: readonly Answer<'listPractitioners'>[] | undefined;
}

const Check = ({ holds, children }: { readonly holds: boolean; readonly children: string }) => (
  <List.Item
    icon={
      <ThemeIcon size={22} radius="xl" color={holds ? 'teal' : 'red'} variant="light" aria-hidden>
        {holds ? <IconCheck size={14} /> : <IconX size={14} />}
      </ThemeIcon>
    }
  >
    {children}
  </List.Item>
);

const Checks = ({ visit, refused }: { readonly visit: Visit; readonly refused: readonly SignRefused[] }) => {
  const { t } = useTranslation();
  const written = visit.narrative !== null && partsLacking({ narrative: visit.narrative }).length === 0;
  return (
    <List spacing="xs" aria-label={t('visit.checks')}>
      <Check holds={visit.preScreen !== null}>{t('visit.checked.preScreen')}</Check>
      <Check holds={visit.interventions.length > 0}>
        {t('visit.checked.interventions', { count: visit.interventions.length })}
      </Check>
      <Check holds={written}>{t('visit.checked.narrative')}</Check>
      {CHECKS.map((code) => (
        <Check key={code} holds={!refused.includes(code)}>
          {refused.includes(code)
            ? `${SESSION_REFUSALS[code].title}: ${t(`visit.check.${code}`)}`
            : t(`visit.passed.${code}`)}
        </Check>
      ))}
    </List>
  );
};

const NO_REASON = { reason: '' };

export const Signing = ({ visit, payer, people }: SigningProps) => {
  const { t } = useTranslation();
  const now = useNow();
  const { practitionerId } = useMe();
  const { send, error, busy } = useVisitAct(visit.id);
  const { typed, type, forget } = useKept(`SignSession.${visit.id}`, NO_REASON);
  const { reason } = typed;
  const registered = people?.find(({ id }) => id === practitionerId);
  const refused = signRefusedOf(visit, { practitionerId, registered, payer, today: dayOf(now), reason });
  const theirs = isTheirs(visit, practitionerId);
  return (
    <Stack>
      <Checks visit={visit} refused={refused} />
      {!theirs && (
        <Textarea
          label={t('visit.substituteReason')}
          required
          autosize
          minRows={2}
          maxLength={4000}
          dir="auto"
          value={reason}
          onChange={({ currentTarget }) => type({ reason: currentTarget.value })}
        />
      )}
      {visit.billingHold && (
        <Alert color="yellow" variant="light">
          {t('visit.holdsNotSignature')}
        </Alert>
      )}
      {error !== null && <Trouble error={error} />}
      <Group>
        <Button
          disabled={refused.length > 0}
          loading={busy}
          onClick={() => send('SignSession', theirs ? {} : { reason: reason.trim() }, forget)}
        >
          {t('visit.sign')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('visit.signHelp')}
        </Text>
      </Group>
    </Stack>
  );
};
