/** Which tasks the inbox shows; what is in its address. */
export const VIEWS = ['inbox', 'pool', 'today', 'late'] as const;

export type View = (typeof VIEWS)[number];

export const viewedIn = ({ view }: Readonly<Record<string, unknown>>): { view?: View } => {
  const known = VIEWS.find((one) => one === view);
  return known === undefined ? {} : { view: known };
};
