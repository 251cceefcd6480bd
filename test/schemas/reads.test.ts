import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type Json, type JsonObject } from '../../src/core/json';
import { openSchemaRegistry } from '../../src/schema-files';

const { eventSubjects } = openSchemaRegistry();

const validSamples = (subject: string): readonly JsonObject[] => {
  const folder = join(__dirname, '..', 'samples', subject, 'valid');
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as JsonObject);
};

const at = (sample: JsonObject, path: string): Json | undefined =>
  path.split('.').reduce<Json | undefined>((inside, key) => (isObject(inside) ? inside[key] : undefined), sample);

/** Of a subject that says where it reads this, what its samples have there. */
const found = (what: 'conversationId' | 'eventTime'): readonly (readonly [string, Json | undefined])[] =>
  eventSubjects.flatMap(({ subject, reads }) => {
    const path = reads[what];
    return path === null ? [] : validSamples(subject).map((sample) => [subject, at(sample, path)] as const);
  });

const instantMs = (value: Json | undefined): number =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : typeof value === 'number' ? value : Number.NaN;

test('where a subject says that its conversation is, its samples have an id', () => {
  const values = found('conversationId');
  expect(values.length).toBeGreaterThan(20);
  expect(values.filter(([, value]) => typeof value !== 'string' || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value))).toEqual([]);
});

test('where a subject says that its time is, its samples have an instant of this century, in text or in milliseconds', () => {
  const values = found('eventTime');
  expect(values.length).toBeGreaterThan(20);
  expect(values.filter(([, value]) => !(instantMs(value) > Date.UTC(2001)))).toEqual([]);
});
