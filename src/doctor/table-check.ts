import type { DescribedIndex, DescribedTable, KeyAttribute, TimeToLive } from '../ports-doctor';
import type { TableDefinition } from '../resources';
import { judge, type Finding } from './finding';
import { ifSeen, type Seen } from './seen';

const keysText = (keys: readonly KeyAttribute[]): string => keys.map(({ name, type }) => `${name} (${type})`).join(', ');

const judgeIndex = (index: DescribedIndex | undefined, { dueIndex }: TableDefinition): Finding => {
  const { name, partitionKey, sortKey } = dueIndex;
  const keys = `${partitionKey} (S), ${sortKey} (N)`;
  const isRight =
    index !== undefined && keysText(index.keys) === keys && index.projection === 'KEYS_ONLY' && index.status === 'ACTIVE';
  // More in it than is needed costs writes and breaks nothing.
  const isDear = index?.projection === 'ALL' || index?.projection === 'INCLUDE';
  const works = index?.status === 'ACTIVE' && keysText(index.keys) === keys && isDear;
  return judge({
    check: `index ${name}`,
    expected: `ACTIVE, keys ${keys}, KEYS_ONLY`,
    actual: index ? `${index.status}, keys ${keysText(index.keys)}, ${index.projection}` : 'not there',
    isRight,
    otherwise: works ? 'warn' : 'wrong',
    todo: works
      ? 'It works, and every write of a head pays for what it copies: make it anew, keys only.'
      : 'Make the index as src/resources.ts has it: without it no window is found when it is due, and none closes.',
  });
};

const judgeKeys = ({ status, keys }: DescribedTable, { partitionKey, sortKey }: TableDefinition): readonly Finding[] => {
  const wanted = `${partitionKey} (S), ${sortKey} (S)`;
  return [
    judge({
      check: 'state',
      expected: 'ACTIVE',
      actual: status,
      // Whatever is added to a table.
      isRight: status === 'ACTIVE' || status === 'UPDATING',
      todo: 'Wait until it is, or look at it in the console: nothing is admitted meanwhile.',
    }),
    judge({
      check: 'keys',
      expected: wanted,
      actual: keysText(keys),
      isRight: keysText(keys) === wanted,
      todo: 'Keys cannot be changed: is TABLE_NAME the table of this installation?',
    }),
  ];
};

const judgeCare = ({ billing, isProtected }: DescribedTable): readonly Finding[] => [
  judge({
    check: 'billing',
    expected: 'PAY_PER_REQUEST',
    actual: billing,
    isRight: billing === 'PAY_PER_REQUEST',
    otherwise: 'warn',
    todo: 'Switch to on-demand: provisioned capacity throttles at nine in the morning.',
  }),
  judge({
    check: 'deletion protection',
    expected: 'on',
    actual: isProtected ? 'on' : 'off',
    isRight: isProtected,
    otherwise: 'warn',
    todo: 'Switch it on, unless this is a trial: revisions and the bytes that were sent exist nowhere else.',
  }),
];

const judgeTtl = (seen: Seen<TimeToLive>, { timeToLive }: TableDefinition): readonly Finding[] => {
  const expected = `on ${timeToLive}`;
  const todo = `Switch TTL on for ${timeToLive}: nothing expires without it, and personal data stays.`;
  return ifSeen(seen, { check: 'TTL', expected, todo }, ({ status, attribute }) => [
    judge({
      check: 'TTL',
      expected,
      actual: attribute === null ? status : `${status} on ${attribute}`,
      isRight: (status === 'ENABLED' || status === 'ENABLING') && attribute === timeToLive,
      todo,
    }),
  ]);
};

const judgeBackups = (seen: Seen<string>): readonly Finding[] => {
  const expected = 'ENABLED';
  const todo = 'Switch point-in-time recovery on: a table that is lost is lost with all revisions.';
  return ifSeen(seen, { check: 'point-in-time recovery', expected, todo }, (actual) => [
    judge({ check: 'point-in-time recovery', expected, actual, isRight: actual === expected, otherwise: 'warn', todo }),
  ]);
};

export interface SeenTable {
  readonly table: Seen<DescribedTable>;
  readonly timeToLive: Seen<TimeToLive>;
  readonly backups: Seen<string>;
}

export const judgeTable = ({ table, timeToLive, backups }: SeenTable, wanted: TableDefinition): readonly Finding[] =>
  ifSeen(
    table,
    { check: 'table', expected: 'a table of that name', todo: 'Deploy the stack, or correct TABLE_NAME and AWS_REGION.' },
    (found) => [
      ...judgeKeys(found, wanted),
      judgeIndex(
        found.indexes.find(({ name }) => name === wanted.dueIndex.name),
        wanted,
      ),
      ...judgeTtl(timeToLive, wanted),
      ...judgeBackups(backups),
      ...judgeCare(found),
    ],
  );
