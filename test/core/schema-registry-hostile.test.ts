import { createSchemaRegistry, type Verdict } from '../../src/core/schema-registry';
import { readSchemaFiles } from '../../src/schema-files';

const registry = createSchemaRegistry(readSchemaFiles());
const start = 'v2.detail.events.conversation.customer.start';
const attributes = 'v2.detail.events.conversation.attributes';

/** As a message brings it: `__proto__` is a member like any other. */
const judge = (subject: string, members: string): Verdict =>
  registry.validate(subject, JSON.parse(`{"eventTime":1,"conversationId":"c-1"${members === '' ? '' : `,${members}`}}`));

test('keys that mean something to JavaScript are unknown fields like any other', () => {
  const verdict = judge(start, '"__proto__":{"conversationId":7},"constructor":1,"hasOwnProperty":2,"toString":3');
  expect(verdict).toMatchObject({ ok: true });
  expect(verdict.ok && verdict.drift.map(({ path }) => path)).toEqual([
    '$.__proto__',
    '$.constructor',
    '$.hasOwnProperty',
    '$.toString',
  ]);
});

test('a prototype cannot supply a field that we depend on', () => {
  const value: unknown = JSON.parse('{"__proto__":{"eventTime":1,"conversationId":"c-1"}}');
  expect(registry.validate(start, value)).toEqual({
    ok: false,
    detail: '$.eventTime is required, came nothing; $.conversationId is required, came nothing',
  });
});

test('attribute keys may be empty, have any script, or be called __proto__', () => {
  expect(judge(attributes, '"attributes":{"":"a","__proto__":"b","constructor":"c","ключ":"d"," ":"e"}')).toMatchObject({
    drift: [],
  });
  expect(judge(attributes, '"attributes":{"__proto__":7}')).toMatchObject({
    drift: [{ path: '$.attributes.*', kind: 'changed-type' }],
  });
});

test('a field whose name may hold anything is counted without showing it', () => {
  const verdict = judge(start, `"+15555550100":1,"":2,"${'k'.repeat(70)}":3,"a b":4`);
  expect(verdict).toMatchObject({ ok: true, drift: [{ path: "$['…']", kind: 'unknown-field' }] });
});

test('a message of a thousand unknown fields yields twenty entries of drift', () => {
  const many = Array.from({ length: 1_000 }, (_, at) => `"field${at}":1`).join(',');
  const verdict = judge(start, many);
  expect(verdict.ok && verdict.drift).toHaveLength(20);
});

test('a list or map with a hundred thousand wrong members is one entry of drift', () => {
  const list = Array.from({ length: 100_000 }, () => '1').join(',');
  expect(judge(start, `"callbackNumbers":[${list}]`)).toMatchObject({
    drift: [{ path: '$.callbackNumbers[*]', kind: 'changed-type' }],
  });
  const map = Array.from({ length: 100_000 }, (_, at) => `"k${at}":1`).join(',');
  expect(judge(attributes, `"attributes":{${map}}`)).toMatchObject({ drift: [{ path: '$.attributes.*', kind: 'changed-type' }] });
});

test('what we depend on is found behind any number of other fields', () => {
  const many = Array.from({ length: 5_000 }, (_, at) => `"field${at}":1`).join(',');
  const value: unknown = JSON.parse(`{${many},"eventTime":"late","conversationId":"c-1"}`);
  expect(registry.validate(start, value)).toEqual({ ok: false, detail: '$.eventTime must be integer, came string' });
});

test('nesting of any depth in a field that no schema describes does not overflow', () => {
  const deep = `${'['.repeat(5_000)}1${']'.repeat(5_000)}`;
  expect(judge(start, `"newField":${deep},"subject":${deep}`)).toMatchObject({
    drift: [
      { path: '$.newField', kind: 'unknown-field' },
      { path: '$.subject', kind: 'changed-type' },
    ],
  });
});

test('neither a refusal nor drift ever shows a value', () => {
  const canary = 'canary-7f3a';
  const refused = registry.validate(start, { eventTime: canary, conversationId: [canary] });
  const drifted = registry.validate(attributes, {
    eventTime: 1,
    conversationId: canary,
    participantId: [canary],
    [`${canary} as a key`]: canary,
    attributes: { [canary]: [canary] },
    communications: [{ mediaType: canary }],
  });
  expect([refused.ok, drifted.ok]).toEqual([false, true]);
  expect(JSON.stringify([refused, drifted])).not.toContain(canary);
});
