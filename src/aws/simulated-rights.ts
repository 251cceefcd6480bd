import { IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import type { RightsOn } from '../core/worker-rights';
import type { SimulatedRight } from '../ports-doctor';
import { type ClientPlace, shortLived } from './short-lived-client';

export interface AskedRights {
  readonly on: RightsOn;
  readonly resourceArn: string;
  readonly actions: readonly string[];
}

/** IAM knows roles; STS knows who has taken one on: `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
export const principalOf = (callerArn: string): string =>
  callerArn.replace(/^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');

/** How IAM would decide. It takes `iam:SimulatePrincipalPolicy` on the role, and makes no request of the kind asked about. */
export const simulateRights = async (
  place: ClientPlace,
  principalArn: string,
  asked: readonly AskedRights[],
  abortSignal: AbortSignal,
): Promise<readonly SimulatedRight[]> => {
  const client = new IAMClient(shortLived(place));
  const simulate = async ({ on, resourceArn, actions }: AskedRights): Promise<readonly SimulatedRight[]> => {
    const asks = { PolicySourceArn: principalArn, ActionNames: [...actions], ResourceArns: [resourceArn] };
    const { EvaluationResults: results = [] } = await client.send(new SimulatePrincipalPolicyCommand(asks), { abortSignal });
    return results.map(({ EvalActionName: action = '', EvalDecision: decision = '', MissingContextValues: missing = [] }) => ({
      on,
      action,
      decision,
      missing,
    }));
  };
  try {
    return (await Promise.all(asked.map(simulate))).flat();
  } finally {
    client.destroy();
  }
};
