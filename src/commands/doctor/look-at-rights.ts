import { principalOf, simulateRights, type AskedRights } from '../../aws/simulated-rights';
import { type RightsOn, workerRights } from '../../core/worker-rights';
import type { SeenRights } from '../../doctor/rights-check';
import { valueOf } from '../../doctor/seen';
import { resources } from '../../resources';
import type { Installation } from './installation';
import { look, notAskable } from './look';
import { type Edges, placeOf, type SeenAws } from './look-at-aws';

/** ARNs of what a worker works on, as far as they were found. */
const arnsOf = ({ config, environment }: Installation, aws: SeenAws): Readonly<Record<RightsOn, string | null>> => {
  const table = valueOf(aws.table.table)?.arn ?? null;
  return {
    intakeQueue: valueOf(aws.intake)?.['QueueArn'] ?? null,
    deadLetterQueue: valueOf(aws.deadLetters)?.['QueueArn'] ?? null,
    table,
    dueIndex: table === null ? null : `${table}/index/${resources().table.dueIndex.name}`,
    stateMachine: config.stateMachineArn,
    topic: config.recordTopicArn,
    genesysSecret: environment['CALL_DETAILS'] === 'off' ? null : (environment['GENESYS_SECRET_ARN'] ?? null),
  };
};

/** The role of the workers, or where nobody names it, whoever calls: in a worker's container that is the same. */
export const lookAtRights = async (edges: Edges, installation: Installation, aws: SeenAws): Promise<SeenRights> => {
  const { workerRoleArn } = installation;
  const caller = valueOf(aws.caller)?.arn ?? null;
  const principal = workerRoleArn ?? (caller && principalOf(caller));
  const whose = { principal, isOfWorkers: workerRoleArn !== null };
  if (principal === null) return { ...whose, rights: notAskable('nobody knows who calls', 'Log in to AWS.') };
  // IAM has no policy of it to ask about.
  if (principal.endsWith(':root'))
    return {
      ...whose,
      rights: notAskable(
        "the account's root may do everything",
        'Name the stack with --stack: it tells the role of the workers.',
      ),
    };
  const arns = arnsOf(installation, aws);
  const asked = (Object.keys(workerRights) as RightsOn[]).flatMap((on): readonly AskedRights[] => {
    const resourceArn = arns[on];
    return resourceArn === null ? [] : [{ on, resourceArn, actions: workerRights[on] }];
  });
  const rights = await look(`iam:SimulatePrincipalPolicy on ${principal}`, (signal) =>
    simulateRights(placeOf(edges), principal, asked, signal),
  );
  return { ...whose, rights };
};
