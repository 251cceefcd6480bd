import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import { Authorization, Connection } from 'aws-cdk-lib/aws-events';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './nag';

interface ApiConnectionProps {
  readonly name: string;
  /** Of the system at the other end, as a person calls it. */
  readonly system: string;
  readonly keyHeader: string;
  /** Of the secret; null: whichever is current when CloudFormation makes the connection. */
  readonly keyVersion: string | null;
}

/**
 * The connection with which the workflow calls one system, and the secret with its key. EventBridge keeps a copy of the key of its own, made when
 * CloudFormation makes or changes the connection: the template holds a reference. Naming another version of the secret is such a change.
 */
export class ApiConnection extends Construct {
  readonly connection: Connection;

  constructor(scope: Construct, id: string, { name, system, keyHeader, keyVersion }: ApiConnectionProps) {
    super(scope, id);
    const secret = new Secret(this, 'Key', {
      secretName: `${name}-key`,
      description: `What Tidemark's workflow sends to the ${system} as ${keyHeader}. Put the real one here, then deploy with its version.`,
      // Until then a random one, which is refused there.
      generateSecretString: { excludePunctuation: true, passwordLength: 40 },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4': 'The key is issued by the system at the other end; only its owner can rotate it.',
    });
    const key = SecretValue.secretsManager(secret.secretArn, keyVersion === null ? {} : { versionId: keyVersion });
    this.connection = new Connection(this, 'Connection', {
      connectionName: name,
      authorization: Authorization.apiKey(keyHeader, key),
      description: `Tidemark's workflow to the ${system}`,
    });
  }
}
