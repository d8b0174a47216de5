/**
 * Signing in by the authorization code flow with PKCE, and going on by refresh tokens. Each tab has a session of its own: a rotated
 * token that is used twice revokes them all, so a duplicated tab, whose storage is a copy, begins anew. Where the issuer gives no
 * refresh token, the browser goes to it and comes back to the same place.
 */
import {
  ErrorResponse,
  ErrorTimeout,
  SigninState,
  UserManager,
  WebStorageStateStore,
  type User,
} from 'oidc-client-ts';
import { Unreachable } from '../api/problem.js';
import { beginTab, coverTabs } from './idle.js';
import { placeOf, returned, RETURN_PATH } from './place.js';
import type { WebSettings } from './settings.js';

const SOON_SECONDS = 30;
const TAB = 'fascia.tab';
/** The screens of this browser were covered: the issuer has to ask who is there, also in another tab or after a reload. */
const COVERED = 'fascia.covered';
/** Who was in this tab when it was covered: what they looked at is shown to them alone, by whatever way one comes back. */
const COVERED_OF = 'fascia.covered-of';
/** A page that is just being loaded again lets go of its lock a moment later. */
const HELD_MS = 1_500;

/** An issuer that is silent for so long does not answer. */
const SILENT_SECONDS = 20;

/** A prefix of their own: what is not one of them is thrown away as stale. */
const states = (): WebStorageStateStore =>
  new WebStorageStateStore({ store: sessionStorage, prefix: 'fascia.oidc.' });

/** RFC 6749, 4.1.2.1. */
const BUSY = ['temporarily_unavailable', 'server_error'];
/** As oidc-client-ts says it of an answer that is no JSON, such as a proxy's page, and of a status. */
const NOT_THE_ISSUERS = /^Invalid response Content-Type|\(5\d\d\)/;

/** The issuer did not say no: it was not reached, fell silent, or cannot answer now. */
const isNoAnswer = (error: unknown): boolean =>
  error instanceof ErrorResponse
    ? BUSY.includes(error.error ?? '')
    : error instanceof ErrorTimeout ||
      error instanceof TypeError ||
      (error instanceof Error && NOT_THE_ISSUERS.test(error.message));

/** How often in a row a code could not be exchanged: what never works is told, and not tried for ever. */
const FAILED = 'fascia.failed';
const MOST_FAILED = 5;

const mayTryAgain = (): boolean => {
  const failed = Number(sessionStorage.getItem(FAILED) ?? 0) + 1;
  sessionStorage.setItem(FAILED, String(failed % MOST_FAILED));
  return failed < MOST_FAILED;
};

/** By whoever is there, whatever the issuer remembers. */
const ASKED_ANEW = { prompt: 'login', max_age: 0 } as const;

const managerFor = ({ issuer, clientId, scope, resource }: WebSettings): UserManager =>
  new UserManager({
    authority: issuer,
    client_id: clientId,
    scope,
    ...(resource === undefined ? {} : { resource }),
    redirect_uri: `${location.origin}${RETURN_PATH}`,
    post_logout_redirect_uri: `${location.origin}${RETURN_PATH}`,
    response_type: 'code',
    // Asked for when it is needed, under one lock.
    automaticSilentRenew: false,
    monitorSession: false,
    userStore: new WebStorageStateStore({ store: sessionStorage, prefix: 'fascia.user.' }),
    stateStore: states(),
    requestTimeoutInSeconds: SILENT_SECONDS,
  });

/** Of this page, as long as it is there. */
let isHeld = false;

/** Holds the lock of this tab until it is closed. @returns whether another tab has it, whose copy this one is then */
const isCopy = async (): Promise<boolean> => {
  if (isHeld) return false;
  isHeld = true;
  const known = sessionStorage.getItem(TAB);
  const name = known ?? crypto.randomUUID();
  sessionStorage.setItem(TAB, name);
  const held = await holds(name);
  if (held) return false;
  sessionStorage.setItem(TAB, crypto.randomUUID());
  await holds(sessionStorage.getItem(TAB) ?? '');
  return true;
};

const holds = (name: string): Promise<boolean> =>
  new Promise((resolve) => {
    const given = AbortSignal.timeout(HELD_MS);
    void navigator.locks
      .request(`${TAB}.${name}`, { signal: given }, () => {
        resolve(true);
        return new Promise<never>(() => undefined);
      })
      .catch(() => resolve(false));
  });

const here = (): string => `${location.pathname}${location.search}`;

export class SignIn {
  readonly #manager: UserManager;
  readonly #channel = new BroadcastChannel('fascia.session');
  #renewing: Promise<User | null> | undefined;
  #user: User | null = null;
  #left = false;

  constructor(settings: WebSettings, signedOut: () => void) {
    this.#manager = managerFor(settings);
    // Whoever signs out of one tab has left them all.
    this.#channel.onmessage = () => {
      this.#left = true;
      void this.#forget().then(signedOut);
    };
  }

  /** @returns nothing where nobody is signed in in this tab */
  async open(): Promise<User | undefined> {
    if (await isCopy()) await this.#forget();
    this.#user = await this.#manager.getUser();
    return this.#user ?? undefined;
  }

  /** Goes to the issuer; does not come back here. @throws Unreachable where it does not answer */
  async begin(): Promise<never> {
    const asked = localStorage.getItem(COVERED) === null ? {} : ASKED_ANEW;
    const of = sessionStorage.getItem(COVERED_OF) ?? undefined;
    await this.#manager.signinRedirect({ state: { to: here(), of }, ...asked }).catch((cause: unknown) => {
      throw new Unreachable('the issuer does not answer', { cause });
    });
    return new Promise<never>(() => undefined);
  }

  /** Forgets who was here, and how to go on without them. @returns their way back, on which the issuer asks who they are */
  async lock(): Promise<() => Promise<void>> {
    const state = { to: here(), of: this.#user?.profile.sub };
    this.#left = true;
    if (state.of !== undefined) sessionStorage.setItem(COVERED_OF, state.of);
    localStorage.setItem(COVERED, '');
    coverTabs();
    await this.#manager.revokeTokens(['refresh_token']).catch(() => undefined);
    await this.#forget();
    return () => this.#manager.signinRedirect({ state, ...ASKED_ANEW });
  }

  /**
   * Back from the issuer. @returns where somebody was, and whether that was somebody else
   * @throws Unreachable where the issuer does not answer: its code is used up, and this page is where somebody was again
   */
  async finish(): Promise<ReturnType<typeof returned>> {
    // From now on what this tab has is its own, also before it is loaded again: whoever copies it is told so. It may be a copy itself,
    // but what it gets now nobody else has.
    await isCopy();
    const left = await states().get(new URLSearchParams(location.search).get('state') ?? '');
    this.#user = await this.#manager.signinRedirectCallback().catch(async (cause: unknown) => {
      if (left === null || !isNoAnswer(cause) || !mayTryAgain()) throw cause;
      const { data } = await SigninState.fromStorageString(left);
      history.replaceState(history.state, '', placeOf((data as { to?: unknown }).to));
      throw new Unreachable('the issuer does not answer', { cause });
    });
    localStorage.removeItem(COVERED);
    sessionStorage.removeItem(COVERED_OF);
    sessionStorage.removeItem(FAILED);
    beginTab();
    return returned(this.#user.state, this.#user.profile.sub);
  }

  get name(): string {
    return this.#user?.profile.name ?? '';
  }

  async token(): Promise<string> {
    // Whoever left is not sent to the issuer by what is still saved behind them.
    if (this.#left) throw new Unreachable('nobody is signed in here any more');
    const user = this.#user;
    if (user !== null && (user.expires_in ?? SOON_SECONDS + 1) > SOON_SECONDS) return user.access_token;
    return this.refused();
  }

  /** Gets another token, once however many ask for it. */
  async refused(): Promise<string> {
    if (this.#left) throw new Unreachable('nobody is signed in here any more');
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    this.#user = await this.#renewing;
    return this.#user?.access_token ?? this.begin();
  }

  /** Of this browser, and of the issuer where it offers that. */
  async end(): Promise<void> {
    this.#left = true;
    this.#channel.postMessage('signed-out');
    const idToken = this.#user?.id_token;
    await this.#manager.revokeTokens(['refresh_token']).catch(() => undefined);
    await this.#forget();
    await this.#manager
      .signoutRedirect(idToken === undefined ? {} : { id_token_hint: idToken })
      .catch(() => location.assign(RETURN_PATH));
  }

  async #renew(): Promise<User | null> {
    if (this.#user?.refresh_token === undefined) return null;
    return this.#manager.signinSilent().catch((error: unknown) => {
      // The issuer said no; or it could not be asked, and then nobody is sent away from what they typed.
      if (error instanceof ErrorResponse && !isNoAnswer(error)) return null;
      throw new Unreachable('the issuer does not answer', { cause: error });
    });
  }

  async #forget(): Promise<void> {
    this.#user = null;
    await this.#manager.removeUser();
  }
}
