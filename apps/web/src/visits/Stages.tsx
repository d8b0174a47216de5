/** What the state of a visit asks for next, station by station. */
import type { PayerProfileName } from '@fascia/clinical';
import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useList } from '../api/use-service.js';
import { useKept } from '../kept/use-kept.js';
import { Trouble } from '../parts/states.js';
import { startRefusedOf } from './beginning.js';
import { Completing } from './Completing.js';
import { InTheWay } from './InTheWay.js';
import { Note, Screened } from './Note.js';
import { PreScreenForm } from './PreScreenForm.js';
import { NO_ROWS, type PlanInForce, type Visit } from './rows.js';
import { Signing } from './Signing.js';
import { Stage } from './Stage.js';
import { useVisitAct } from './use-visit-act.js';
import { Work } from './Work.js';

export interface StagesProps {
  readonly visit: Visit;
  readonly plan: PlanInForce | undefined;
  readonly payer: PayerProfileName | null;
  readonly last: Visit | undefined;
  readonly people: readonly Answer<'listPractitioners'>[] | undefined;
  /** The state is another than the one in which the page was opened. */
  readonly moved: boolean;
}

/** As the warnings ask for them. */
const MOST = 200;

const may = ({ allowedActions }: Visit, command: Visit['allowedActions'][number]): boolean =>
  allowedActions.includes(command);

/** One press, and nothing to say. */
const OnePress = ({
  visit,
  command,
  takesFocus = false,
}: {
  readonly visit: Visit;
  readonly command: 'CheckIn' | 'StartSession';
  /** What was pressed before is gone. */
  readonly takesFocus?: boolean;
}) => {
  const { t } = useTranslation();
  const { send, error, busy } = useVisitAct(visit.id);
  return (
    <>
      {error !== null && <Trouble error={error} />}
      <Group>
        <Button autoFocus={takesFocus} loading={busy} onClick={() => send(command, {})}>
          {t(`names.visitStep.${command}`)}
        </Button>
      </Group>
    </>
  );
};

interface BeginningProps extends Pick<StagesProps, 'visit' | 'plan'> {
  /** The answers were recorded a moment ago, on this page. */
  readonly recorded: boolean;
}

const Beginning = ({ visit, plan, recorded }: BeginningProps) => {
  const flags = useList('listFlags', { patientId: visit.patientId, limit: MOST });
  const known = flags.data?.pages[0]?.items ?? [];
  return (
    <>
      <InTheWay refused={startRefusedOf(visit, known, plan)} />
      <OnePress visit={visit} command="StartSession" takesFocus={recorded} />
    </>
  );
};

/** Answers stand as they were given; asking again begins with nothing. */
const Screening = ({ visit, plan, moved }: Pick<StagesProps, 'visit' | 'plan' | 'moved'>) => {
  const { t } = useTranslation();
  const [again, setAgain] = useState(false);
  const [recorded, setRecorded] = useState(false);
  const { preScreen } = visit;
  const asking = preScreen === null || again;
  return (
    <Stage id="pre-screen" title={t('visit.preScreen')} takesFocus={moved && visit.state === 'CheckedIn'}>
      {preScreen !== null && <Screened preScreen={preScreen} />}
      {may(visit, 'RecordPreScreen') &&
        (asking ? (
          <PreScreenForm
            visitId={visit.id}
            done={() => {
              setAgain(false);
              setRecorded(true);
            }}
          />
        ) : (
          <Group>
            <Button variant="default" onClick={() => setAgain(true)}>
              {t('visit.askAgain')}
            </Button>
          </Group>
        ))}
      {visit.state === 'CheckedIn' && preScreen !== null && !again && may(visit, 'StartSession') && (
        <Beginning visit={visit} plan={plan} recorded={recorded} />
      )}
    </Stage>
  );
};

const NoPlan = ({ plan }: Pick<StagesProps, 'plan'>) => {
  const { t } = useTranslation();
  if (plan !== undefined) return undefined;
  return (
    <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />} role="status">
      {t('visit.noPlan')}
    </Alert>
  );
};

const UnderWay = ({ visit, plan, payer, last, moved }: StagesProps) => {
  const { t } = useTranslation();
  const { typed, type } = useKept(`RecordIntervention.${visit.id}`, NO_ROWS);
  return (
    <>
      <Stage id="work" title={t('visit.work')} takesFocus={moved}>
        <NoPlan plan={plan} />
        <Work {...{ visit, plan, payer, last, typed, type }} />
      </Stage>
      {may(visit, 'CompleteSession') && (
        <Stage id="completing" title={t('visit.completing')}>
          <Completing {...{ visit, plan, payer }} pending={typed.rows.length} />
        </Stage>
      )}
      <Screening visit={visit} plan={plan} moved={false} />
    </>
  );
};

const Written = ({ visit, payer, people, moved }: StagesProps) => {
  const { t } = useTranslation();
  const nameOf = (practitionerId: string): string =>
    people?.find(({ id }) => id === practitionerId)?.name ?? t('state.unnamed');
  return (
    <>
      {may(visit, 'SignSession') && (
        <Stage id="signing" title={t('visit.signing')} takesFocus={moved}>
          <Signing {...{ visit, payer, people }} />
        </Stage>
      )}
      <Stage id="note" title={t('visit.note')} takesFocus={moved && !may(visit, 'SignSession')}>
        <Note visit={visit} nameOf={nameOf} />
      </Stage>
    </>
  );
};

export const Stages = (props: StagesProps) => {
  const { t } = useTranslation();
  const { visit, plan, moved } = props;
  if (visit.state === 'Scheduled')
    return (
      <Stage id="arriving" title={t('visit.arriving')}>
        <Stack>{may(visit, 'CheckIn') && <OnePress visit={visit} command="CheckIn" />}</Stack>
      </Stage>
    );
  if (visit.state === 'CheckedIn')
    return (
      <>
        {visit.kind !== 'evaluation' && <NoPlan plan={plan} />}
        <Screening visit={visit} plan={plan} moved={moved} />
      </>
    );
  return visit.state === 'InProgress' && may(visit, 'RecordIntervention') ? (
    <UnderWay {...props} />
  ) : (
    <Written {...props} />
  );
};
