import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { testCredentials, testRegion } from '../localstack/clients';
import { runHere } from './run-here';
import { tableForCommands } from './table-command';

const { aws, use } = tableForCommands();

const createStack = async (name: string, outputs: Readonly<Record<string, string>>): Promise<string> => {
  const client = new CloudFormationClient({ endpoint: aws().endpointUrl, region: testRegion, credentials: testCredentials });
  const StackName = `${aws().prefix}-${name}`;
  const Outputs = Object.fromEntries(Object.entries(outputs).map(([output, Value]) => [output, { Value }]));
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Outputs }) }));
  client.destroy();
  return StackName;
};

const placesOf = () => {
  const { queueUrl, deadLetterQueueUrl, tableName } = aws().names;
  return { QueueUrl: queueUrl, DeadLetterQueueUrl: deadLetterQueueUrl, TableName: tableName };
};

describe('--stack', () => {
  test.each([
    ['lateness', ['lateness', '--json'], '"days": 7'],
    ['drift', ['schemas', 'drift', '--json'], '"drift": []'],
    ['propose', ['schemas', 'propose', '--dead-letters', '1', '--json'], '"stuck": []'],
  ])('of %s finds everything by the outputs, whatever the environment says', async (name, args, printed) => {
    const stack = await createStack(name, placesOf());
    use({ TABLE_NAME: 'of-another', DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1:9/of-another' });
    const { code, stdout, stderr } = await runHere(...args, '--stack', stack);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(printed);
  });

  test('a stack that lacks outputs is named with what it lacks, though the environment has it', async () => {
    const { QueueUrl, DeadLetterQueueUrl } = placesOf();
    const stack = await createStack('lacking', { QueueUrl, DeadLetterQueueUrl });
    use();
    const { code, stderr } = await runHere('lateness', '--stack', stack);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `--stack: expected the outputs QueueUrl, DeadLetterQueueUrl, TableName of stack \`${stack}\`, it lacks TableName.`,
    );
  });

  test('a stack that is not there is the caller’s to mend', async () => {
    use();
    const { code, stderr } = await runHere('lateness', '--stack', 'no-such-stack');
    expect(code).toBe(2);
    expect(stderr).toContain('expected the name of a CloudFormation stack, found none called `no-such-stack`');
  });

  test('where AWS does not answer, the caller is told so', async () => {
    use({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
    const { code, stderr } = await runHere('lateness', '--stack', 'any');
    expect(code).toBe(2);
    expect(stderr).toContain('Expected an answer of AWS, got');
  });
});
