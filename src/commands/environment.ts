import { Option } from 'commander';
import { readStackOutputs } from '../aws/stack';
import { ConfigError, type Environment, loadAwsConfig, processEnvironment } from '../config';
import { stackOutputs } from '../resources';
import { AwsFailedError } from './with-aws';

/** Every command that reaches AWS takes it. */
export const stackOption = (): Option =>
  new Option(
    '--stack <name>',
    'reads the names of queues, table, topic and state machine from the outputs of this CloudFormation stack, whatever the environment says',
  );

interface Found {
  readonly environment: Environment;
  /** Of the stack, by their names; null: no stack was named. */
  readonly outputs: ReadonlyMap<string, string> | null;
}

type PlaceName = keyof typeof stackOutputs;

/** Without these it is no stack of ours. All others are named where somebody misses them. */
const needed: readonly PlaceName[] = ['QUEUE_URL', 'DEAD_LETTER_QUEUE_URL', 'TABLE_NAME'];

const readOutputs = async (stack: string, env: Environment): Promise<ReadonlyMap<string, string>> => {
  const outputs = await readStackOutputs(loadAwsConfig(env), stack).catch((cause: unknown) => {
    throw new AwsFailedError(cause);
  });
  if (outputs !== null) return outputs;
  throw new ConfigError([
    `--stack: expected the name of a CloudFormation stack, found none called \`${stack}\`. Is AWS_REGION its region?`,
  ]);
};

/**
 * What the outputs say wins, for that is what was typed. Where one is missing the environment does not help out: the queue of one
 * installation with the table of another is the worst of all places to work in.
 */
const environmentOfStack = async (stack: string, env: Environment): Promise<Found> => {
  const outputs = await readOutputs(stack, env);
  const missing = needed.map((name) => stackOutputs[name]).filter((output) => !outputs.has(output));
  if (missing.length > 0)
    throw new ConfigError([
      `--stack: expected the outputs ${needed.map((name) => stackOutputs[name]).join(', ')} of stack \`${stack}\`, it lacks ${missing.join(', ')}.`,
    ]);
  const told = Object.entries(stackOutputs).map(([name, output]) => [name, outputs.get(output)] as const);
  return { environment: { ...env, ...Object.fromEntries(told) }, outputs };
};

/** The environment that a command reads its configuration from, and what else the stack tells. */
export const findEnvironment = async (stack: string | undefined): Promise<Found> =>
  stack === undefined ? { environment: processEnvironment(), outputs: null } : environmentOfStack(stack, processEnvironment());

/** The environment that a command reads its configuration from. */
export const environmentOf = async (stack: string | undefined): Promise<Environment> =>
  (await findEnvironment(stack)).environment;
