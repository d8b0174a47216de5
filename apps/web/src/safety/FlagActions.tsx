/** What may be done about a red flag: whom one phoned, that care may go on and why, or that it is a danger and what is done. */
import { Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useAct } from '../api/use-service.js';
import { Found } from '../kept/Found.js';
import { Saying } from '../kept/Saying.js';
import { useKept } from '../kept/use-kept.js';
import { Modal } from '../parts/Modal.js';
import { Trouble } from '../parts/states.js';
import { names } from '../words/names.js';

type Flag = Answer<'listFlags'>;
type Channel = keyof typeof names.callChannel;
type FlagDeed = 'RecordCall' | 'ClearFlag' | 'ConfirmFlag';

/** In the order in which they are offered. */
const DEEDS: readonly FlagDeed[] = ['RecordCall', 'ClearFlag', 'ConfirmFlag'];
const LONGEST_NAME = 200;
/** The contract of the commands is loaded with the first that is given. */
const CHANNELS = Object.keys(names.callChannel) as readonly Channel[];

interface FormProps {
  readonly flag: Flag;
  readonly close: () => void;
}

const NO_CALL = { to: '', channel: '', reached: '' };

const CallForm = ({ flag: { id }, close }: FormProps) => {
  const { t } = useTranslation();
  const act = useAct<'flags', 'RecordCall'>('flags');
  const { typed, type, key, found, forget } = useKept(`RecordCall.${id}`, NO_CALL);
  const [tried, setTried] = useState(false);
  const channel = CHANNELS.find((one) => one === typed.channel);
  const to = typed.to.trim();
  const needed = (is: boolean) => tried && !is && t('act.needed');
  const record = (): void => {
    setTried(true);
    if (to === '' || channel === undefined || typed.reached === '') return;
    act.mutate(
      { id, command: 'RecordCall', body: { to, channel, reached: typed.reached === 'yes' }, key },
      {
        onSuccess: () => {
          forget();
          close();
        },
      },
    );
  };
  return (
    <Modal onClose={close} title={t('safety.deed.RecordCall')} centered>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          record();
        }}
      >
        <Stack>
          {found && <Found anew={forget} />}
          <TextInput
            data-autofocus
            required
            dir="auto"
            maxLength={LONGEST_NAME}
            label={t('safety.to')}
            error={needed(to !== '')}
            value={typed.to}
            onChange={({ currentTarget }) => type({ ...typed, to: currentTarget.value })}
          />
          <Radio.Group
            required
            label={t('safety.channel')}
            error={needed(channel !== undefined)}
            value={typed.channel}
            onChange={(value) => type({ ...typed, channel: value })}
          >
            <Group mt="xs">
              {CHANNELS.map((one) => (
                <Radio key={one} value={one} label={t(`names.callChannel.${one}`)} />
              ))}
            </Group>
          </Radio.Group>
          <Radio.Group
            required
            label={t('safety.reached')}
            error={needed(typed.reached !== '')}
            value={typed.reached}
            onChange={(value) => type({ ...typed, reached: value })}
          >
            <Group mt="xs">
              {(['yes', 'no'] as const).map((one) => (
                <Radio key={one} value={one} label={t(`order.answer.${one}`)} />
              ))}
            </Group>
          </Radio.Group>
          {act.error !== null && <Trouble error={act.error} />}
          <Button type="submit" loading={act.isPending}>
            {t('safety.deed.RecordCall')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
};

const ClearForm = ({ flag: { id }, close }: FormProps) => {
  const { t } = useTranslation();
  return (
    <Saying
      collection="flags"
      id={id}
      command="ClearFlag"
      bodyOf={(rationale) => ({ rationale })}
      title={t('safety.deed.ClearFlag')}
      label={t('safety.rationale')}
      close={close}
    />
  );
};

const ConfirmForm = ({ flag: { id }, close }: FormProps) => {
  const { t } = useTranslation();
  return (
    <Saying
      collection="flags"
      id={id}
      command="ConfirmFlag"
      bodyOf={(disposition) => ({ disposition })}
      title={t('safety.deed.ConfirmFlag')}
      label={t('safety.disposition')}
      help={t('safety.dispositionHelp')}
      close={close}
    />
  );
};

const FORMS = { RecordCall: CallForm, ClearFlag: ClearForm, ConfirmFlag: ConfirmForm } as const;

export const FlagActions = ({ flag }: { readonly flag: Flag }) => {
  const { t } = useTranslation();
  const [begun, begin] = useState<FlagDeed>();
  const Form = begun === undefined ? undefined : FORMS[begun];
  return (
    <Group gap="xs" mt={4}>
      {DEEDS.filter((deed) => flag.allowedActions.includes(deed)).map((deed) => (
        <Button key={deed} size="compact-md" mih={44} variant="default" onClick={() => begin(deed)}>
          {t(`safety.deed.${deed}`)}
        </Button>
      ))}
      {Form !== undefined && <Form flag={flag} close={() => begin(undefined)} />}
    </Group>
  );
};
