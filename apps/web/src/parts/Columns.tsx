/** What stands above the columns of a table. */
import { rowIndex } from './rows.js';

interface ColumnsProps {
  readonly columns: readonly string[];
  /** Its rows say which they are of the whole list: so does this one. */
  readonly numbered?: boolean;
}

export const Columns = ({ columns, numbered = false }: ColumnsProps) => (
  <thead>
    <tr {...(numbered ? rowIndex(-1) : {})}>
      {columns.map((column) => (
        <th key={column} scope="col">
          {column}
        </th>
      ))}
    </tr>
  </thead>
);
