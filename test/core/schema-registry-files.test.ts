import type { Json, JsonObject } from '../../src/core/json';
import { lockOf } from '../../src/core/registry/lock';
import { createSchemaRegistry, type RegistryFile } from '../../src/core/schema-registry';
import { readSchemaFiles } from '../../src/schema-files';

const files = readSchemaFiles();
const subject = 'v2.detail.events.conversation.acw';

const contentAt = (path: string): JsonObject => files.find((file) => file.path === path)!.content as JsonObject;

const without = (path: string): readonly RegistryFile[] => files.filter((file) => file.path !== path);

/** The released files with one of them replaced or added; locked again unless the lock itself is the matter. */
const withFile = (
  path: string,
  content: Json,
  lock: 'as released' | 'locked again' = 'locked again',
): readonly RegistryFile[] => {
  const changed = [...without(path), { path, content }];
  if (lock === 'as released') return changed;
  return changed.map((file) => (file.path === 'lock.json' ? { path: file.path, content: lockOf(changed) } : file));
};

const manifest = contentAt(`${subject}/subject.json`);
const newest = contentAt(`${subject}/v7.json`);

test('the files as released build a registry', () => {
  expect(createSchemaRegistry(files).subjects).not.toHaveLength(0);
});

test('a released version never changes', () => {
  const edited = withFile(`${subject}/v7.json`, { ...newest, description: 'other' }, 'as released');
  expect(() => createSchemaRegistry(edited)).toThrow(`${subject}/v7.json: a released version never changes`);
});

test('the order of keys is no change', () => {
  const turned = Object.fromEntries(Object.entries(newest).reverse());
  expect(() => createSchemaRegistry(withFile(`${subject}/v7.json`, turned, 'as released'))).not.toThrow();
});

test('a version is released by its line in the lock, and the refusal prints that line', () => {
  const next = { ...newest, $id: `schemas/${subject}/v8.json` };
  const added = withFile(`${subject}/v8.json`, next, 'as released');
  const line = `"${subject}/v8.json": "${lockOf(added)[`${subject}/v8.json`]!}"`;
  expect(() => createSchemaRegistry(added)).toThrow(line);
  expect(createSchemaRegistry(withFile(`${subject}/v8.json`, next)).subjectNamed(subject)?.version).toBe(8);
});

test('a released version does not disappear', () => {
  expect(() => createSchemaRegistry(without(`${subject}/v7.json`))).toThrow(`${subject}/v7.json: released, but the file is gone`);
});

test.each<[string, readonly RegistryFile[], string]>([
  ['no lock', without('lock.json'), 'lock.json: expected a JSON object, found no such file'],
  [
    'no schema for subject.json',
    without('subject.schema.json'),
    'subject.schema.json: expected a JSON object, found no such file',
  ],
  ['a folder without subject.json', without(`${subject}/subject.json`), `${subject}/subject.json: expected it, found none`],
  ['a gap in the versions', without(`${subject}/v3.json`), `${subject}/v3.json: expected versions 1 to 7 without a gap`],
  [
    'a stray file',
    withFile(`${subject}/notes.json`, {}),
    `${subject}/notes.json: expected <subject>/subject.json or <subject>/v<N>.json`,
  ],
  ['a version zero', withFile(`${subject}/v0.json`, {}), `${subject}/v0.json: expected <subject>/subject.json`],
  ['an id that is not the path', withFile(`${subject}/v7.json`, { ...newest, $id: 'x' }), `${subject}/v7.json: expected "$id"`],
  [
    'a schema that is none',
    withFile(`${subject}/v7.json`, { ...newest, type: 'thing' }),
    `${subject}/v7.json: expected "type": "object"`,
  ],
  ['a misspelled keyword', withFile(`${subject}/v7.json`, { ...newest, requird: [] }), 'unknown keyword: "requird"'],
  [
    'an old version that is no schema',
    withFile(`${subject}/v1.json`, { ...contentAt(`${subject}/v1.json`), required: 1 }),
    'required must be array',
  ],
  [
    'a field of subject.json that is unknown',
    withFile(`${subject}/subject.json`, { ...manifest, colour: 1 }),
    'must NOT have additional properties',
  ],
  [
    'an action that is unknown',
    withFile(`${subject}/subject.json`, { ...manifest, action: 'drop' }),
    '/action must be equal to one of',
  ],
  [
    'a dependency that the schema lacks',
    withFile(`${subject}/subject.json`, { ...manifest, dependsOn: ['a.b'] }),
    'depends on a.b, which v7.json does not have',
  ],
  [
    'a folder that is not named by the rule',
    withFile(`${subject}/subject.json`, { ...manifest, name: 'v2.x.{id}.y' }),
    'expected v2.x.{id}.y in the folder v2.x.y',
  ],
  ['two topics of one rank', withFile(`${subject}/subject.json`, { ...manifest, rank: 160 }), 'rank 160 is also that of'],
  ['two topics of one type', withFile(`${subject}/subject.json`, { ...manifest, type: 'wrapup' }), 'type wrapup is also that of'],
])('%s is named', (_what, changed, problem) => {
  expect(() => createSchemaRegistry(changed)).toThrow(problem);
});

test.each(['pass', 'ignore'])('a topic that is declared `%s` needs neither mapper nor rank', (action) => {
  const rest = Object.fromEntries(Object.entries(manifest).filter(([key]) => !['mapper', 'mapperVersion', 'rank'].includes(key)));
  const registry = createSchemaRegistry(withFile(`${subject}/subject.json`, { ...rest, action }));
  expect(registry.subjectNamed(subject)).toMatchObject({ action, mapper: 'none', rank: 0 });
  expect(() => createSchemaRegistry(withFile(`${subject}/subject.json`, { ...rest, action: 'reconstruct' }))).toThrow(
    "must have required property 'mapper'",
  );
});

test('everything that is wrong is said at once', () => {
  const broken = withFile(`${subject}/subject.json`, { ...manifest, action: 'drop' }, 'as released').filter(
    ({ path }) => path !== 'conversation.end/subject.json',
  );
  expect(() => createSchemaRegistry(broken)).toThrow(/conversation\.end\/subject\.json.*\n.*acw\/subject\.json: \/action/);
});

test('an error inside a field that a subject depends on refuses the event', () => {
  const event = { eventTime: 1, conversationId: 'c-1', callbackNumbers: ['1', 2] };
  const dependsOn = ['eventTime', 'conversationId', 'callbackNumbers'];
  const strict = createSchemaRegistry(withFile(`${subject}/subject.json`, { ...manifest, dependsOn }));
  expect(createSchemaRegistry(files).validate(subject, event)).toMatchObject({ ok: true });
  expect(strict.validate(subject, event)).toEqual({ ok: false, detail: '$.callbackNumbers[*] must be string, came integer' });
});
