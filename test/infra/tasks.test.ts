import { batchDetectSentiment } from '../../localstack/embedded/tasks/comprehend';
import { describeExecution } from '../../localstack/embedded/tasks/describe-execution';
import { dynamoDbTasks } from '../../localstack/embedded/tasks/dynamodb';
import { httpInvoke } from '../../localstack/embedded/tasks/http-invoke';
import { openWorld, anId, template, type World } from './enrichment-world';

const unreached = (): never => {
  throw new Error('Expected the parameters to be refused before anything is called.');
};
const tasks = [...dynamoDbTasks(unreached), httpInvoke, batchDetectSentiment, describeExecution(unreached)];

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Parameters?: Readonly<Record<string, unknown>>;
}
const { States } = JSON.parse(template) as { readonly States: Readonly<Record<string, State>> };
const states = Object.entries(States).filter(([, { Type }]) => Type === 'Task');

const plain = (name: string): string => name.replace(/\.\$$/, '');

test.each(
  states.flatMap(([state, { Resource = '', Parameters = {} }]) =>
    Object.keys(Parameters).map((name) => [state, plain(name), Resource, Parameters] as const),
  ),
)('%s with a misspelt %s is refused by name', async (_, name, resource, parameters) => {
  const misspelt = Object.fromEntries(
    Object.entries(parameters).map(([each, value]) => [plain(each) === name ? `${name}x` : plain(each), value]),
  );
  const { run } = tasks.find((task) => task.resource === resource)!;
  await expect(run(misspelt)).rejects.toMatchObject({
    name: 'States.Runtime',
    isCatchable: false,
    message: expect.stringContaining(`'${name}x'`) as string,
  });
});

describe('a workflow with a mistake', () => {
  let world: World | undefined;
  afterEach(() => world?.close());

  test.each([
    ['a parameter', '"QueryParameters"', '"QueryParameter"', "'QueryParameter'"],
    ['a parameter within', '"ConnectionArn"', '"ConnectionARN"', "'ConnectionARN'"],
    ['a header that AWS does not take', '"Idempotency-Key.$"', '"X-Amz-Key.$"', 'X-Amz-Key'],
    ['a type in an item', '"N.$"', '"Number.$"', "'Number'"],
  ])('fails the execution and names %s', async (_, right, wrong, named) => {
    world = await openWorld((definition) => definition.replaceAll(right, wrong));
    const ended = await world.ended(await world.start({ conversationId: anId() }));
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(ended.cause).toContain(named);
  });

  test('is not created where it names a resource that there is not', async () => {
    const opened = openWorld((definition) => definition.replaceAll('http:invoke', 'http:call'));
    await expect(opened).rejects.toMatchObject({ name: 'InvalidDefinition' });
  });
});
