/** One referral: how far the loop has come, what was ordered, what was said, and what can be done. */
import { Anchor, Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useOne } from '../api/use-service.js';
import { ORDERERS } from '../app/places.js';
import { Move, moveOf, Priority } from '../parts/Badges.js';
import { Lasting } from '../parts/Moment.js';
import { Incomplete, Loading, Outdated, Trouble } from '../parts/states.js';
import { dayText } from '../parts/times.js';
import { useTitle } from '../parts/use-title.js';
import { ContactCard } from '../patients/ContactCard.js';
import { Measures } from '../measures/Measures.js';
import { PlanCard } from '../plans/PlanCard.js';
import { PlanWay } from '../plans/PlanWay.js';
import { Warnings } from '../safety/Warnings.js';
import { isBookable } from '../schedule/who-books.js';
import { useMe } from '../session/me.js';
import { VisitList } from '../visits/VisitList.js';
import { useDeed } from './use-deed.js';
import { deedOf, nextStepOf, offeredOf, PAGES, withPageOf, type OfferedDeed } from './deeds.js';
import { LetterButton } from './LetterButton.js';
import { Clocks } from './Clocks.js';
import { LoopBar } from './LoopBar.js';
import { Order } from './Order.js';
import { Packet } from './Packet.js';
import { Revisions } from './Revisions.js';
import { Said } from './Said.js';

type Referral = Answer<'getReferral'>;

/** A new tab, or a window, or something that is saved. */
const isElsewhere = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  button !== 0 || metaKey || ctrlKey || shiftKey || altKey;

/** For whoever came from the list to where they were in it, else to its beginning. */
const Back = () => {
  const { t } = useTranslation();
  const { fromList } = useLocation().state;
  const goBack = (event: MouseEvent): void => {
    if (fromList !== true || isElsewhere(event)) return;
    event.preventDefault();
    window.history.back();
  };
  return (
    <Anchor renderRoot={(props) => <Link to="/referrals" {...props} onClick={goBack} />}>
      {t('referral.back')}
    </Anchor>
  );
};

const Head = ({ referral }: { readonly referral: Referral }) => {
  const { t } = useTranslation();
  const { organizationId } = useMe().actingAs;
  const { patient, priority, state } = referral;
  return (
    <Stack gap="xs">
      <Back />
      <Title order={1}>
        <bdi>{patient.name ?? t('state.unnamed')}</bdi>
      </Title>
      <Group gap="sm">
        {patient.birthDate !== null && (
          <Text>{t('referrals.born', { date: dayText(patient.birthDate) })}</Text>
        )}
        <Badge variant="outline">{t(`names.stage.${state}`)}</Badge>
        <Text span>
          <Lasting since={referral.enteredStateAt} />
        </Text>
        <Move move={moveOf(referral, organizationId)} />
        {priority !== null && <Priority priority={priority} />}
      </Group>
    </Stack>
  );
};

const Deeds = ({
  referral,
  begin,
}: {
  readonly referral: Referral;
  readonly begin: (deed: OfferedDeed) => void;
}) => {
  const { t } = useTranslation();
  const offered = offeredOf(referral.allowedActions);
  const withPage = withPageOf(referral.allowedActions);
  const next = nextStepOf(referral.allowedActions, referral.state);
  return (
    <Card component="section" aria-labelledby="deeds" withBorder>
      <Title order={2} size="h4" id="deeds" mb="sm">
        {t('referral.actions')}
      </Title>
      {offered.length + withPage.length === 0 && <Text>{t('referral.noActions')}</Text>}
      <Group gap="sm">
        {offered.map((deed) => (
          <Button
            key={deed}
            variant={deed === next ? 'filled' : 'default'}
            {...(deedOf(deed).ends === true ? { color: 'red', variant: 'light' } : {})}
            onClick={() => begin(deed)}
          >
            {t(`names.deed.${deed}`)}
          </Button>
        ))}
        {withPage.map((deed) => (
          <Button
            key={deed}
            variant="default"
            renderRoot={(props) => <Link to={PAGES[deed]} params={{ id: referral.id }} {...props} />}
          >
            {t(`names.deed.${deed}`)}
          </Button>
        ))}
      </Group>
    </Card>
  );
};

/** It is sent, and whoever looks is a side of it: a pool is told enough to decide whether to take it, and no more. */
const hasLetter = ({ loop, referrer, recipient }: Referral, mine: string | null | undefined): boolean =>
  loop.sent !== undefined && (referrer.organizationId === mine || (recipient?.organizationId ?? '') === mine);

const Outcome = ({ referral: { id, outcome } }: { readonly referral: Referral }) => {
  const { t } = useTranslation();
  if (outcome === null) return undefined;
  return (
    <Card component="section" aria-labelledby="outcome" withBorder>
      <Title order={2} size="h4" id="outcome" mb="sm">
        {t('referral.outcome')}: {t(`names.outcomeKind.${outcome.kind}`)}
      </Title>
      <Text dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {outcome.summary}
      </Text>
      <LetterButton referralId={id} of="outcome" />
    </Card>
  );
};

const Visits = ({ referral }: { readonly referral: Referral }) => {
  const { t } = useTranslation();
  const { actingAs } = useMe();
  const { id } = referral;
  return (
    <Card component="section" aria-labelledby="visits" withBorder>
      <Title order={2} size="h4" id="visits" mb="sm">
        {t('referral.booked')}
      </Title>
      <VisitList referralId={id} />
      {isBookable(referral, actingAs) && (
        <Button
          mt="sm"
          w="fit-content"
          variant="default"
          renderRoot={(props) => <Link to="/schedule" search={{ book: id }} {...props} />}
        >
          {t('schedule.book')}
        </Button>
      )}
    </Card>
  );
};

const page = getRouteApi('/referrals/$id');

export const ReferralPage = () => {
  const { t } = useTranslation();
  const { id } = page.useParams();
  useTitle(t('referral.title'));
  const { data, error, refetch } = useOne('getReferral', id);
  const { begin, form } = useDeed();
  // Whoever treats begins with what was asked; whoever asked, with what came of it.
  const { role, organizationId } = useMe().actingAs;
  const orders = ORDERERS.includes(role);
  if (error !== null && data === undefined) return <Trouble error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const { body: referral, lacking } = data;
  return (
    <Stack>
      <Head referral={referral} />
      <Outdated error={error} again={() => void refetch()} />
      <Incomplete streams={lacking} />
      <Warnings patientId={referral.patient.id} />
      <LoopBar loop={referral.loop} />
      <Clocks deadlines={referral.deadlines} />
      {hasLetter(referral, organizationId) && <LetterButton referralId={id} of="referral" />}
      <Deeds referral={referral} begin={(deed) => begin(deed, id)} />
      <Outcome referral={referral} />
      <Revisions key={`revisions-${id}`} referral={referral} />
      {!orders && (
        <>
          <Packet referral={referral} />
          <Order referral={referral} />
        </>
      )}
      <PlanCard referralId={id} />
      <PlanWay referral={referral} />
      {referral.loop.accepted !== undefined && <Measures referral={referral} />}
      {orders && <Order referral={referral} />}
      <ContactCard patientId={referral.patient.id} />
      <Visits referral={referral} />
      <Said key={id} referral={referral} />
      {form}
    </Stack>
  );
};
