import { isReadByIngest } from '../../src/config-ingest';
import { readVariables, type Environment } from '../../src/config-read';
import { variables } from '../../src/config-variables';
import { programEnvironment } from '../program-environment';
import type { StackSettings } from '../settings';

/** What ingest listens on in its container; nobody but the load balancer sees it. */
export const ingestPort = variables.INGEST_PORT.default;

const isVariable = (name: string): name is keyof typeof variables => Object.hasOwn(variables, name);

export const ingestEnvironment = (places: Environment, settings: StackSettings): Readonly<Record<string, string>> =>
  programEnvironment(
    { ...places, INGEST_HOST: '0.0.0.0', INGEST_PORT: String(ingestPort) },
    settings,
    (name) => isVariable(name) && isReadByIngest(name),
  );

/** Longest that a post is under way: its body is read, and then the queue is waited for. */
export const longestPostSeconds = ({ environment }: StackSettings): number => {
  const { INGEST_TIMEOUT_MS: timeoutMs } = readVariables(environment).values;
  return Math.ceil((2 * timeoutMs) / 1_000);
};
