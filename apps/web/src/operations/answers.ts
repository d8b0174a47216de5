/** What operators are answered, as far as the screens read it: `GET /api/v1/admin/models` and `/status` (addresses.spec.ts). */
export interface ParkedStream {
  readonly stream: string;
  readonly error: string;
  readonly since: string;
  /** Otherwise some of its events were passed over, and its rows are shown without them. */
  readonly held: boolean;
  readonly aboutPatient: boolean;
}

export interface Model {
  readonly name: string;
  /** In digits. */
  readonly behind: string;
  readonly behindSeconds: number | null;
  readonly parked: readonly ParkedStream[];
  readonly building: { readonly slicesReady: number; readonly slices: number } | null;
}

export interface ParkedSubject {
  readonly follower: string;
  readonly subject: string;
  readonly error: string;
  readonly since: string;
}

export interface Status {
  readonly readiness: {
    readonly ready: boolean;
    readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
  };
  readonly relay: { readonly ageSeconds: number } | null;
  readonly stalled: readonly {
    readonly follower: string;
    readonly partition: number;
    readonly seconds: number;
  }[];
  readonly clocks: { readonly trouble: string };
  readonly unanswered: { readonly commands: number; readonly oldestSeconds: number };
  readonly silent: { readonly referrals: number } | null;
  readonly parked: readonly ParkedSubject[];
  readonly processes: readonly {
    readonly id: string;
    readonly name: string;
    readonly host: string;
    readonly startedAt: string;
    readonly seenAt: string;
    readonly present: boolean;
  }[];
}
