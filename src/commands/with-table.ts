import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import type { Table } from '../aws/table';
import { ConfigError } from '../config';
import { type AwsPlace, withAws } from './with-aws';

export interface TablePlace {
  readonly aws: AwsPlace;
  readonly tableName: string;
}

/** For a command that only looks: the workers' table, as this shell may read it. One that is not there is the caller's to mend. */
export const withTable = <T>({ aws, tableName }: TablePlace, look: (table: Table) => Promise<T>): Promise<T> =>
  withAws(aws, ({ dynamo }, region) =>
    look({ dynamo, tableName }).catch((cause: unknown) => {
      if (!(cause instanceof ResourceNotFoundException)) throw cause;
      throw new ConfigError([`TABLE_NAME: expected a table in ${region}, found none named \`${tableName}\`.`], { cause });
    }),
  );
