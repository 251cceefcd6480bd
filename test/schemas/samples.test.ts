import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSchemaRegistry } from '../../src/schema-files';

const registry = openSchemaRegistry();
const folder = join(__dirname, '..', 'samples');

const samplesOf = (subject: string, kind: 'valid' | 'invalid'): readonly { readonly name: string; readonly value: unknown }[] => {
  const path = join(folder, subject, kind);
  if (!existsSync(path)) return [];
  return readdirSync(path).map((name) => ({ name, value: JSON.parse(readFileSync(join(path, name), 'utf8')) as unknown }));
};

describe.each(registry.subjects.map(({ subject }) => subject))('%s', (subject) => {
  test('has valid samples, and they pass without drift', () => {
    const samples = samplesOf(subject, 'valid');
    expect(samples).not.toHaveLength(0);
    const faults = samples.flatMap(({ name, value }) => {
      const verdict = registry.validate(subject, value);
      return verdict.ok ? verdict.drift.map(({ path, kind }) => `${name}: ${kind} ${path}`) : [`${name}: ${verdict.detail}`];
    });
    expect(faults).toEqual([]);
  });

  test('has invalid samples, and they are refused', () => {
    const samples = samplesOf(subject, 'invalid');
    expect(samples).not.toHaveLength(0);
    expect(samples.filter(({ value }) => registry.validate(subject, value).ok).map(({ name }) => name)).toEqual([]);
  });
});
