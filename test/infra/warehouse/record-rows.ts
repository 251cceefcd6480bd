import initSqlJs, { type Database, type SqlValue } from 'sql.js';
import type { Column } from '../../../infra/warehouse/record-columns';
import type { Json, JsonObject } from '../../../src/core/json';

/* The table `records` in SQLite: scalars as they are, all else as its JSON. */

/** A line of an object in S3: what is in it, and the day of its folder. Null: an empty line. */
export interface Line {
  readonly record: JsonObject | null;
  readonly dt: string;
}

export type Row = Readonly<Record<string, SqlValue>>;

const cell = (value: Json | undefined): SqlValue => {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : typeof value === 'boolean' ? Number(value) : value;
};

/** As the SerDe finds them: whatever the case of the key. */
const cellsOf = ({ record, dt }: Line, columns: readonly Column[]): SqlValue[] => {
  const byName = new Map(Object.entries(record ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
  return [...columns.map(({ name }) => cell(byName.get(name))), dt];
};

const typeOf = ({ hive }: Column): string => (hive === 'bigint' ? 'INTEGER' : 'TEXT');

const fill = (database: Database, columns: readonly Column[], lines: readonly Line[]): void => {
  database.run(`CREATE TABLE records (${columns.map((one) => `${one.name} ${typeOf(one)}`).join(', ')}, dt TEXT)`);
  const places = ['?', ...columns.map(() => '?')].join(', ');
  for (const line of lines) database.run(`INSERT INTO records VALUES (${places})`, cellsOf(line, columns));
};

export interface Selected {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** What a query says of these lines. */
export const query = async (sql: string, columns: readonly Column[], lines: readonly Line[]): Promise<Selected> => {
  const { Database } = await initSqlJs();
  const database = new Database();
  try {
    fill(database, columns, lines);
    const statement = database.prepare(sql);
    const rows: Row[] = [];
    while (statement.step()) rows.push(statement.getAsObject());
    const selected = { columns: statement.getColumnNames(), rows };
    statement.free();
    return selected;
  } finally {
    database.close();
  }
};
