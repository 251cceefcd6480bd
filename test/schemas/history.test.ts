import { isObject, type Json, type JsonObject } from '../../src/core/json';
import { createSchemaRegistry } from '../../src/core/schema-registry';
import { readSchemaFiles } from '../../src/schema-files';

const files = readSchemaFiles();
const genesys = createSchemaRegistry(files).eventSubjects.filter(({ format }) => format === 'genesys');

const versionsOf = (subject: string, newest: number): readonly JsonObject[] =>
  Array.from({ length: newest }, (_, at) => files.find(({ path }) => path === `${subject}/v${at + 1}.json`)!.content as JsonObject);

/** Every field and every enum value of a schema, as one list of facts. */
const factsOf = (schema: Json | undefined, path = ''): readonly string[] => {
  if (!isObject(schema)) return [];
  const values = ((schema['enum'] ?? []) as readonly string[]).map((value) => `${path}=${value}`);
  const fields = Object.entries((schema['properties'] ?? {}) as JsonObject).flatMap(([key, inner]) => [
    `${path}.${key}`,
    ...factsOf(inner, `${path}.${key}`),
  ]);
  return [...values, ...fields, ...factsOf(schema['items'], `${path}[]`)];
};

describe.each(genesys.map(({ type, subject, version }) => [type, versionsOf(subject, version)] as const))('%s', (_type, versions) => {
  test('each version adds something to the one before, and takes nothing away', () => {
    const facts = versions.map((version) => new Set(factsOf(version)));
    const steps = facts.slice(1).map((later, at) => ({
      lost: [...facts[at]!].filter((fact) => !later.has(fact)),
      gained: later.size - facts[at]!.size,
    }));
    expect(steps.flatMap(({ lost }) => lost)).toEqual([]);
    expect(steps.filter(({ gained }) => gained <= 0)).toEqual([]);
  });

  test('each version says since when and what changed', () => {
    const dates = versions.map((version) => version['x-since'] as string);
    expect(dates).toEqual([...new Set(dates)].sort());
    expect(dates.filter((date) => !/^20\d\d-\d\d-\d\d$/.test(date))).toEqual([]);
    expect(versions.slice(1).filter((version) => !/^Adds /.test(version['description'] as string))).toEqual([]);
  });
});

test('what the measured history says of single changes is in the versions of its date', () => {
  const since = (type: string, fact: string): unknown => {
    const { subject, version } = genesys.find((event) => event.type === type)!;
    return versionsOf(subject, version).find((schema) => factsOf(schema).includes(fact))?.['x-since'];
  };
  expect(since('customer.end', '.disconnectType=DND_TRANSFER')).toBe('2023-08-15');
  expect(since('customer.start', '.journeyContext.actionMapId')).toBe('2023-07-14');
  expect(since('user.end', '.callbackDurationMs')).toBe('2024-08-05');
  expect(since('flow.outcome', '.flowMilestones[].milestoneId')).toBe('2023-11-08');
  expect(since('acd.end', '.requestedRoutings[]=VIP')).toBe('2022-12-03');
  expect(since('acw', '.utilizationLabel')).toBe('2026-03-24');
  expect(since('voicemail.end', '.disconnectType=TAKEOVER')).toBe('2026-02-09');
  expect(since('attributes', '.organizationId')).toBe('2025-12-10');
});
