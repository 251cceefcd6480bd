import type { Command } from 'commander';
import { dynamoDriftStore } from '../../aws/drift-store';
import { ConfigError, loadTableConfig } from '../../config';
import type { DriftSighting } from '../../core/drift';
import type { DriftStore } from '../../ports';
import { environmentOf, stackOption } from '../environment';
import { withTable } from '../with-table';
import { driftText } from './drift-text';
import type { SchemasTerminal } from './terminal';
import { registryAt } from './registry-at';
import { registryOption } from './registry-folder';

interface DriftOptions {
  readonly subject?: string;
  readonly registry?: string;
  readonly json: boolean;
  readonly stack?: string;
}

/** Queries in flight at once: there are about as many as subjects. */
const atOnce = 20;

const readRows = async (store: DriftStore, subjects: readonly string[]): Promise<readonly DriftSighting[]> => {
  const rows: DriftSighting[] = [];
  for (let start = 0; start < subjects.length; start += atOnce) {
    const some = await Promise.all(subjects.slice(start, start + atOnce).map((subject) => store.list(subject)));
    rows.push(...some.flat());
  }
  return rows;
};

/** What goes on comes first; of what was seen at the same time, what was seen most. */
const latestFirst = (a: DriftSighting, b: DriftSighting): number => b.lastAtMs - a.lastAtMs || b.count - a.count;

const instant = (ms: number): string => new Date(ms).toISOString();

const jsonOf = (rows: readonly DriftSighting[]): string => {
  const drift = rows.map(({ subject, path, kind, count, firstAtMs, lastAtMs, oldestVersion, example }) => ({
    ...{ subject, path, kind, count, firstSeen: instant(firstAtMs), lastSeen: instant(lastAtMs) },
    ...{ oldestVersion, example },
  }));
  return `${JSON.stringify({ drift }, null, 2)}\n`;
};

const listDrift = async ({ subject, registry, json, stack }: DriftOptions, out: SchemasTerminal['out']): Promise<void> => {
  const config = loadTableConfig(await environmentOf(stack));
  // What we emit is ours, and cannot drift.
  const known = registryAt(registry).registry.subjects.filter(({ kind }) => kind !== 'output').map((one) => one.subject);
  const rows = await withTable(config, (table) => readRows(dynamoDriftStore(table), subject === undefined ? known : [subject]));
  if (subject !== undefined && rows.length === 0 && !known.includes(subject))
    throw new ConfigError([`--subject: expected a subject of the registry or one with drift, got \`${subject}\`.`]);
  const sorted = [...rows].sort(latestFirst);
  out(json ? jsonOf(sorted) : driftText(sorted));
};

export const addDrift = (schemas: Command, { out }: SchemasTerminal): void => {
  schemas
    .command('drift')
    .description('how what arrives departs from the newest schemas, as the workers have counted it; what was seen last comes first')
    .option('--subject <subject>', 'only of this subject')
    .option(...registryOption)
    .addOption(stackOption())
    .option('--json', 'the same as JSON', false)
    .addHelpText('after', '\nReads TABLE_NAME, AWS_REGION, AWS_ENDPOINT_URL. Ends with 0 whether there is drift or none: it is a list, not a check.')
    .action((options: DriftOptions) => listDrift(options, out));
};
