import { columnType } from '../../../infra/warehouse/column-type';
import type { Json } from '../../../src/core/json';

const cases: readonly (readonly [string, Json, string, string])[] = [
  ['a text', { type: 'string' }, 'string', 'varchar'],
  ['a time that may be null', { type: ['string', 'null'], format: 'date-time' }, 'string', 'varchar'],
  ['a number that may be null', { type: ['integer', 'null'] }, 'bigint', 'bigint'],
  ['a part of one', { type: 'number' }, 'double', 'double'],
  ['yes or no', { type: ['boolean', 'null'] }, 'boolean', 'boolean'],
  ['one of some words', { enum: ['early', 'late'] }, 'string', 'varchar'],
  ['always the same number', { const: 1 }, 'bigint', 'bigint'],
  ['texts', { type: 'array', items: { type: 'string' } }, 'array<string>', 'array(varchar)'],
  ['whatever the sender has', { type: 'object' }, 'string', 'varchar'],
  ['a value of several types', { type: ['string', 'integer', 'array'] }, 'string', 'varchar'],
  [
    'values by the keys of others',
    { type: 'object', additionalProperties: { type: 'integer' } },
    'map<string,bigint>',
    'map(varchar, bigint)',
  ],
  [
    'states, of which SQL keeps the names for itself',
    { type: 'array', items: { type: 'object', properties: { from: { type: 'string' }, talkMs: { type: 'integer' } } } },
    'array<struct<from:string,talkms:bigint>>',
    'array(row("from" varchar, "talkms" bigint))',
  ],
];

test.each(cases)('%s is a column in the table as in the view', (_, schema, hive, trino) => {
  expect(columnType(schema)).toEqual({ hive, trino });
});
