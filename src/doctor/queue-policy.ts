import { isObject, type JsonObject } from '../core/json';

/* As much of a queue's policy as says who of EventBridge may send: which rules, or all of them. */

const textsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');

const statementsOf = (policy: string | undefined): readonly JsonObject[] => {
  if (policy === undefined || policy === '') return [];
  const parsed = JSON.parse(policy) as unknown;
  const statements = isObject(parsed) ? parsed['Statement'] : [];
  return (Array.isArray(statements) ? statements : [statements]).filter(isObject);
};

const isOfEventBridge = ({ Principal: principal }: JsonObject): boolean =>
  textsIn(principal).includes('*') ||
  (isObject(principal) &&
    (textsIn(principal['Service']).includes('events.amazonaws.com') || textsIn(principal['AWS']).includes('*')));

const isAboutSending = ({ Action: action }: JsonObject): boolean =>
  textsIn(action).some((one) => ['sqs:sendmessage', 'sqs:*', '*'].includes(one.toLowerCase()));

/** Of the source: the rule itself, or its account. */
const ruleNamedBy = (key: string, value: string): readonly string[] => {
  if (key.toLowerCase() === 'aws:sourcearn') return [value];
  return key.toLowerCase() === 'aws:sourceaccount' ? [`arn:*:events:*:${value}:rule/*`] : [];
};

/** ARNs of rules that the conditions name; null: they name none, and any rule of anybody's may. */
const sourcesOf = ({ Condition: condition }: JsonObject): readonly string[] | null => {
  const operands = isObject(condition) ? Object.values(condition).filter(isObject) : [];
  const named = operands
    .flatMap((one) => Object.entries(one))
    .flatMap(([key, values]) => textsIn(values).flatMap((value) => ruleNamedBy(key, value)));
  return named.length === 0 ? null : named;
};

export interface Senders {
  /** ARNs of rules, as the policy has them; with `*` and `?` perhaps. */
  readonly rules: readonly string[];
  readonly isOpenToAll: boolean;
}

/** Whom of EventBridge the policy lets send. */
export const sendersOf = (policy: string | undefined): Senders => {
  const sources = statementsOf(policy)
    .filter(({ Effect: effect }) => effect === 'Allow')
    .filter((statement) => isOfEventBridge(statement) && isAboutSending(statement))
    .map(sourcesOf);
  return { rules: sources.flatMap((some) => some ?? []), isOpenToAll: sources.includes(null) };
};

const isLike = (pattern: string, value: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(value);

export const letsIn = ({ rules, isOpenToAll }: Senders, ruleArn: string): boolean =>
  isOpenToAll || rules.some((rule) => isLike(rule, ruleArn));
