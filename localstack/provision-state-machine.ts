import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
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

export const createStateMachine = async (
  sfn: SFNClient,
  machine: StateMachineDefinition,
  definition: string,
): Promise<string> => {
  const { name, type } = machine;
  const settings = { definition, loggingConfiguration: loggingOf(machine) };
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

export const deleteStateMachine = async (sfn: SFNClient, name: string): Promise<void> => {
  const stateMachineArn = await findStateMachine(sfn, name);
  if (stateMachineArn !== undefined) await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
};
