import { isObject, type Json, type JsonObject } from '../../src/core/json';

/*
 * What a field of a JSON schema is in a table, in the two spellings that it takes: Hive's for the table, Trino's for the view.
 *
 *   JSON schema                     Hive                  Trino
 *   string, date-time, enum         string                varchar
 *   integer                         bigint                bigint
 *   object with properties          struct<name:type>     row("name" type)
 *   object with values of one type  map<string,type>      map(varchar, type)
 *   all else                        string                varchar            its JSON as text, for json_extract
 */

export interface ColumnType {
  readonly hive: string;
  readonly trino: string;
}

/** Where no one type would do: what the sender's keys hold, a value of several types. */
const text: ColumnType = { hive: 'string', trino: 'varchar' };

const scalars: Readonly<Record<string, ColumnType>> = {
  string: text,
  integer: { hive: 'bigint', trino: 'bigint' },
  number: { hive: 'double', trino: 'double' },
  boolean: { hive: 'boolean', trino: 'boolean' },
};

/** Of a value that may be null, its other type: every column may be null. */
const typesOf = ({ type }: JsonObject): readonly Json[] =>
  (Array.isArray(type) ? (type as readonly Json[]) : [type ?? null]).filter((name) => name !== null && name !== 'null');

const constantType = ({ const: constant, enum: choices }: JsonObject): ColumnType | null => {
  const values = Array.isArray(choices) ? (choices as readonly Json[]) : constant === undefined ? [] : [constant];
  if (values.length === 0) return null;
  return values.every((value) => Number.isSafeInteger(value)) ? (scalars['integer'] ?? text) : text;
};

const structOf = (properties: JsonObject): ColumnType => {
  const fields = Object.entries(properties).map(([name, schema]) => ({ name: name.toLowerCase(), ...columnType(schema) }));
  return {
    hive: `struct<${fields.map(({ name, hive }) => `${name}:${hive}`).join(',')}>`,
    trino: `row(${fields.map(({ name, trino }) => `"${name}" ${trino}`).join(', ')})`,
  };
};

const objectType = ({ properties, additionalProperties: values }: JsonObject): ColumnType => {
  if (isObject(properties)) return structOf(properties);
  if (!isObject(values)) return text;
  const { hive, trino } = columnType(values);
  return { hive: `map<string,${hive}>`, trino: `map(varchar, ${trino})` };
};

const arrayType = ({ items }: JsonObject): ColumnType => {
  const { hive, trino } = columnType(items ?? null);
  return { hive: `array<${hive}>`, trino: `array(${trino})` };
};

export const columnType = (schema: Json): ColumnType => {
  if (!isObject(schema)) return text;
  const constant = constantType(schema);
  if (constant) return constant;
  const [type, ...others] = typesOf(schema);
  if (typeof type !== 'string' || others.length > 0) return text;
  if (type === 'object') return objectType(schema);
  return type === 'array' ? arrayType(schema) : (scalars[type] ?? text);
};
