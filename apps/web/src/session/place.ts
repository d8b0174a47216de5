/** Back from the issuer one comes here. */
export const RETURN_PATH = '/signed-in';

/** Where somebody was, to go on there: an address of this page and no other. */
export const placeOf = (state: unknown): string =>
  typeof state === 'string' && /^\/(?![/\\])/.test(state) && !state.startsWith(RETURN_PATH) ? state : '/';
