import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/* As much of IAM as the policies of infra/policies use. What they do not use is refused, so that nothing is waved through. */

/** One request, as IAM sees it. */
export interface IamRequest {
  readonly action: string;
  readonly resource: string;
  /** Partition keys that it names; empty where it names none, as a scan does. */
  readonly leadingKeys: readonly string[];
}

type Text = string | readonly string[];

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: Text;
  readonly Resource: Text;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Text>>>>;
}

export interface Policy {
  readonly name: string;
  readonly bytes: number;
  readonly statements: readonly Statement[];
}

export const policyNames = ['on-call-read', 'on-call-operator', 'on-call-privacy'] as const;
export type PolicyName = (typeof policyNames)[number];

/** With every name put in; a name that nobody gave is a mistake. */
export const readPolicy = (name: PolicyName, values: Readonly<Record<string, string>>): Policy => {
  const text = readFileSync(join(__dirname, '../../../infra/policies', `${name}.json`), 'utf8');
  const filled = text.replace(/\$\{(\w+)\}/g, (placeholder, key: string) => {
    const value = values[key];
    if (value === undefined)
      throw new Error(`Expected one of ${Object.keys(values).join(', ')} in ${name}.json; got ${placeholder}.`);
    return value;
  });
  const { Version, Statement: statements } = JSON.parse(filled) as { Version: string; Statement: readonly Statement[] };
  if (Version !== '2012-10-17') throw new Error(`Expected Version 2012-10-17 in ${name}.json; got ${Version}.`);
  return { name, bytes: JSON.stringify(JSON.parse(filled)).length, statements };
};

export const listOf = (text: Text): readonly string[] => (typeof text === 'string' ? [text] : text);

/** `*` and `?`, as in IAM. */
const isLike = (pattern: string, value: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(value);

const isAnyLike = (patterns: Text, value: string): boolean => listOf(patterns).some((pattern) => isLike(pattern, value));

const holds = (operator: string, key: string, wanted: Text, { leadingKeys }: IamRequest): boolean => {
  if (key !== 'dynamodb:LeadingKeys') throw new Error(`Expected conditions on dynamodb:LeadingKeys alone, got ${key}.`);
  switch (operator) {
    // True of nothing at all, too: that is what `Null` is for.
    case 'ForAllValues:StringLike':
      return leadingKeys.every((one) => isAnyLike(wanted, one));
    case 'ForAnyValue:StringLike':
      return leadingKeys.some((one) => isAnyLike(wanted, one));
    case 'Null':
      return (leadingKeys.length === 0) === (wanted === 'true');
    default:
      throw new Error(`Expected a known operator of conditions, got ${operator}.`);
  }
};

export const applies = (statement: Statement, request: IamRequest): boolean =>
  isAnyLike(statement.Action, request.action) &&
  isAnyLike(statement.Resource, request.resource) &&
  Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, key, wanted, request)),
  );

/** A deny outweighs every allow. */
export const isAllowed = (policies: readonly Policy[], request: IamRequest): boolean => {
  const applying = policies.flatMap(({ statements }) => statements).filter((statement) => applies(statement, request));
  return applying.length > 0 && applying.every(({ Effect }) => Effect === 'Allow');
};

/** Action and resource pattern (and key pattern) of each allow that no request was in need of. */
export const unusedParts = ({ statements }: Policy, requests: readonly IamRequest[]): readonly string[] =>
  statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) => {
      const keys = statement.Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
      const used = requests.filter((request) => applies(statement, request));
      const unusedIn = (what: Text, of: (request: IamRequest) => readonly string[]) =>
        listOf(what).filter((pattern) => !used.some((request) => of(request).some((value) => isLike(pattern, value))));
      return [
        ...unusedIn(statement.Action, ({ action }) => [action]),
        ...unusedIn(statement.Resource, ({ resource }) => [resource]),
        ...(keys === undefined ? [] : unusedIn(keys, ({ leadingKeys }) => leadingKeys)),
      ].map((part) => `${statement.Sid}: ${part}`);
    });
