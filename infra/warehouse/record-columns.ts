import { isObject, type Json } from '../../src/core/json';
import { openSchemaRegistry } from '../../src/schema-files';
import { columnType, type ColumnType } from './column-type';

export interface Column extends ColumnType {
  readonly name: string;
  readonly comment: string;
}

/** CloudFormation keeps ASCII alone as it is. */
const commentOf = (schema: Json): string =>
  isObject(schema) && typeof schema['description'] === 'string' ? schema['description'].replaceAll('…', '...') : '';

/** A record's fields as columns, as the newest released version of its schema has them. Names are in lower case: Athena knows no other. */
export const recordColumns = (): readonly Column[] => {
  const properties = openSchemaRegistry().versionsOf('tidemark.record').at(-1)?.['properties'];
  if (!isObject(properties)) throw new Error('Expected a released schema of tidemark.record with properties, found none.');
  return Object.entries(properties).map(([field, schema]) => ({
    name: field.toLowerCase(),
    comment: commentOf(schema),
    ...columnType(schema),
  }));
};
