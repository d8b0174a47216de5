/** Signs somebody in, and shows its children once that is done. */
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AGAIN_MS, Unreachable } from '../api/problem.js';
import { Service } from '../api/service.js';
import { ServiceContext } from '../api/use-service.js';
import { wipeCopies } from '../kept/browser-copy.js';
import { Empty, Loading } from '../parts/states.js';
import { RETURN_PATH } from './place.js';
import { chooseRole, chosenRole, forgetRole } from './role.js';
import { SessionContext } from './session.js';
import { loadSettings, type WebSettings } from './settings.js';
import { SignIn } from './sign-in.js';

type State =
  | { readonly kind: 'opening' | 'out' | 'failed' | 'unreachable' }
  | { readonly kind: 'locked'; readonly back: () => Promise<void> }
  | { readonly kind: 'in'; readonly signIn: SignIn; readonly settings: WebSettings; readonly fresh: boolean };

/** Once for the page: an answer of the issuer is good for one use. */
let opening: Promise<State> | undefined;
/** Also where it is opened again and again, until it is answered. */
let kept: SignIn | undefined;

/** @returns what is to be shown; while the browser is on its way to the issuer, that it opens */
const opened = async (signedOut: () => void): Promise<State> => {
  let settings;
  try {
    settings = await loadSettings();
  } catch {
    return { kind: 'unreachable' };
  }
  const signIn = (kept ??= new SignIn(settings, signedOut));
  const back = location.pathname === RETURN_PATH;
  if (back && !new URLSearchParams(location.search).has('state')) return { kind: 'out' };
  if (back) {
    try {
      const { place, another } = await signIn.finish();
      if (another) forgetRole();
      // The router has written down by what it knows this page again.
      history.replaceState(history.state, '', place);
      return { kind: 'in', signIn, settings, fresh: true };
    } catch (error) {
      return { kind: error instanceof Unreachable ? 'unreachable' : 'failed' };
    }
  }
  try {
    if ((await signIn.open()) === undefined) await signIn.begin();
  } catch {
    return { kind: 'unreachable' };
  }
  return { kind: 'in', signIn, settings, fresh: false };
};

const restart = (): void => location.assign('/');

interface SignedProps extends Omit<Extract<State, { kind: 'in' }>, 'kind'> {
  readonly locked: (back: () => Promise<void>) => void;
  readonly children: ReactNode;
}

const Signed = ({ signIn, settings, fresh, locked, children }: SignedProps) => {
  const queries = useQueryClient();
  const [role, setRole] = useState(chosenRole);
  const service = useMemo(
    () => new Service({ token: () => signIn.token(), refused: () => signIn.refused(), role }),
    [signIn, role],
  );
  const session = useMemo(
    () => ({
      name: signIn.name,
      act: (chosen: string) => {
        chooseRole(chosen);
        queries.clear();
        setRole(chosen);
      },
      end: async () => {
        forgetRole();
        queries.clear();
        await wipeCopies();
        await signIn.end();
      },
      idle: settings.idle,
      fresh,
      lock: () => {
        queries.clear();
        void signIn.lock().then(locked);
      },
    }),
    [signIn, settings, fresh, locked, queries],
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
  const open = useCallback(() => {
    opening = opened(() => {
      forgetRole();
      queries.clear();
      setState({ kind: 'out' });
    });
    void opening.then(setState);
  }, [queries]);
  useEffect(() => {
    if (state.kind === 'opening') {
      if (opening === undefined) open();
      else void opening.then(setState);
    }
    if (state.kind !== 'unreachable') return undefined;
    // Who does not answer now is asked again by itself, for as long as somebody looks at it.
    const again = setTimeout(open, AGAIN_MS);
    return () => clearTimeout(again);
  }, [open, state]);
  const anew = (): void => {
    opening = undefined;
    setState({ kind: 'opening' });
  };
  const locked = useCallback((back: () => Promise<void>) => setState({ kind: 'locked', back }), []);
  const begin = <Button onClick={restart}>{t('session.signIn')}</Button>;
  switch (state.kind) {
    case 'in':
      return (
        <Signed {...state} locked={locked}>
          {children}
        </Signed>
      );
    case 'locked':
      return (
        <Alone>
          <Empty alone title={t('session.locked')} text={t('session.lockedText')}>
            <Button onClick={() => void state.back().catch(() => setState({ kind: 'unreachable' }))}>
              {t('session.goOn')}
            </Button>
          </Empty>
        </Alone>
      );
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
            <Button onClick={anew}>{t('state.again')}</Button>
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
