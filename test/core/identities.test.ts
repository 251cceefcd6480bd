import { foldConversation } from '../../src/core/conversation/fold';
import { identitiesOf } from '../../src/core/identities';
import { anEvent, mapperOf, minute } from '../factories';

const userStart = (at: number, userId: string, participant: string, session = `session-of-${participant}`) =>
  anEvent({ type: 'user.start', at: minute(at), participant, session, body: { userId } });
const contact = (at: number, externalContactId: string, participant: string) =>
  anEvent({ type: 'contact', at: minute(at), participant, body: { externalContactId } });
const contentOf = (...events: Parameters<typeof foldConversation>[0]) => foldConversation(events, mapperOf).content;

test('a user who was several participants is one identity, with all of them', () => {
  const content = contentOf(userStart(1, 'user-1', 'b'), userStart(2, 'user-2', 'c'), userStart(3, 'user-1', 'a'));
  expect(identitiesOf(content)).toEqual([
    { kind: 'user', id: 'user-1', participantIds: ['a', 'b'] },
    { kind: 'user', id: 'user-2', participantIds: ['c'] },
  ]);
});

test('a participant who was several users is each of them', () => {
  const content = contentOf(userStart(1, 'user-1', 'a', 'first'), userStart(2, 'user-2', 'a', 'second'));
  expect(identitiesOf(content).map(({ id, participantIds }) => [id, participantIds])).toEqual([
    ['user-1', ['a']],
    ['user-2', ['a']],
  ]);
});

test('an external contact of several participants is one identity, and comes before the users', () => {
  const content = contentOf(userStart(1, 'user-1', 'c'), contact(2, 'contact-1', 'b'), contact(3, 'contact-1', 'a'));
  expect(identitiesOf(content)).toEqual([
    { kind: 'externalContact', id: 'contact-1', participantIds: ['a', 'b'] },
    { kind: 'user', id: 'user-1', participantIds: ['c'] },
  ]);
});

test('a contact and a user of the same id are two', () => {
  const kinds = identitiesOf(contentOf(userStart(1, 'same', 'a'), contact(2, 'same', 'a'))).map(({ kind }) => kind);
  expect(kinds).toEqual(['externalContact', 'user']);
});

test('whoever only the conversation names has no participant', () => {
  const content = contentOf(anEvent({ type: 'user.start', participant: null, body: { userId: 'user-1' } }));
  expect(identitiesOf(content)).toEqual([{ kind: 'user', id: 'user-1', participantIds: [] }]);
});

test('a user has a name where it is known; an id is no path to what every object has', () => {
  const content = contentOf(userStart(1, 'user-1', 'a'), userStart(2, 'constructor', 'b'));
  expect(identitiesOf(content, { 'user-1': 'A name' }).map(({ id, name }) => [id, name])).toEqual([
    ['constructor', undefined],
    ['user-1', 'A name'],
  ]);
});
