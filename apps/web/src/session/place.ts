/** Back from the issuer one comes here. */
export const RETURN_PATH = '/signed-in';

/** Where somebody was, to go on there: an address of this page and no other. */
export const placeOf = (state: unknown): string =>
  typeof state === 'string' && /^\/(?![/\\])/.test(state) && !state.startsWith(RETURN_PATH) ? state : '/';

/** Where somebody was before the screen was covered is shown to them alone. @param state as it was sent to the issuer */
export const returned = (
  state: unknown,
  sub: string,
): { readonly place: string; readonly another: boolean } => {
  const { to, of } = (typeof state === 'object' ? (state ?? {}) : {}) as { to?: unknown; of?: unknown };
  const another = of !== undefined && of !== sub;
  return { place: another ? '/' : placeOf(to), another };
};
