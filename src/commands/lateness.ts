import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { makeClients } from '../aws/clients';
import { awsClock } from '../aws/clock';
import { dynamoLatenessStore } from '../aws/lateness-store';
import { ConfigError, loadLatenessConfig } from '../config';
import type { LatenessSum } from '../core/lateness';
import { reportLateness } from '../core/lateness-report';
import type { LatenessStore } from '../ports';
import { hostTime } from './host-time';
import { latenessText } from './lateness-text';
import { regionOf } from './region';

export interface LatenessCommand {
  /** Days that are added up, today (UTC) the last of them. */
  readonly days: number;
  /** Share that is to be on time, percent. */
  readonly cover: number;
  readonly json: boolean;
}

const dayMs = 86_400_000;

const readDays = async (store: LatenessStore, days: number, nowMs: number): Promise<readonly LatenessSum[]> => {
  const sums: LatenessSum[] = [];
  // One after the other: a hundred days are a hundred small queries.
  for (let ago = 0; ago < days; ago++) sums.push(...(await store.read(nowMs - ago * dayMs)));
  return sums;
};

/** Prints how late things came, as the workers have counted it, and what the settings could be instead. */
export const lateness = async ({ days, cover, json }: LatenessCommand, out: (text: string) => void): Promise<void> => {
  const config = loadLatenessConfig();
  const { region: given, endpointUrl } = config.aws;
  const clients = makeClients({
    ...(given === undefined ? {} : { region: given }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
    pollWaitSeconds: 1,
    clock: awsClock(hostTime),
    metrics: { add: () => undefined },
  });
  try {
    const region = await regionOf(clients);
    const store = dynamoLatenessStore({ dynamo: clients.dynamo, tableName: config.tableName });
    const sums = await readDays(store, days, hostTime.nowMs()).catch((cause: unknown) => {
      if (!(cause instanceof ResourceNotFoundException)) throw cause;
      throw new ConfigError([`TABLE_NAME: expected a table in ${region}, found none named \`${config.tableName}\`.`], { cause });
    });
    const report = reportLateness(sums, config, cover / 100);
    out(json ? `${JSON.stringify({ days, ...report }, null, 2)}\n` : latenessText(report, days));
  } finally {
    clients.destroy();
  }
};
