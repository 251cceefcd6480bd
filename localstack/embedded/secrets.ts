import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { answerJson } from './json-service';
import { ServiceError } from './service-error';
import type { StandIn } from './stand-in';

/*
 * As much of Secrets Manager as a worker and its operator use: a secret with a current version, and one that is still being rotated
 * in. AWS's JSON 1.1 protocol: the operation is in a header.
 */

type Stage = 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS';

interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly versions: Map<Stage, string>;
}

interface Request {
  readonly Name?: string;
  readonly SecretId?: string;
  readonly SecretString?: string;
  readonly VersionStage?: Stage;
  readonly VersionStages?: readonly Stage[];
}

const arnOf = (name: string): string =>
  `arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}-${randomUUID().slice(0, 6)}`;

const missing = (): never => {
  throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
};

const operationsOn = (secrets: Map<string, Secret>) => {
  const find = (id: string | undefined): Secret =>
    [...secrets.values()].find(({ name, arn }) => name === id || arn === id) ?? missing();
  const put = (secret: Secret, stages: readonly Stage[], value = ''): void => {
    const before = secret.versions.get('AWSCURRENT');
    if (before !== undefined && stages.includes('AWSCURRENT')) secret.versions.set('AWSPREVIOUS', before);
    for (const stage of stages) secret.versions.set(stage, value);
  };
  const operations: Readonly<Record<string, (request: Request) => object>> = {
    CreateSecret: ({ Name: name = '', SecretString }) => {
      if (secrets.has(name)) throw new ServiceError('ResourceExistsException', `The secret ${name} already exists.`);
      const secret: Secret = { name, arn: arnOf(name), versions: new Map() };
      secrets.set(name, secret);
      // Without a value there is no version either.
      if (SecretString !== undefined) put(secret, ['AWSCURRENT'], SecretString);
      return { ARN: secret.arn, Name: name };
    },
    PutSecretValue: ({ SecretId, SecretString, VersionStages = ['AWSCURRENT'] }) => {
      const secret = find(SecretId);
      put(secret, VersionStages, SecretString);
      return { ARN: secret.arn, Name: secret.name, VersionStages };
    },
    GetSecretValue: ({ SecretId, VersionStage = 'AWSCURRENT' }) => {
      const { arn, name, versions } = find(SecretId);
      return { ARN: arn, Name: name, SecretString: versions.get(VersionStage) ?? missing(), VersionStages: [VersionStage] };
    },
    DeleteSecret: ({ SecretId }) => {
      const { arn, name } = find(SecretId);
      secrets.delete(name);
      return { ARN: arn, Name: name };
    },
  };
  return operations;
};

export const startSecrets = (): StandIn => {
  const operations = operationsOn(new Map());
  const answer = async (request: IncomingMessage): Promise<object> => {
    const name = String(request.headers['x-amz-target']).replace(/^secretsmanager\./, '');
    const operation = operations[name];
    if (!operation)
      throw new ServiceError('UnknownOperationException', `Expected one of ${Object.keys(operations).join(', ')}; got ${name}`);
    return operation(JSON.parse(await text(request)) as Request);
  };
  return {
    handle: (request, response) => answerJson(response, answer(request), '1.1'),
    close: () => Promise.resolve(),
  };
};
