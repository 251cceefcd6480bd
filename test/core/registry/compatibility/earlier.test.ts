import type { JsonObject } from '../../../../src/core/json';
import { brokenSince } from '../../../../src/core/registry/compatibility/earlier';
import type { EventSubject } from '../../../../src/core/registry/subject';

/* What subject.json promised earlier: a dependency that is new, a name that is dropped. */

const now: EventSubject = {
  kind: 'event',
  subject: 'v2.new.topic',
  version: 2,
  format: 'genesys',
  name: 'v2.new.{id}.topic',
  formerNames: ['v2.old.{id}.topic'],
  type: 'topic',
  action: 'pass',
  reads: { conversationId: null, eventTime: null },
  mapper: 'none',
  mapperVersion: 1,
  rank: 0,
  dependsOn: ['id', 'time'],
  compatibility: 'backward',
  owner: 'test',
  note: 'test',
};

const lock = { path: 'lock.json', content: { 'v2.new.topic/v1.json': 'hash' } };

const since = (manifest: JsonObject, hasUpcast: (subject: string, from: number) => boolean = () => false): readonly string[] =>
  brokenSince([lock, { path: 'v2.new.topic/subject.json', content: manifest }], [lock], [now], hasUpcast);

test('what was promised and is kept is not mentioned, and neither is what was not promised', () => {
  expect(since({ name: now.name, formerNames: now.formerNames, dependsOn: now.dependsOn })).toEqual([]);
  expect(since({ name: 'v2.old.{id}.topic', dependsOn: ['id', 'time', 'queue'] })).toEqual([]);
  expect(brokenSince([], [lock], [now], () => false)).toEqual([]);
});

test('a name that is dropped is named: archives still carry it', () => {
  expect(since({ name: 'v2.oldest.{id}.topic', formerNames: ['v2.old.{id}.topic'], dependsOn: now.dependsOn })).toEqual([
    'v2.new.topic/subject.json: no longer known as v2.oldest.{id}.topic: archives still carry that name; add it to formerNames',
  ]);
});

test('a new dependency breaks what was admitted, unless an upcast leads on from the version of then', () => {
  expect(since({ name: now.name, dependsOn: ['id'] })).toEqual([
    expect.stringContaining('newly depends on time: messages without it'),
  ]);
  expect(since({ name: now.name, dependsOn: ['id'] }, (subject, from) => subject === now.subject && from === 1)).toEqual([]);
  expect(since({ name: now.name, dependsOn: ['id'] }, (_subject, from) => from === 2)).toHaveLength(1);
});

test('a manifest of another shape promises nothing that it does not say', () => {
  expect(since({ dependsOn: 'id', formerNames: [1], name: 2 })).toHaveLength(2);
});
