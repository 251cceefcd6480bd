import type { ConfigRow } from '../config-described';

/** What `--help` says of the variables that a command reads. */
export const variablesHelp = (rows: readonly ConfigRow[]): string =>
  [
    '',
    'Configuration comes from the environment:',
    ...rows.map(
      ({ name, required, type, description, ...row }) =>
        `  ${name}\n      ${description}\n      Expects ${type}. ${row.default === '' ? `Required: ${required}.` : `Default: ${row.default}.`}`,
    ),
  ].join('\n');
