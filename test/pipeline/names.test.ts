import type { NameBook } from '../../src/ports';
import { feedMessage, minute } from '../factories';
import { scripted, second, setUp } from './world';

/* Names of the ids in a record, as far as they are known. */

const bodies = [
  feedMessage({ at: minute(0) }),
  feedMessage({
    type: 'user.start',
    session: 'leg',
    participant: 'agent',
    at: minute(0.5),
    body: { userId: 'user-1', queueId: 'queue-1' },
  }),
  feedMessage({ type: 'user.end', session: 'leg', participant: 'agent', at: minute(1), body: { userId: 'user-1' } }),
  feedMessage({ type: 'wrapup', session: 'leg', participant: 'agent', at: minute(1), body: { wrapupCode: 'code-1' } }),
  feedMessage({ type: 'customer.end', at: minute(1) }),
];

const bookOf = (names: Readonly<Record<string, string>>): NameBook & { readonly asked: readonly string[] } => {
  const asked: string[] = [];
  return { asked, nameOf: (kind, id) => (asked.push(`${kind} ${id}`), names[`${kind} ${id}`] ?? null) };
};

const handOff = async (names: NameBook | null, details = scripted({ kind: 'complete', details: {} })) => {
  const world = setUp({ names, details });
  await world.admit(0, ...bodies);
  await world.closeDue(45 * second);
  const waits = world.head()?.waits ?? 0;
  await world.clock.advance(60 * second);
  if (waits > 0) await world.closeDue(45 * second);
  return JSON.parse([...world.stateMachine.executions().values()][0] ?? '{}') as Record<string, unknown>;
};

test('that are known are in the input, and of a user in its identity, too', async () => {
  const known = { 'user user-1': 'An agent', 'queue queue-1': 'Returns', 'wrapUpCode code-1': 'Sold' };
  const input = await handOff(bookOf(known));
  expect(input['names']).toEqual({
    users: { 'user-1': 'An agent' },
    queues: { 'queue-1': 'Returns' },
    wrapUpCodes: { 'code-1': 'Sold' },
  });
  expect(input['identities']).toEqual([{ kind: 'user', id: 'user-1', participantIds: ['agent'], name: 'An agent' }]);
});

test('that are not known hold nothing up', async () => {
  const input = await handOff(bookOf({}));
  expect(input['names']).toEqual({ users: {}, queues: {}, wrapUpCodes: {} });
  expect(input['identities']).toEqual([{ kind: 'user', id: 'user-1', participantIds: ['agent'] }]);
});

test('that become known while the details are waited for are in the input', async () => {
  const learning = bookOf({});
  const names: NameBook = {
    nameOf: (kind, id) => (learning.asked.includes(`${kind} ${id}`) ? 'learnt' : learning.nameOf(kind, id)),
  };
  const input = await handOff(names, scripted({ kind: 'absent' }, { kind: 'complete', details: {} }));
  expect(input['names']).toEqual({
    users: { 'user-1': 'learnt' },
    queues: { 'queue-1': 'learnt' },
    wrapUpCodes: { 'code-1': 'learnt' },
  });
});

test('that are not asked for are not in the input', async () => {
  expect(await handOff(null)).not.toHaveProperty('names');
});
