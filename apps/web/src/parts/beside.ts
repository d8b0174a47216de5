/** What is said now beside what was said before, a line each. */
export interface Told {
  readonly text: string;
  readonly is: 'same' | 'new' | 'gone';
}

/** What is gone comes first. */
export const beside = (now: readonly string[], before: readonly string[]): readonly Told[] => [
  ...before.filter((text) => !now.includes(text)).map((text) => ({ text, is: 'gone' }) as const),
  ...now.map((text) => ({ text, is: before.includes(text) ? 'same' : 'new' }) as const),
];
