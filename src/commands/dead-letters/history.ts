import { type Command, InvalidArgumentError, Option } from 'commander';
import { dynamoAuditTrail } from '../../aws/audit-trail';
import { loadTableConfig } from '../../config';
import { auditedActions, type AuditEntry, type AuditedAction } from '../../core/on-call/audit';
import { operationsIn } from '../../core/on-call/audit-operation';
import type { AuditTrail } from '../../ports-on-call';
import { environmentOf, stackOption } from '../environment';
import { hostTime } from '../host-time';
import type { OnCallTerminal } from '../on-call-terminal';
import { withTable } from '../with-table';
import { historyText } from './history-text';

interface HistoryOptions {
  readonly days: number;
  readonly action?: AuditedAction;
  readonly json: boolean;
  readonly stack?: string;
}

const dayMs = 86_400_000;
const mostDays = 400;

const numberOfDays = (text: string): number => {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > mostDays) throw new InvalidArgumentError(`Expected a whole number of days from 1 to ${mostDays}.`);
  return value;
};

/** Oldest first. */
const readDays = async (trail: AuditTrail, days: number, nowMs: number): Promise<readonly AuditEntry[]> => {
  const entries: AuditEntry[] = [];
  for (let ago = days - 1; ago >= 0; ago--) entries.push(...(await trail.read(nowMs - ago * dayMs)));
  return entries;
};

const asTime = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** `tidemark dead-letters history` */
export const addHistory = (deadLetters: Command, terminal: OnCallTerminal): void => {
  deadLetters
    .command('history')
    .description('who changed what, when and why: the audit trail')
    .option('--days <n>', 'so many days, today (UTC) the last of them', numberOfDays, 30)
    .addOption(new Option('--action <action>', 'only these').choices(auditedActions))
    .addOption(stackOption())
    .option('--json', 'the same as JSON, with the outcome of each message', false)
    .addHelpText('after', '\nReads TABLE_NAME, AWS_REGION, AWS_ENDPOINT_URL.')
    .action(async ({ days, action, json, stack }: HistoryOptions) => {
      const place = loadTableConfig(await environmentOf(stack));
      const entries = await withTable(place, (table) => readDays(dynamoAuditTrail(table), days, hostTime.nowMs()));
      const operations = operationsIn(entries).filter((one) => action === undefined || one.action === action);
      if (!json) {
        terminal.out(historyText(operations, days));
        return;
      }
      const told = operations.map(({ beganAtMs, endedAtMs, ...rest }) => ({
        ...{ began: asTime(beganAtMs), ended: asTime(endedAtMs) },
        ...rest,
      }));
      terminal.out(`${JSON.stringify(told, null, 2)}\n`);
    });
};
