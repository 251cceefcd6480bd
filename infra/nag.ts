import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A rule of cdk-nag, as its finding is named; a finding of several in one resource says which, in brackets. */
type Rule = `AwsSolutions-${string}`;

/**
 * What cdk-nag asks for and is not done, each with its reason; stands where the resource is made, and holds for all below `scope`.
 * An acknowledgement that nothing needs is a mistake.
 */
export const acknowledge = (scope: IConstruct, reasons: Readonly<Record<Rule, string>>): void => {
  // With its namespace, so that the report of the synthesis lists what was acknowledged, and why.
  const rules = Object.entries(reasons).map(([rule, reason]) => ({ id: `AwsSolutions::${rule}`, reason }));
  Validations.of(scope).acknowledge(...rules);
};
