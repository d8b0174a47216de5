/** The one thing that most rooms ask of a database. */
export interface Rows {
  query<T extends object>(text: string, values?: readonly unknown[]): Promise<readonly T[]>;
}
