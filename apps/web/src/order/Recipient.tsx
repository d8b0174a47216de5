/** To whom: clinics with why each fits or does not, those that were sent to before first. One of them, or several. */
import {
  Anchor,
  Card,
  Checkbox,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Button,
  Group,
} from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconStar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList, useWhole } from '../api/use-service.js';
import { Incomplete, Loading, Trouble } from '../parts/states.js';
import { dayOf } from '../parts/times.js';
import { useNow } from '../parts/use-now.js';
import { useMe } from '../session/me.js';
import { names } from '../words/names.js';
import { Payer, type PartProps } from './parts.js';
import {
  calledLike,
  candidatesOf,
  chosenIn,
  isFit,
  targetOf,
  timesSent,
  type Candidate,
} from './recipients.js';

const LATEST = 200;
const SHOWN = 6;
/** Of a pool. */
const MOST = 20;

const ICON = { size: 16, 'aria-hidden': true, style: { verticalAlign: 'text-bottom' } } as const;

type Fitting = keyof typeof names.fit;
const isSaid = (what: string): what is Fitting => Object.hasOwn(names.fit, what);

/** In words: why it fits, or all that does not. */
const Fit = ({ candidate }: { readonly candidate: Candidate }) => {
  const { t } = useTranslation();
  if (!isFit(candidate)) {
    const what = candidate.fit.flatMap((one) => (one.fits ? [] : [t(`names.misfit.${one.what}`)])).join(', ');
    return (
      <Text component="span" display="block" size="sm" fw={600}>
        <IconAlertTriangle {...ICON} /> {t('order.misfits', { what })}
      </Text>
    );
  }
  const what = [
    ...candidate.fit.flatMap((one) => (isSaid(one.what) ? [t(`names.fit.${one.what}`)] : [])),
    t(`names.capacity.${candidate.listing.capacity}`),
  ].join(', ');
  return (
    <Text component="span" display="block" size="sm">
      <IconCheck {...ICON} /> {t('order.fits', { what })}
    </Text>
  );
};

const About = ({ candidate }: { readonly candidate: Candidate }) => {
  const { t } = useTranslation();
  const { listing, sent } = candidate;
  return (
    <>
      <Text component="span" display="block" fw={600}>
        <bdi>{listing.organization.name ?? t('state.unnamed')}</bdi>
      </Text>
      <Text component="span" display="block">
        <bdi>{listing.title}</bdi>
      </Text>
      {sent > 0 && (
        <Text component="span" display="block" size="sm">
          <IconStar {...ICON} fill="currentColor" /> {t('order.sentBefore', { count: sent })}
        </Text>
      )}
      <Fit candidate={candidate} />
    </>
  );
};

const LABEL = { labelWrapper: { flex: 1 }, label: { overflowWrap: 'anywhere' } } as const;

const Choice = ({ candidate, several }: { readonly candidate: Candidate; readonly several: boolean }) => {
  const { id, organization } = candidate.listing;
  const said = { value: id, label: <About candidate={candidate} />, styles: LABEL };
  return (
    <Card withBorder padding="sm">
      {several ? <Checkbox {...said} /> : <Radio {...said} />}
      {organization.phones.map((phone) => (
        <Anchor
          key={phone}
          href={`tel:${phone}`}
          display="inline-flex"
          mih={44}
          style={{ alignItems: 'center' }}
        >
          <bdi>{phone}</bdi>
        </Anchor>
      ))}
    </Card>
  );
};

/** Of a physician their own orders say where they send; of whoever writes for them those of the practice. */
const useCandidates = ({ content, birthDate, refusals }: PartProps) => {
  const { practitionerId, actingAs } = useMe();
  const own = actingAs.role === 'physician' && practitionerId !== null ? { practitionerId } : {};
  const today = dayOf(useNow());
  const { items, lacking, error } = useWhole('listListings', {});
  const before = useList('listReferrals', { ...own, limit: LATEST });
  const times = timesSent(before.data?.pages[0]?.items ?? []);
  return {
    // In one go: what is about to be chosen does not move away under the pointer.
    candidates:
      items === undefined || before.isPending
        ? undefined
        : candidatesOf(items, { content, birthDate, today, times, refusals }),
    lacking,
    error,
  };
};

interface ChoicesProps {
  readonly shown: readonly Candidate[];
  readonly chosen: readonly string[];
  readonly several: boolean;
  readonly choose: (ids: readonly string[]) => void;
}

const Choices = ({ shown, chosen, several, choose }: ChoicesProps) => {
  const { t } = useTranslation();
  const choices = (
    <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs">
      {shown.map((candidate) => (
        <Choice key={candidate.listing.id} candidate={candidate} several={several} />
      ))}
    </SimpleGrid>
  );
  return several ? (
    <Checkbox.Group
      label={t('act.listing')}
      maxSelectedValues={MOST}
      value={[...chosen]}
      onChange={(ids) => choose(ids)}
    >
      {choices}
    </Checkbox.Group>
  ) : (
    <Radio.Group label={t('act.listing')} value={chosen[0] ?? null} onChange={(id) => choose([id])}>
      {choices}
    </Radio.Group>
  );
};

export const Recipient = (props: PartProps) => {
  const { t } = useTranslation();
  const { content, change } = props;
  const { candidates, lacking, error } = useCandidates(props);
  const [typed, type] = useState('');
  const [most, setMost] = useState(SHOWN);
  const [asked, ask] = useState(false);
  const chosen = chosenIn(content.target);
  const several = asked || chosen.length > 1;
  if (error !== null) return <Trouble error={error} />;
  if (candidates === undefined) return <Loading />;
  const isListed = (id: string): boolean => candidates.some(({ listing }) => listing.id === id);
  const choose = (ids: readonly string[]): void => change({ target: targetOf(ids.filter(isListed)) });
  const found = calledLike(candidates, typed);
  const first = found.slice(0, most);
  const shown = candidates.filter((one) => first.includes(one) || chosen.includes(one.listing.id));
  /** By the key that ends what one types, where it says which. */
  const chooseOnly = (): void => {
    const [only, ...others] = found;
    if (only === undefined || others.length > 0) return;
    const { id } = only.listing;
    choose(several ? [...chosen.filter((one) => one !== id), id] : [id]);
  };
  return (
    <Stack>
      <Payer {...props} />
      <Incomplete streams={lacking} />
      <TextInput
        type="search"
        label={t('order.find')}
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => type(currentTarget.value)}
        onKeyDown={({ key }) => {
          if (key === 'Enter') chooseOnly();
        }}
      />
      <Checkbox
        label={t('order.several')}
        checked={several}
        onChange={({ currentTarget }) => {
          ask(currentTarget.checked);
          if (!currentTarget.checked && chosen.length > 1) choose(chosen.slice(0, 1));
        }}
      />
      {!chosen.every(isListed) && <Text role="status">{t('order.gone')}</Text>}
      {found.length === 0 && <Text role="status">{t('order.noClinic')}</Text>}
      <Choices {...{ shown, chosen, several, choose }} />
      {found.length > most && (
        <Group>
          <Button variant="subtle" onClick={() => setMost(most + SHOWN)}>
            {t('state.more')}
          </Button>
        </Group>
      )}
      {chosen.length > 1 && <Text role="status">{t('order.pool', { number: chosen.length })}</Text>}
    </Stack>
  );
};
