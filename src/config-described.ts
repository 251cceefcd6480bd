import { isOnlyForIngest, isReadByIngest } from './config-ingest';
import type { Variable } from './config-kinds';
import { textOf } from './config-read';
import { variables } from './config-variables';

export interface ConfigRow {
  readonly name: string;
  readonly type: string;
  /** Empty: none. */
  readonly default: string;
  /** `yes`, `no` or the condition. */
  readonly required: string;
  readonly description: string;
}

/** The documentation of every variable, from the definition that reads them. */
export const describeConfig = (): readonly ConfigRow[] =>
  Object.entries<Variable<string | number | readonly string[]>>(variables).map(([name, variable]) => ({
    name,
    type: variable.kind.type,
    default:
      textOf(variable.default === undefined ? undefined : (variable.kind.show?.(variable.default) ?? variable.default)) ?? '',
    required: variable.required,
    description: variable.desc,
  }));

/** What the worker reads. */
export const describeWorker = (): readonly ConfigRow[] => describeConfig().filter(({ name }) => !isOnlyForIngest(name));

/** What `tidemark ingest` reads. */
export const describeIngest = (): readonly ConfigRow[] => describeConfig().filter(({ name }) => isReadByIngest(name));

/** As the documentation has it. */
export const configTable = (rows: readonly ConfigRow[]): string =>
  [
    '| variable | required | default | expects | |',
    '|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| \`${row.name}\` | ${row.required} | ${row.default === '' ? '' : `\`${row.default}\``} | ${row.type} | ${row.description} |`,
    ),
  ].join('\n');
