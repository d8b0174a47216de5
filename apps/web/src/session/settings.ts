/** How one signs in here: said by the service, so that one build runs under any issuer. */
export interface WebSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  readonly resource?: string;
  /** Whether these are made-up people for whom nobody has to prove who they are. */
  readonly demo: boolean;
  /** After so many minutes without a touch the screens are covered; by organisation where it has its own. */
  readonly idle: { readonly minutes: number; readonly of: Readonly<Record<string, number>> };
}

const SILENT_MS = 20_000;

export const loadSettings = async (): Promise<WebSettings> => {
  const response = await fetch('/config.json', { cache: 'no-store', signal: AbortSignal.timeout(SILENT_MS) });
  if (!response.ok) throw new Error(`/config.json answers ${response.status}`);
  return (await response.json()) as WebSettings;
};
