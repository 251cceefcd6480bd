import { TaskFailure } from '../../localstack/embedded/tasks/task';
import { anId, entryRevisions, openForAll, outcomes, template, ticketRevisions, type World } from './enrichment-world';

/* Who holds a conversation: taken by one at a time, lost to whoever took it over, and let go of whatever became of the steps. */

let world: World;
openForAll((opened) => (world = opened));

const other = 'arn:aws:states:us-east-1:000000000000:execution:enrichment-enrichment:another';
const holderOf = async (conversationId: string): Promise<string | undefined> =>
  (await world.guardOf(conversationId))?.['holder']?.S;

/** Acts once, before the first try of a task. */
const before = (state: string, act: () => Promise<void>): void => {
  let isOver = false;
  world.beforeTask(async (name) => {
    if (name !== state || isOver) return;
    isOver = true;
    await act();
  });
};

test.each([
  ['FenceCrm', [], []],
  ['FenceTicket', [1], []],
])(
  'whoever finds at %s that another has the conversation writes no more, and leaves it to the other',
  async (state, entries, tickets) => {
    const conversationId = anId();
    before(state, () => world.putGuard(conversationId, { holder: { S: other } }));
    const ended = await world.ended(await world.start({ conversationId }));
    expect(outcomes(ended)).toMatchObject({ update_ticket_system: { outcome: 'superseded' } });
    expect([entryRevisions(world, conversationId), ticketRevisions(world, conversationId)]).toEqual([entries, tickets]);
    expect(await holderOf(conversationId)).toBe(other);
  },
);

test.each([
  ['the CRM refuses', { on: 'conversations' }, {}],
  ['the ticket system refuses', { on: 'tickets' }, {}],
  ['only the CRM is wanted, and refuses', { on: 'conversations' }, { enrichmentSteps: ['fetch_crm_contact'] }],
] as const)('an execution that fails lets go of the conversation: %s', async (_, { on }, wanted) => {
  const conversationId = anId();
  world.office.script([{ on, answer: 400 }]);
  expect(await world.ended(await world.start({ conversationId, ...wanted }))).toMatchObject({ status: 'FAILED' });
  expect(await world.guardOf(conversationId)).toBeDefined();
  expect(await holderOf(conversationId)).toBeUndefined();
});

test('an execution that was superseded lets go of the conversation', async () => {
  const conversationId = anId();
  for (const revision of [2, 1]) await world.ended(await world.start({ conversationId, revision }));
  expect(await holderOf(conversationId)).toBeUndefined();
});

test('whoever has taken a conversation without hearing so does not wait for itself', async () => {
  const conversationId = anId();
  let tell: (arn: string) => void = () => undefined;
  const own = new Promise<string>((resolve) => (tell = resolve));
  before('TakeGuard', async () => {
    await world.putGuard(conversationId, { holder: { S: await own } });
    throw new TaskFailure('States.Timeout', 'the answer was lost');
  });
  const execution = await world.start({ conversationId });
  tell(execution);
  expect(await world.ended(execution)).toMatchObject({ status: 'SUCCEEDED' });
  expect(world.begun(execution)).not.toContain('WhoHolds');
});

test('of two that find the same holder gone, the slower one waits for the faster one', async () => {
  const conversationId = anId();
  await world.putGuard(conversationId, { holder: { S: 'arn:of:nobody' } });
  const faster = world.office.holdAt('tickets', (write) => write.conversationId === conversationId && write.revision === 1);
  const waiting: string[] = [];
  let both: () => void = () => undefined;
  const bothWait = new Promise<void>((resolve) => (both = resolve));
  world.beforeTask(async (name, execution) => {
    if (name !== 'TakeOverGuard' || waiting.includes(execution)) return;
    waiting.push(execution);
    if (waiting.length === 2) both();
    await bothWait;
    if (execution === 'slower') await faster.arrived;
  });
  const one = await world.start({ conversationId, revision: 1 }, 'faster');
  const two = await world.start({ conversationId, revision: 2 }, 'slower');
  await faster.arrived;
  const isHeldUp = new Promise<void>((resolve) =>
    world.beforeTask((name, execution) => {
      if (name === 'IsHolderAlive' && execution === 'slower') resolve();
    }),
  );
  await Promise.race([isHeldUp, world.ended(two)]);
  expect(ticketRevisions(world, conversationId)).toEqual([]);
  faster.release();
  for (const arn of [one, two]) expect(await world.ended(arn)).toMatchObject({ status: 'SUCCEEDED' });
  expect(ticketRevisions(world, conversationId)).toEqual([1, 2]);
});

interface State {
  readonly Type: string;
  readonly Seconds?: number;
  readonly Resource?: string;
}

test('nobody takes a conversation over before the last call of whoever is gone must have ended', () => {
  const { States } = JSON.parse(template) as { readonly States: Readonly<Record<string, State>> };
  const leadThere = Object.entries(States).filter(([, state]) => JSON.stringify(state).includes('"TakeOverGuard"'));
  // AWS ends an HTTP task after a minute, whatever its own time says.
  expect(leadThere).toMatchObject([['LetItsLastCallEnd', { Type: 'Wait', Seconds: 60 }]]);
});
