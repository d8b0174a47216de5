/** A browser for specs, and what may not happen in it: errors, requests that fail, reports of the page's policy. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';

/** Whoever brings a browser of their own: the path of a Chromium. */
const BROWSER_GIVEN = 'FASCIA_TEST_BROWSER';

/** Longer than unpacking takes on a busy machine. */
const START_MS = 120_000;
/** Longer than anything takes on a machine that others use too. */
const ACTION_MS = 90_000;

const missing = (): string | undefined =>
  process.env[BROWSER_GIVEN] !== undefined || (process.platform === 'linux' && process.arch === 'x64')
    ? undefined
    : `the one that npm brings is for Linux on x64, and ${BROWSER_GIVEN} names no other`;

/** `describe` where a browser can be had; elsewhere its specs are listed as not run, with the reason in their name. */
export const describeWithBrowser = (name: string, body: () => void): void => {
  const why = missing();
  if (why === undefined) describe(name, body);
  else describe.skip(`${name} (needs a browser: ${why})`, body);
};

const troublesIn = new WeakMap<BrowserContext, string[]>();

/** A request that the page itself gave up, by going elsewhere or by its own choice, did not fail. */
const GIVEN_UP = 'net::ERR_ABORTED';

const TELL_OF_VIOLATIONS = `addEventListener('securitypolicyviolation', (event) =>
  fasciaViolation(event.effectiveDirective + ' ' + (event.blockedURI || event.sourceFile) + ' ' + event.sample));`;

const watch = async (context: BrowserContext): Promise<void> => {
  const troubles: string[] = [];
  troublesIn.set(context, troubles);
  context.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => troubles.push(`error: ${error.error().message}`));
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? 'no reason given';
    if (why !== GIVEN_UP) troubles.push(`${request.method()} ${request.url()}: ${why}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400)
      troubles.push(`${response.request().method()} ${response.url()}: ${String(response.status())}`);
  });
  await context.exposeFunction('fasciaViolation', (what: string) => troubles.push(`policy: ${what}`));
  await context.addInitScript(TELL_OF_VIOLATIONS);
};

/** What went wrong so far in the page, and in others of the same person. */
export const troublesOf = async (page: Page): Promise<readonly string[]> => {
  // Whatever the page reported before arrives before its answer.
  await page.evaluate('undefined');
  return [...(troublesIn.get(page.context()) ?? ['nobody watches this page'])];
};

/** @param but what is as it should be: a refusal that a test asked for is an answer of 4xx, and the console says so */
export const noTrouble = async (page: Page, but = /^$/): Promise<void> => {
  expect((await troublesOf(page)).filter((one) => !but.test(one))).toEqual([]);
};

interface Started {
  readonly endpoint?: string;
  readonly why?: string;
}

export class TestBrowser {
  private constructor(
    private readonly starter: ChildProcess,
    private readonly browser: Browser,
  ) {}

  static async start(): Promise<TestBrowser> {
    const starter = fork(join(import.meta.dirname, 'chromium.mjs'), { execArgv: [], stdio: 'inherit' });
    const ended = once(starter, 'exit').then(() => [{ why: 'it ended at once' }]);
    const [{ endpoint, why }] = (await Promise.race([once(starter, 'message'), ended])) as [Started];
    if (endpoint !== undefined)
      return new TestBrowser(starter, await chromium.connect(endpoint, { timeout: START_MS }));
    if (starter.connected) starter.disconnect();
    throw new Error(`the browser for tests did not start: ${why ?? 'no reason given'}`);
  }

  /** Of somebody who was not here before: nothing is shared with other pages but the browser. */
  async newPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext(options);
    context.setDefaultTimeout(ACTION_MS);
    await watch(context);
    return context.newPage();
  }

  async stop(): Promise<void> {
    await this.browser.close();
    if (this.starter.exitCode !== null || this.starter.signalCode !== null) return;
    const ended = once(this.starter, 'exit');
    if (this.starter.connected) this.starter.disconnect();
    await ended;
  }
}
