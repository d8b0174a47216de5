/** What operators are answered of keys: `GET /api/v1/admin/keys` and `POST /api/v1/admin/keys/rotate` (addresses.spec.ts). */
export interface KeyStatus {
  /** Wraps new keys; id only. */
  readonly current: string;
  /** Every master key that the process has which answers. */
  readonly known: readonly string[];
  /** How many people's keys are wrapped under each. */
  readonly wrapped: readonly { readonly masterKey: string; readonly keys: number }[];
  /** People whose key was taken away. */
  readonly erased: number;
}

export interface TurnedOver {
  /** Whether a new master key was made: not where `FASCIA_KEYS` gives them, nor to go on with what was broken off. */
  readonly made: boolean;
  readonly current: string;
  readonly rewrapped: number;
  /** They do not open under the master key that they name, and are left as they are. */
  readonly damaged: number;
}
