import type { AvailableTopic, AvailableTopics } from '../../src/core/registry/genesys/available-topics';
import type { EventSubject } from '../../src/core/registry/subject';
import { createSchemaRegistry } from '../../src/core/schema-registry';
import { chooseTopics } from '../../src/genesys/provisioning-topics';
import { readSchemaFiles } from '../../src/schema-files';

const { eventSubjects } = createSchemaRegistry(readSchemaFiles(), undefined, 'when-asked');
const ofGenesys = eventSubjects.filter(({ format }) => format === 'genesys');
const reconstructed = ofGenesys.filter(({ action }) => action === 'reconstruct').map(({ name }) => name);

const offered = (names: readonly string[], transports: AvailableTopic['transports'] = ['EventBridge']): AvailableTopics => ({
  topics: names.map((name) => ({ name, description: null, schema: null, transports })),
  unusable: 0,
});
const all = offered(ofGenesys.map(({ name }) => name));

const aSubject = (parts: Partial<EventSubject>): EventSubject => ({ ...ofGenesys[0]!, formerNames: [], ...parts });

test('every topic of the registry that is not ignored is asked for, with its literal {id}, and none of the other formats', () => {
  const { topics, notOffered, doubtful } = chooseTopics(eventSubjects, all, false);
  expect(topics).toEqual(
    [...ofGenesys]
      .filter(({ action }) => action !== 'ignore')
      .map(({ name }) => name)
      .sort(),
  );
  expect(topics).toContain('v2.detail.events.conversation.{id}.customer.end');
  expect(topics).not.toContain('conversation.end');
  expect([notOffered, doubtful]).toEqual([[], []]);
});

test('only what records are built from, where that is asked for: the sixteen detail events', () => {
  const { topics } = chooseTopics(eventSubjects, all, true);
  expect(topics).toEqual([...reconstructed].sort());
  expect(topics).toHaveLength(16);
});

test('an ignored topic is not asked for', () => {
  const ignored = aSubject({ name: 'v2.a.{id}', action: 'ignore' });
  expect(chooseTopics([ignored], offered(['v2.a.{id}']), false).topics).toEqual([]);
});

test('a topic that is not offered, or not through EventBridge, is left out and named', () => {
  const passed = ['v2.a.{id}', 'v2.b.{id}', 'v2.c.{id}'].map((name) => aSubject({ name, action: 'pass' }));
  const { topics } = offered(['v2.a.{id}'], ['Websocket']);
  const available = { topics: [...topics, ...offered(['v2.c.{id}'], ['All']).topics], unusable: 0 };
  expect(chooseTopics(passed, available, false)).toEqual({
    topics: ['v2.c.{id}'],
    notOffered: ['v2.a.{id}', 'v2.b.{id}'],
    doubtful: [],
  });
});

test('what records are built from is asked for all the same, and named', () => {
  const { topics, doubtful } = chooseTopics(eventSubjects, offered(['v2.users.{id}.presence']), true);
  expect(topics).toEqual([...reconstructed].sort());
  expect(doubtful).toEqual(topics);
});

test('a topic that is offered under the name that it had before is asked for by that name', () => {
  const renamed = aSubject({ name: 'v2.new.{id}', formerNames: ['v2.old.{id}'], action: 'pass' });
  expect(chooseTopics([renamed], offered(['v2.old.{id}']), false).topics).toEqual(['v2.old.{id}']);
});
