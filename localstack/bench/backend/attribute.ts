/** A value as DynamoDB's JSON has it: one field, named by its type. */
export interface Attribute {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: true;
  readonly L?: readonly Attribute[];
  readonly M?: Item;
}

export type Item = Readonly<Record<string, Attribute>>;

export const textOf = (item: Item, name: string): string => item[name]?.S ?? '';

/** Numbers by value, texts by code unit: what we put into keys is ASCII, where that is the order of bytes. */
export const compare = (one: Attribute, other: Attribute): number => {
  if (one.N !== undefined && other.N !== undefined) return Number(one.N) - Number(other.N);
  const [left, right] = [one.S ?? one.B ?? '', other.S ?? other.B ?? ''];
  if (left === right) return 0;
  return left < right ? -1 : 1;
};

export const equal = (one: Attribute | undefined, other: Attribute | undefined): boolean =>
  one !== undefined && other !== undefined && JSON.stringify(one) === JSON.stringify(other);

/** Two digits in a byte, and one for the exponent. */
const numberBytes = (text: string): number => Math.ceil(text.replace(/[-.]/, '').length / 2) + 1;

const valueBytes = ({ S, N, B, L, M }: Attribute): number => {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return numberBytes(N);
  if (B !== undefined) return Buffer.byteLength(B, 'base64');
  if (L !== undefined) return L.reduce((sum, one) => sum + valueBytes(one) + 1, 3);
  if (M !== undefined) return itemBytes(M) + 3 + Object.keys(M).length;
  return 1;
};

/** What DynamoDB bills: attribute names and values (developer guide, "DynamoDB item sizes and formats"). */
export const itemBytes = (item: Item): number => {
  let sum = 0;
  for (const name in item) sum += Buffer.byteLength(name) + valueBytes(item[name]!);
  return sum;
};
