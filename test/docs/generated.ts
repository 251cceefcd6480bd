import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadWindowConfig } from '../../src/config';
import { type ConfigRow, configTable, describeConfig, describeIngest, describeWorker } from '../../src/config-described';
import { executionName, type HandoffPolicy, isHandedOff } from '../../src/core/handoff';
import { isObject, type Json, type JsonObject } from '../../src/core/json';
import { schemaId } from '../../src/core/registry/folder';
import { recordNotification } from '../../src/core/travel';
import { workerRights, type RightsOn } from '../../src/core/worker-rights';
import { silentLog } from '../../src/log';
import { replayLines } from '../../src/replay';
import { alarmRows } from '../../infra/alarms/words';
import { defaultAlarms } from '../infra/default-alarms';
import { registry } from '../outside';
import { compatibilityBlocks } from './compatibility';
import { costOfARun } from './cost-command';
import { costBlocks } from './costs';
import { settingTable } from './settings';

/* What the pages in docs/ say that the code knows better: each is written from the code, by a name that the page marks. */

const root = path.join(__dirname, '..', '..');

const readJson = (file: string): JsonObject => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as JsonObject;

const asObject = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
/** What Markdown would take for a tag or the end of a cell is not. */
const proseOf = (value: Json | undefined): string => (typeof value === 'string' ? value.replaceAll(/[<|]/g, '\\$&') : '');

/** A type as a reader would say it. */
const typeOf = (schema: JsonObject): string => {
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => `\`${String(value)}\``).join(', ');
  if ('const' in schema) return `\`${JSON.stringify(schema['const'])}\``;
  if ('$ref' in schema) return 'object';
  const types = [schema['type']].flat().filter((type) => typeof type === 'string');
  const words = types.map((type) => {
    if (type === 'array') return `list of ${typeOf(asObject(schema['items']))}s`;
    return type === 'string' ? (schema['format'] === 'date-time' ? 'time' : 'text') : type;
  });
  return words.join(' or ');
};

/** One row for each field, those within it after it: `metrics.talkMs`, `sessions[].userId`. */
const rowsOf = (schema: JsonObject, at = ''): readonly string[] =>
  Object.entries(asObject(schema['properties'])).flatMap(([name, value]) => {
    const field = asObject(value);
    const isList = field['type'] === 'array';
    const inner = isList ? asObject(field['items']) : field;
    const here = `${at}${name}${isList ? '[]' : ''}`;
    const row = `| \`${at}${name}\` | ${typeOf(field)} | ${proseOf(field['description'])} |`;
    return [row, ...rowsOf(inner, `${here}.`)];
  });

const fieldTable = (file: string): string => ['| field | type | |', '|---|---|---|', ...rowsOf(readJson(file))].join('\n');

const widest = 118;

/** JSON as a person would lay it out: on one line what fits there. */
const layOut = (value: Json, indent = ''): string => {
  const inOneLine = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  if (typeof value !== 'object' || value === null || indent.length + inOneLine.length <= widest) return inOneLine;
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const members = isList
    ? value.map((one: Json) => `${inner}${layOut(one, inner)}`)
    : Object.entries(value as JsonObject).map(([key, one]) => `${inner}${JSON.stringify(key)}: ${layOut(one, inner)}`);
  return `${isList ? '[' : '{'}\n${members.join(',\n')}\n${indent}${isList ? ']' : '}'}`;
};

const fenced = (language: string, body: string): string => `\`\`\`${language}\n${body}\n\`\`\``;

const replayed = async (byTime: boolean, environment: Readonly<Record<string, string>> = {}) => {
  const lines = readFileSync(path.join(root, 'docs/example.jsonl'), 'utf8');
  const options = { registry, settings: loadWindowConfig(environment), byTime, shuffle: null, log: silentLog };
  return replayLines(lines, options);
};

const exampleRecord = async (): Promise<string> => {
  const { records } = await replayed(false);
  return fenced('json', records.map((record) => layOut(record as unknown as Json)).join('\n'));
};

const exampleRevisions = async (): Promise<string> => {
  const { records } = await replayed(true);
  const rows = records.map(
    (record) =>
      `| ${record.revision} | ${record.pane} | ${record.status} | ${record.supersedes ?? ''} | ${record.changed.join(', ')} | \`${executionName(record)}\` |`,
  );
  return ['| revision | pane | status | supersedes | changed | execution |', '|---|---|---|---|---|---|', ...rows].join('\n');
};

const policies: readonly HandoffPolicy[] = ['final', 'every', 'first'];
const yesOr = (isTrue: boolean): string => (isTrue ? 'yes' : '–');

const policyTable = (): string => {
  const rows = (['early', 'on_time', 'late'] as const).map(
    (pane) => `| \`${pane}\` | ${policies.map((policy) => yesOr(isHandedOff(policy, pane))).join(' | ')} |`,
  );
  const names = policies.map((policy) => `\`${policy}\``).join(' | ');
  return [`| pane | ${names} |`, '|---|---|---|---|', ...rows].join('\n');
};

/** The same lines with early records, and which policies hand each revision off. */
const examplePanes = async (): Promise<string> => {
  const { records } = await replayed(true, { EMIT_PARTIAL_EVERY: '2m' });
  const rows = records.map(({ revision, pane, status, eventCount, changed }) => {
    const by = policies.filter((policy) => isHandedOff(policy, pane)).map((policy) => `\`${policy}\``);
    return `| ${revision} | ${pane} | ${status} | ${eventCount} | ${changed.join(', ')} | ${by.join(', ')} |`;
  });
  return ['| revision | pane | status | events | changed | handed off under |', '|---|---|---|---|---|---|', ...rows].join('\n');
};

const attributeTable = async (): Promise<string> => {
  const [record] = (await replayed(false)).records;
  const rows = Object.entries(recordNotification(record!).attributes).map(([name, value]) => `| \`${name}\` | \`${value}\` |`);
  return ['| attribute | in the example |', '|---|---|', ...rows].join('\n');
};

/** What most installations set besides; all others are in docs/configuration.md. */
const oftenSet: ReadonlySet<string> = new Set([
  'CALL_DETAILS',
  'GENESYS_SECRET_ARN',
  'GENESYS_REQUESTS_PER_MINUTE',
  'RECONCILE_AFTER_HOURS',
  'HOLD_MS',
  'ACW_HOLD_MS',
  'IDLE_MS',
  'HANDOFF_POLICY',
  'ENRICHMENT_STEPS',
]);

/** What has to be set, and what often is: its default, or what requires it. */
const variableTable = (): string => {
  const defaultOf = ({ default: value, required }: ConfigRow): string =>
    value !== '' ? `\`${value}\`` : required === 'no' ? '' : `**required** ${required === 'yes' ? '' : required}`.trim();
  const shown = describeConfig().filter(({ name, required }) => required !== 'no' || oftenSet.has(name));
  const rows = shown.map((row) => `| \`${row.name}\` | ${defaultOf(row)} | ${row.description} |`);
  return ['| variable | default | |', '|---|---|---|', ...rows].join('\n');
};

const rightsOn: Readonly<Record<RightsOn, string>> = {
  intakeQueue: 'the intake queue',
  deadLetterQueue: 'the dead-letter queue',
  table: 'the table',
  dueIndex: 'its index `due`',
  stateMachine: 'the state machine',
  topic: 'the topic',
  genesysSecret: 'the secret with the OAuth client of Genesys',
};

const rightsTable = (): string => {
  const rows = Object.entries(rightsOn).map(
    ([on, words]) => `| ${words} | ${workerRights[on as RightsOn].map((action) => `\`${action}\``).join(', ')} |`,
  );
  return ['| on | actions |', '|---|---|', ...rows].join('\n');
};

/** The newest schema of what Tidemark emits. */
const newest = (subject: string): string => schemaId(subject, registry.versionsOf(subject).length);

/** Block → what must stand in it. */
export const blocks: Readonly<Record<string, () => string | Promise<string>>> = {
  configuration: () => configTable(describeWorker()),
  'ingest-variables': () => configTable(describeIngest()),
  variables: variableTable,
  settings: settingTable,
  'worker-rights': rightsTable,
  'record-fields': () => fieldTable(newest('tidemark.record')),
  'execution-input-fields': () => fieldTable(newest('tidemark.execution-input')),
  'example-record': exampleRecord,
  'example-revisions': exampleRevisions,
  'handoff-policies': policyTable,
  'example-panes': examplePanes,
  'event-fields': () => fieldTable(newest('tidemark.event')),
  'passed-event-fields': () => fieldTable(newest('tidemark.passed-event')),
  'notification-attributes': attributeTable,
  ...costBlocks,
  'cost-of-a-run': costOfARun,
  alarms: () => ['| alarm | metric | threshold | |', '|---|---|---|---|', ...alarmRows(defaultAlarms)].join('\n'),
  ...compatibilityBlocks,
};
