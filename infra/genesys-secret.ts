import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnSecret, Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './nag';
import type { StackSettings } from './settings';

/**
 * The OAuth client at Genesys: `{"clientId": …, "clientSecret": …}`. Made without any value, so that none passes through a template and
 * no later deploy puts another in its place. Until it is filled, the workers admit and windows wait; their log names the secret.
 */
export class GenesysSecret extends Construct {
  readonly secret: ISecret;

  constructor(scope: Construct, id: string, settings: StackSettings) {
    super(scope, id);
    const { genesysSecretArn } = settings;
    this.secret =
      genesysSecretArn === null ? this.empty(settings) : Secret.fromSecretCompleteArn(this, 'Secret', genesysSecretArn);
  }

  private empty({ stackName, onDelete }: StackSettings): ISecret {
    // CDK's own construct would generate a password: something that is no OAuth client, but that Genesys would be asked with.
    const made = new CfnSecret(this, 'Secret', {
      description: `Tidemark (${stackName}): the OAuth client at Genesys Cloud, {"clientId": …, "clientSecret": …}`,
    });
    made.applyRemovalPolicy(onDelete === 'keep' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY);
    acknowledge(made, {
      'AwsSolutions-SMG4':
        'Genesys Cloud makes the secret of an OAuth client, on its own page; nothing in AWS can rotate it. The workers read a new one within a minute.',
    });
    return Secret.fromSecretCompleteArn(this, 'Made', made.ref);
  }
}
