/** The referral's lifecycle as Mermaid text and a table, made from the transition table's own rows. */
import { TRANSITIONS, type TransitionRow } from '@fascia/referral';

const TARGETS: Readonly<Record<string, string>> = {
  same: 'stays',
  prior: 'back to where it was',
  unbooked: 'Accepted, when no other visit is booked',
};

const moves = (row: TransitionRow): readonly (readonly [string, string])[] => {
  if (row.to === 'same' || row.to === 'prior') return [];
  const to = row.to === 'unbooked' ? 'Accepted' : row.to;
  return row.from.map((from) => [from === 'none' ? '[*]' : from, to] as const);
};

export const lifecyclePicture = (): string => {
  const edges = new Map<string, Set<string>>();
  for (const row of TRANSITIONS) {
    for (const [from, to] of moves(row)) {
      const key = `  ${from} --> ${to}`;
      edges.set(key, (edges.get(key) ?? new Set()).add(row.command));
    }
  }
  const lines = [...edges].map(([edge, commands]) => `${edge} : ${[...commands].join(', ')}`);
  const rows = TRANSITIONS.map(
    ({ row, command, events, from, to, who, when }) =>
      `| ${row} | ${command} | ${events.join(', ')} | ${from.join(', ')} | ${TARGETS[to] ?? to} | ${who.join(', ')} | ${when ?? ''} |`,
  );
  return `# The referral's lifecycle

Made from the rows of \`libs/referral/src/contract/lifecycle.ts\`; \`UPDATE_DOCS=1 npm run spec -- test/docs\` as described in
[operations](operations.md) writes it anew, and a spec fails while it differs.

\`\`\`mermaid
stateDiagram-v2
${lines.join('\n')}
\`\`\`

| Row | Command | Event | From | To | Who | When |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
};
