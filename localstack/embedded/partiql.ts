import { ServiceError } from './service-error';

/*
 * As much of DynamoDB's PartiQL as writes one item under a condition, turned into the calls that say the same:
 *
 *   INSERT INTO "table" VALUE {'name': ?, …}
 *   UPDATE "table" SET "name" = ? … REMOVE "name" … WHERE "name" = ? AND "name" IS MISSING … [RETURNING ALL NEW *]
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.statements.html. Nothing of it is guessed: what has
 * another shape is refused.
 */

interface PutCall<A> {
  readonly TableName: string;
  readonly Item: Record<string, A>;
  readonly ConditionExpression: string;
}

interface UpdateCall<A> {
  readonly TableName: string;
  readonly Key: Record<string, A>;
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, A>;
  readonly ReturnValues?: 'ALL_NEW';
}

export type ItemCall<A> =
  { readonly kind: 'put'; readonly input: PutCall<A> } | { readonly kind: 'update'; readonly input: UpdateCall<A> };

type Parsed =
  | { readonly kind: 'put'; readonly table: string; readonly names: readonly string[] }
  | {
      readonly kind: 'update';
      readonly table: string;
      readonly set: readonly string[];
      readonly remove: readonly string[];
      /** Null: that it is missing. */
      readonly where: readonly (readonly [name: string, isMissing: boolean])[];
      readonly returnsNew: boolean;
    };

const refusal = (statement: string): ServiceError =>
  new ServiceError('UnknownOperationException', `Expected a statement of the shapes that are known here, got ${statement}`);

const insertShape = /^INSERT INTO "([\w.-]+)" VALUE \{((?:'\w+': \?(?:, )?)+)\}$/;
const updateShape = /^UPDATE "([\w.-]+)" ((?:(?:SET "\w+" = \?|REMOVE "\w+") )+)WHERE (.+?)( RETURNING ALL NEW \*)?$/;
const conditionShape = /^"(\w+)" (= \?|IS MISSING)$/;

const namesIn = (text: string, shape: RegExp): readonly string[] => [...text.matchAll(shape)].map(([, name]) => name!);

const parse = (statement: string): Parsed => {
  const insert = insertShape.exec(statement);
  if (insert) return { kind: 'put', table: insert[1]!, names: namesIn(insert[2]!, /'(\w+)'/g) };
  const update = updateShape.exec(statement);
  if (!update) throw refusal(statement);
  const [, table = '', changes = '', conditions = '', returning] = update;
  const where = conditions.split(' AND ').map((text) => {
    const [, name, test] = conditionShape.exec(text) ?? [];
    if (name === undefined) throw refusal(statement);
    return [name, test === 'IS MISSING'] as const;
  });
  const [set, remove] = [namesIn(changes, /SET "(\w+)"/g), namesIn(changes, /REMOVE "(\w+)"/g)];
  return { kind: 'update', table, set, remove, where, returnsNew: returning !== undefined };
};

const updateCall = <A>(
  { table, set, remove, where, returnsNew }: Extract<Parsed, { kind: 'update' }>,
  parameters: readonly A[],
): UpdateCall<A> => {
  const asked = where.filter(([, isMissing]) => !isMissing).map(([name]) => name);
  const values = new Map(asked.map((name, index) => [name, parameters[set.length + index]!]));
  const clauses = [
    ...(set.length > 0 ? [`SET ${set.map((name, index) => `#${name} = :set${index}`).join(', ')}`] : []),
    ...(remove.length > 0 ? [`REMOVE ${remove.map((name) => `#${name}`).join(', ')}`] : []),
  ];
  const conditions = where.map(([name, isMissing]) => (isMissing ? `attribute_not_exists(#${name})` : `#${name} = :was_${name}`));
  return {
    TableName: table,
    Key: { pk: values.get('pk')!, sk: values.get('sk')! },
    UpdateExpression: clauses.join(' '),
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(
      [...set, ...remove, ...where.map(([name]) => name)].map((name) => [`#${name}`, name]),
    ),
    ExpressionAttributeValues: {
      ...Object.fromEntries(set.map((_, index) => [`:set${index}`, parameters[index]!])),
      ...Object.fromEntries([...values].map(([name, value]) => [`:was_${name}`, value])),
    },
    ...(returnsNew ? { ReturnValues: 'ALL_NEW' as const } : {}),
  };
};

const known = new Map<string, Parsed>();

/** The call of the table's keys `pk` and `sk` that a statement stands for. Throws on one that it does not know. */
export const itemCallOf = <A>(statement: string, parameters: readonly A[]): ItemCall<A> => {
  const parsed = known.get(statement) ?? parse(statement);
  known.set(statement, parsed);
  if (parsed.kind === 'update') return { kind: 'update', input: updateCall(parsed, parameters) };
  const Item = Object.fromEntries(parsed.names.map((name, index) => [name, parameters[index]!]));
  return { kind: 'put', input: { TableName: parsed.table, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
};
