import { setTimeout as pause } from 'node:timers/promises';
import { heartbeatKeptMs, keys, tableLayout } from '../../../src/core/items';

/*
 * Workers of which there is nothing but the heartbeat: what a fleet of a thousand costs one of them is seen without starting a thousand.
 */

const heartbeatOf = (workerId: string, counter: number, nowMs: number) => {
  const { pk, sk } = keys.fleet(workerId);
  const number = (value: number) => ({ N: String(value) });
  return {
    ...{ pk: { S: pk }, sk: { S: sk }, workerId: { S: workerId }, counter: number(counter) },
    ...{ watermarkMs: number(nowMs), fleetWatermarkMs: number(nowMs), layout: number(tableLayout) },
    ...{ hasReceived: { BOOL: true }, leaving: { BOOL: false } },
    expiresAt: number(Math.ceil((nowMs + heartbeatKeptMs) / 1_000)),
  };
};

const put = async (backendUrl: string, item: object): Promise<void> => {
  const answer = await fetch(backendUrl, {
    method: 'POST',
    headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem', 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ TableName: 'bench', Item: item }),
  });
  await answer.text();
};

const together = 50;

/** Everybody beats once. */
const beatAll = async (backendUrl: string, phantoms: number, counter: number): Promise<void> => {
  const ids = Array.from({ length: phantoms }, (_, phantom) => `phantom${phantom.toString(16).padStart(5, '0')}`);
  for (let from = 0; from < ids.length; from += together)
    await Promise.all(ids.slice(from, from + together).map((id) => put(backendUrl, heartbeatOf(id, counter, Date.now()))));
};

/** Beat until the signal. */
export const beatAsPhantoms = async (
  backendUrl: string,
  phantoms: number,
  heartbeatMs: number,
  over: AbortSignal,
): Promise<void> => {
  const isOver = (): boolean => over.aborted;
  for (let counter = 1; !isOver(); counter++) {
    await beatAll(backendUrl, phantoms, counter);
    await pause(heartbeatMs, undefined, { signal: over }).catch(() => undefined);
  }
};
