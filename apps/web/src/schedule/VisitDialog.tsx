/** One visit of the calendar: what it is, and what can be done with it. */
import { Anchor, Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BodyOf } from '../api/commands.js';
import { useAct } from '../api/use-service.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { Modal } from '../parts/Modal.js';
import { Trouble } from '../parts/states.js';
import { timeText, weekdayText } from '../parts/times.js';
import { names } from '../words/names.js';
import type { Shift } from './Calendar.js';
import { MoveForm } from './MoveForm.js';
import type { Clinic } from './use-clinic.js';
import { spanIn, type Visit } from './visits.js';

type By = BodyOf<'sessions', 'CancelSession'>['by'];

const NOBODY_YET: { readonly by: By | ''; readonly reason: string } = { by: '', reason: '' };
const LONGEST = 4000;

const CancelForm = ({ visit, close }: { readonly visit: Visit; readonly close: () => void }) => {
  const { t } = useTranslation();
  const act = useAct<'sessions', 'CancelSession'>('sessions');
  const { typed, type, key, found, forget } = useKept(`CancelSession.${visit.id}`, NOBODY_YET);
  const [tried, setTried] = useState(false);
  const send = (): void => {
    setTried(true);
    const { by, reason } = typed;
    if (by === '' || reason.trim() === '') return;
    const body = { by, reason: reason.trim() };
    const done = (): void => {
      forget();
      close();
    };
    act.mutate({ id: visit.id, command: 'CancelSession', body, key }, { onSuccess: done });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack>
        {found && <Found anew={forget} />}
        <Select
          data-autofocus
          label={t('schedule.cancelledBy')}
          required
          error={tried && typed.by === '' && t('act.needed')}
          data={(Object.keys(names.cancelledBy) as readonly By[]).map((value) => ({
            value,
            label: t(`names.cancelledBy.${value}`),
          }))}
          value={typed.by === '' ? null : typed.by}
          onChange={(by) => type({ ...typed, by: (by ?? '') as By })}
        />
        <Textarea
          autosize
          minRows={2}
          maxLength={LONGEST}
          dir="auto"
          label={t('schedule.reason')}
          required
          error={tried && typed.reason.trim() === '' && t('act.needed')}
          value={typed.reason}
          onChange={({ currentTarget }) => type({ ...typed, reason: currentTarget.value })}
        />
        {act.error !== null && <Trouble error={act.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" color="red" loading={act.isPending}>
            {t('schedule.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const About = ({ visit, zone }: { readonly visit: Visit; readonly zone: string }) => {
  const { t } = useTranslation();
  const { cancelled, lateEntry, beyondOrder } = visit;
  return (
    <Stack gap={4}>
      <Text fw={600}>
        {weekdayText(spanIn(visit, zone).day, 'long')},{' '}
        {t('schedule.from', { from: timeText(visit.start, zone), to: timeText(visit.end, zone) })}
      </Text>
      <Text>
        {t(`names.visitKind.${visit.kind}`)}, {t(`names.visitStage.${visit.state}`)},{' '}
        <bdi>{visit.therapist.name ?? t('state.unnamed')}</bdi>
      </Text>
      {cancelled !== null && (
        <Text dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {t('schedule.cancelled', { by: t(`names.cancelledBy.${cancelled.by}`), reason: cancelled.reason })}
        </Text>
      )}
      {lateEntry !== null && (
        <Text dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {t('schedule.late', { reason: lateEntry.reason })}
        </Text>
      )}
      {beyondOrder !== null && (
        <Text dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {t('schedule.beyond', { reason: beyondOrder })}
        </Text>
      )}
      <Anchor
        renderRoot={(props) => <Link to="/referrals/$id" params={{ id: visit.referralId }} {...props} />}
      >
        {t('schedule.referral')}
      </Anchor>
    </Stack>
  );
};

/** Asks for nothing more. */
const AT_ONCE = [
  ['CheckIn', 'schedule.checkIn'],
  ['MarkNoShow', 'schedule.noShow'],
] as const;

type Doing = 'move' | 'cancel' | undefined;

const Choices = ({
  visit,
  doing,
  close,
}: {
  readonly visit: Visit;
  readonly doing: (what: Doing) => void;
  readonly close: () => void;
}) => {
  const { t } = useTranslation();
  const act = useAct<'sessions', 'CheckIn' | 'MarkNoShow'>('sessions');
  const [key] = useState(() => crypto.randomUUID());
  const { allowedActions: allowed } = visit;
  const offered = AT_ONCE.filter(([command]) => allowed.includes(command));
  const [moves, cancels] = [allowed.includes('RescheduleSession'), allowed.includes('CancelSession')];
  return (
    <Stack>
      {!moves && !cancels && offered.length === 0 && <Text>{t('schedule.nothingToDo')}</Text>}
      <Group gap="sm">
        {moves && (
          <Button data-autofocus onClick={() => doing('move')}>
            {t('schedule.move')}
          </Button>
        )}
        {offered.map(([command, word]) => (
          <Button
            key={command}
            variant="default"
            loading={act.isPending && act.variables.command === command}
            onClick={() => act.mutate({ id: visit.id, command, body: {}, key }, { onSuccess: close })}
          >
            {t(word)}
          </Button>
        ))}
        {cancels && (
          <Button color="red" variant="light" onClick={() => doing('cancel')}>
            {t('schedule.cancel')}
          </Button>
        )}
      </Group>
      {act.error !== null && <Trouble error={act.error} />}
    </Stack>
  );
};

interface VisitDialogProps {
  readonly visit: Visit;
  readonly clinic: Clinic;
  readonly shift: Shift | undefined;
  readonly close: () => void;
}

export const VisitDialog = ({ visit, clinic, shift, close }: VisitDialogProps) => {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<Doing>(shift === undefined ? undefined : 'move');
  return (
    <Modal onClose={close} centered title={<bdi>{visit.patient.name ?? t('state.unnamed')}</bdi>}>
      <Stack>
        <About visit={visit} zone={clinic.zone} />
        {doing === undefined && <Choices visit={visit} doing={setDoing} close={close} />}
        {doing === 'move' && <MoveForm {...{ visit, clinic, shift, close }} />}
        {doing === 'cancel' && <CancelForm visit={visit} close={close} />}
      </Stack>
    </Modal>
  );
};
