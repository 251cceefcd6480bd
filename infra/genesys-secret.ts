import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { StackSettings } from './settings';

/** The OAuth client at Genesys: `{"clientId": …, "clientSecret": …}`. Made empty; its values never pass through a template. */
export class GenesysSecret extends Construct {
  readonly secret: ISecret;

  constructor(scope: Construct, id: string, { genesysSecretArn }: StackSettings) {
    super(scope, id);
    this.secret =
      genesysSecretArn === null
        ? (new Secret(this, 'Secret') as ISecret)
        : Secret.fromSecretCompleteArn(this, 'Secret', genesysSecretArn);
  }
}
