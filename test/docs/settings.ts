import { settingDefinitions } from '../../infra/setting-definitions';
import type { Variable } from '../../src/config-kinds';

/** Every setting of a deploy, as docs/operations.md has it. */
export const settingTable = (): string => {
  const rows = Object.entries<Variable<string | number | readonly string[]>>(settingDefinitions).map(
    ([name, { default: value, kind, desc }]) => {
      const shown = value === undefined ? '' : (kind.show?.(value) ?? value).toString();
      return `| \`${name}\` | ${shown === '' ? '' : `\`${shown}\``} | ${kind.type} | ${desc} |`;
    },
  );
  return ['| setting | default | expects | |', '|---|---|---|---|', ...rows].join('\n');
};
