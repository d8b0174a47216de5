/** Which referrals a list shows; what is in its address. */
export const SHOWN = ['open', 'mine', 'theirs', 'late', 'closed'] as const;

export type Shown = (typeof SHOWN)[number];

export const shownIn = ({ show }: Readonly<Record<string, unknown>>): { show?: Shown } => {
  const known = SHOWN.find((one) => one === show);
  return known === undefined ? {} : { show: known };
};
