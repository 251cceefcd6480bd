import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { makeClients } from '../aws/clients';
import { awsClock } from '../aws/clock';
import type { Table } from '../aws/table';
import { ConfigError } from '../config';
import { hostTime } from './host-time';
import { regionOf } from './region';

export interface TablePlace {
  readonly aws: { readonly region: string | undefined; readonly endpointUrl: string | undefined };
  readonly tableName: string;
}

/** For a command that only looks: the workers' table, as this shell may read it. One that is not there is the caller's to mend. */
export const withTable = async <T>({ aws, tableName }: TablePlace, look: (table: Table) => Promise<T>): Promise<T> => {
  const clients = makeClients({
    ...(aws.region === undefined ? {} : { region: aws.region }),
    ...(aws.endpointUrl === undefined ? {} : { endpointUrl: aws.endpointUrl }),
    pollWaitSeconds: 1,
    clock: awsClock(hostTime),
    metrics: { add: () => undefined },
  });
  try {
    const region = await regionOf(clients);
    return await look({ dynamo: clients.dynamo, tableName }).catch((cause: unknown) => {
      if (!(cause instanceof ResourceNotFoundException)) throw cause;
      throw new ConfigError([`TABLE_NAME: expected a table in ${region}, found none named \`${tableName}\`.`], { cause });
    });
  } finally {
    clients.destroy();
  }
};
