import { customCleanEnv } from 'envalid';
import { crossChecks, type Name, type Values } from './config-checks';
import type { Kind, Variable } from './config-kinds';
import { variables } from './config-variables';

/* What the variables of an environment say, and what is wrong with them. Shows values, never secrets. */

export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that is set to nothing is not set. */
export const withoutEmpty = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));

/** As the environment would have it. */
export const textOf = (value: string | number | readonly string[] | undefined): string | undefined => value?.toString();

/** What came instead of what was expected. */
export const showText = (kind: Kind<unknown>, value: string | undefined): string => {
  if (value === undefined) return 'nothing';
  if (kind.secret) return 'something else (not shown)';
  // A password in an address is a secret, too.
  const shown = value.replace(/\/\/[^/]*@/, '//(not shown)@');
  return `\`${shown.length > 100 ? `${shown.slice(0, 100)}…` : shown}\``;
};

const show = (name: Name, value: string | undefined): string => showText((variables[name] as Variable<unknown>).kind, value);

export const readVariables = (given: Environment): { readonly values: Values; readonly problems: ReadonlyMap<Name, string> } => {
  const problems = new Map<Name, string>();
  const report = ({ errors }: { readonly errors: Partial<Record<Name, Error>> }) => {
    for (const name of Object.keys(errors) as Name[])
      problems.set(
        name,
        `${name}: expected ${variables[name].kind.type}, got ${show(name, given[name])}. ${variables[name].desc}`,
      );
  };
  const values = customCleanEnv(given, variables, (cleaned) => cleaned, { reporter: report });
  return { values, problems };
};

export const checkTogether = (values: Values, wrong: ReadonlyMap<Name, string>, checks = crossChecks): readonly string[] =>
  checks
    .filter((check) => !check.on.some((name) => wrong.has(name)) && !check.holds(values))
    .map(
      ({ on, expected }) =>
        `${on.join(', ')}: expected ${expected}, got ${on.map((name) => show(name, textOf(values[name]))).join(', ')}`,
    );
