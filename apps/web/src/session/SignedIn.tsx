/** Signs somebody in, and shows its children once that is done. */
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Service } from '../api/service.js';
import { ServiceContext } from '../api/use-service.js';
import { Empty, Loading } from '../parts/states.js';
import { RETURN_PATH } from './place.js';
import { SessionContext } from './session.js';
import { loadSettings } from './settings.js';
import { SignIn } from './sign-in.js';

const ROLE = 'fascia.role';

type State =
  | { readonly kind: 'opening' | 'out' | 'failed' | 'unreachable' }
  | { readonly kind: 'in'; readonly signIn: SignIn };

/** @returns what is to be shown; while the browser is on its way to the issuer, that it opens */
const opened = async (signedOut: () => void): Promise<State> => {
  let settings;
  try {
    settings = await loadSettings();
  } catch {
    return { kind: 'unreachable' };
  }
  const signIn = new SignIn(settings, signedOut);
  const back = location.pathname === RETURN_PATH;
  if (back && !new URLSearchParams(location.search).has('state')) return { kind: 'out' };
  if (back) {
    try {
      history.replaceState(null, '', await signIn.finish());
      return { kind: 'in', signIn };
    } catch {
      return { kind: 'failed' };
    }
  }
  if ((await signIn.open()) === undefined) await signIn.begin();
  return { kind: 'in', signIn };
};

/** Once for the page: an answer of the issuer is good for one use. */
let opening: Promise<State> | undefined;

const restart = (): void => location.assign('/');

const Signed = ({ signIn, children }: { readonly signIn: SignIn; readonly children: ReactNode }) => {
  const queries = useQueryClient();
  const [role, setRole] = useState(() => sessionStorage.getItem(ROLE) ?? undefined);
  const service = useMemo(
    () => new Service({ token: () => signIn.token(), refused: () => signIn.refused(), role }),
    [signIn, role],
  );
  const session = useMemo(
    () => ({
      name: signIn.name,
      act: (chosen: string) => {
        sessionStorage.setItem(ROLE, chosen);
        queries.clear();
        setRole(chosen);
      },
      end: () => {
        sessionStorage.removeItem(ROLE);
        queries.clear();
        return signIn.end();
      },
    }),
    [signIn, queries],
  );
  return (
    <ServiceContext value={service}>
      <SessionContext value={session}>{children}</SessionContext>
    </ServiceContext>
  );
};

/** Nothing stands around it yet. */
const Alone = ({ children }: { readonly children: ReactNode }) => <main>{children}</main>;

export const SignedIn = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ kind: 'opening' });
  useEffect(() => {
    opening ??= opened(() => {
      queries.clear();
      setState({ kind: 'out' });
    });
    void opening.then(setState);
  }, [queries]);
  const begin = <Button onClick={restart}>{t('session.signIn')}</Button>;
  switch (state.kind) {
    case 'in':
      return <Signed signIn={state.signIn}>{children}</Signed>;
    case 'out':
      return (
        <Alone>
          <Empty alone title={t('session.signedOut')} text={t('session.signedOutText')}>
            {begin}
          </Empty>
        </Alone>
      );
    case 'failed':
      return (
        <Alone>
          <Empty alone title={t('session.failed')} text={t('session.failedText')}>
            {begin}
          </Empty>
        </Alone>
      );
    case 'unreachable':
      return (
        <Alone>
          <Empty alone title={t('session.noIssuer')} text={t('session.noIssuerText')}>
            <Button onClick={restart}>{t('state.again')}</Button>
          </Empty>
        </Alone>
      );
    default:
      return (
        <Alone>
          <Loading />
        </Alone>
      );
  }
};
