/** One of a few, by one press: a cell each, or its key while the keyboard is here; a key goes on to the next question at once. */
import { useId, type KeyboardEvent, type ReactNode } from 'react';
import css from './cells.module.css';

export interface Cell<V> {
  readonly value: V;
  readonly label: string;
  /** That chooses it. */
  readonly press?: string;
  /** It is what somebody has to be careful about. */
  readonly warns?: boolean;
  readonly barred?: boolean;
}

interface CellsProps<V> {
  readonly label: ReactNode;
  readonly help?: ReactNode;
  readonly cells: readonly Cell<V>[];
  readonly chosen: V | undefined;
  readonly choose: (value: V) => void;
}

const GROUP = 'data-cells';

/** Where the keyboard goes after an answer. */
const focusNext = (here: HTMLElement): void => {
  const groups = [...document.querySelectorAll<HTMLElement>(`[${GROUP}]`)];
  const next = groups[groups.indexOf(here) + 1];
  (next?.querySelector<HTMLElement>('input:checked') ?? next?.querySelector<HTMLElement>('input'))?.focus();
};

export const Cells = <V extends string | number>({ label, help, cells, chosen, choose }: CellsProps<V>) => {
  const name = useId();
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const meant = cells.find((cell) => cell.press === event.key.toLowerCase() && cell.barred !== true);
    if (meant === undefined) return;
    event.preventDefault();
    choose(meant.value);
    focusNext(event.currentTarget);
  };
  return (
    <fieldset
      className={css['cells']}
      onKeyDown={press}
      aria-describedby={help === undefined ? undefined : `${name}-help`}
      {...{ [GROUP]: '' }}
    >
      <legend>{label}</legend>
      {help !== undefined && (
        <p className={css['help']} id={`${name}-help`}>
          {help}
        </p>
      )}
      <div className={css['row']}>
        {cells.map((cell) => (
          <label key={cell.value} className={css['cell']} data-warns={cell.warns}>
            <input
              type="radio"
              name={name}
              checked={chosen === cell.value}
              disabled={cell.barred}
              onChange={() => choose(cell.value)}
            />
            {cell.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
};

/** Ratings in whole numbers: a digit on the keyboard is its answer. */
export const ratings = (from: number, to: number, barredAbove = to): readonly Cell<number>[] =>
  Array.from({ length: to - from + 1 }, (_, n) => n + from).map((value) => ({
    value,
    label: String(value),
    ...(value < 10 ? { press: String(value) } : {}),
    barred: value > barredAbove,
  }));
