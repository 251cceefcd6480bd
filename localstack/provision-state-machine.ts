import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  InvalidLoggingConfiguration,
  paginateListStateMachines,
  StateMachineAlreadyExists,
  UpdateStateMachineCommand,
  type LoggingConfiguration,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { StateMachineDefinition } from '../src/resources';

/** Nobody here checks permissions; it only has to look like a role. */
const roleArn = 'arn:aws:iam::000000000000:role/tidemark-enrichment';

/** AWS wants to know where to; it is nobody's account. */
const loggingOf = ({ name, logging }: StateMachineDefinition): LoggingConfiguration => {
  const logGroupArn = `arn:aws:logs:us-east-1:000000000000:log-group:/aws/vendedlogs/states/${name}:*`;
  return { ...logging, destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] };
};

const findStateMachine = async (sfn: SFNClient, name: string): Promise<string | undefined> => {
  for await (const page of paginateListStateMachines({ client: sfn }, {})) {
    const found = page.stateMachines?.find((machine) => machine.name === name);
    if (found) return found.stateMachineArn;
  }
  return undefined;
};

const createOrUpdate = async (
  sfn: SFNClient,
  { name, type }: StateMachineDefinition,
  settings: { readonly definition: string; readonly loggingConfiguration?: LoggingConfiguration },
): Promise<string> => {
  try {
    const created = await sfn.send(new CreateStateMachineCommand({ name, type, roleArn, ...settings }));
    return created.stateMachineArn!;
  } catch (error) {
    if (!(error instanceof StateMachineAlreadyExists)) throw error;
    const stateMachineArn = await findStateMachine(sfn, name);
    await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, ...settings }));
    return stateMachineArn!;
  }
};

/** Without logs where there is nowhere to write them, as on LocalStack: less than what is wanted, and never more. */
export const createStateMachine = (sfn: SFNClient, machine: StateMachineDefinition, definition: string): Promise<string> =>
  createOrUpdate(sfn, machine, { definition, loggingConfiguration: loggingOf(machine) }).catch((error: unknown) => {
    if (!(error instanceof InvalidLoggingConfiguration)) throw error;
    return createOrUpdate(sfn, machine, { definition });
  });

export const deleteStateMachine = async (sfn: SFNClient, name: string): Promise<void> => {
  const stateMachineArn = await findStateMachine(sfn, name);
  if (stateMachineArn !== undefined) await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
};
