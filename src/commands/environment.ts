import { Option } from 'commander';
import { ConfigError, type Environment, processEnvironment } from '../config';

/** Every command that reaches AWS takes it. */
export const stackOption = (): Option =>
  new Option(
    '--stack <name>',
    'reads the names of queue, table, topic and state machine from the outputs of this CloudFormation stack',
  );

/** The environment that a command reads its configuration from. */
export const environmentOf = (stack: string | undefined): Promise<Environment> =>
  stack === undefined
    ? Promise.resolve(processEnvironment())
    : Promise.reject(new ConfigError([`--stack: stacks cannot be read yet, got \`${stack}\`.`]));
