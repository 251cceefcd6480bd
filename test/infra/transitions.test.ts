import { StateMachine } from 'aws-local-stepfunctions';
import { transitions } from '../docs/costs';
import { anId, aTranscript, openWorld, type World } from './enrichment-world';

/* Step Functions is paid for by the state that is entered; what docs/operations.md reckons with is what the workflow does. */

let world: World;
const logs: ReturnType<StateMachine['run']>['eventLogs'][] = [];
beforeAll(async () => {
  const run = Reflect.get<StateMachine, 'run'>(StateMachine.prototype, 'run');
  jest.spyOn(StateMachine.prototype, 'run').mockImplementation(function (this: StateMachine, ...given) {
    const running = run.apply(this, given);
    logs.push(running.eventLogs);
    return running;
  });
  world = await openWorld();
});
afterAll(() => world.close());

const entered = async (log: (typeof logs)[number]): Promise<number> => {
  let count = 0;
  for await (const { type } of log) if (type === 'StateEntered' || type === 'StateRetried') count += 1;
  return count;
};

test.each(transitions)('an execution of $steps, transcript $hasTranscript, enters $count states', async (asked) => {
  const transcript = asked.hasTranscript ? { transcript: aTranscript() } : {};
  const execution = await world.start({ conversationId: anId(), enrichmentSteps: asked.steps, ...transcript });
  expect((await world.ended(execution)).status).toBe('SUCCEEDED');
  expect(await entered(logs.at(-1)!)).toBe(asked.count);
});
