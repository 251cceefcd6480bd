import { dynamoLatenessStore } from '../aws/lateness-store';
import { loadLatenessConfig } from '../config';
import type { LatenessSum } from '../core/lateness';
import { reportLateness } from '../core/lateness-report';
import type { LatenessStore } from '../ports';
import { environmentOf } from './environment';
import { hostTime } from './host-time';
import { latenessText } from './lateness-text';
import { withTable } from './with-table';

export interface LatenessCommand {
  /** Days that are added up, today (UTC) the last of them. */
  readonly days: number;
  /** Share that is to be on time, percent. */
  readonly cover: number;
  readonly json: boolean;
  readonly stack?: string;
}

const dayMs = 86_400_000;

const readDays = async (store: LatenessStore, days: number, nowMs: number): Promise<readonly LatenessSum[]> => {
  const sums: LatenessSum[] = [];
  // One after the other: a hundred days are a hundred small queries.
  for (let ago = 0; ago < days; ago++) sums.push(...(await store.read(nowMs - ago * dayMs)));
  return sums;
};

/** Prints how late things came, as the workers have counted it, and what the settings could be instead. */
export const lateness = async ({ days, cover, json, stack }: LatenessCommand, out: (text: string) => void): Promise<void> => {
  const config = loadLatenessConfig(await environmentOf(stack));
  const sums = await withTable(config, (table) => readDays(dynamoLatenessStore(table), days, hostTime.nowMs()));
  const report = reportLateness(sums, config, cover / 100);
  out(json ? `${JSON.stringify({ days, ...report }, null, 2)}\n` : latenessText(report, days));
};
