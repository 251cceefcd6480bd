import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnSecret, Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './nag';
import type { StackSettings } from './settings';

interface HandFilledSecretProps {
  /** Of a secret that is there; null: an empty one is made. */
  readonly arn: string | null;
  /** What it is for, and its form. */
  readonly holds: string;
  /** Why nothing in AWS rotates it. */
  readonly rotation: string;
  readonly settings: Pick<StackSettings, 'stackName' | 'onDelete'>;
}

/** A secret that a person fills. Made without any value, so that none passes through a template and no later deploy puts another in its place. */
export class HandFilledSecret extends Construct {
  readonly secret: ISecret;

  constructor(scope: Construct, id: string, props: HandFilledSecretProps) {
    super(scope, id);
    this.secret = props.arn === null ? this.empty(props) : Secret.fromSecretCompleteArn(this, 'Secret', props.arn);
  }

  private empty({ holds, rotation, settings: { stackName, onDelete } }: HandFilledSecretProps): ISecret {
    // CDK's own construct would generate a password: something that is no secret of this form, but that would be used.
    const made = new CfnSecret(this, 'Secret', { description: `Tidemark (${stackName}): ${holds}` });
    made.applyRemovalPolicy(onDelete === 'keep' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY);
    acknowledge(made, { 'AwsSolutions-SMG4': rotation });
    return Secret.fromSecretCompleteArn(this, 'Made', made.ref);
  }
}
