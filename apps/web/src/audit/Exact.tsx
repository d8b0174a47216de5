import { exactText } from '../parts/times.js';

/** When something was recorded, to the second. */
export const Exact = ({ at }: { readonly at: string }) => <time dateTime={at}>{exactText(at)}</time>;
