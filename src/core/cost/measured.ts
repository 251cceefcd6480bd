import { isObject, type JsonObject, objectsIn } from '../json';

/** What so many events took. */
export interface Taken {
  readonly sqsRequests: number;
  readonly tableWriteUnits: number;
  readonly indexWriteUnits: number;
  readonly readUnits: number;
  readonly publishes: number;
  readonly executions: number;
  readonly genesysRequests: number;
  readonly cpuSeconds: number;
  /** Standard output: log lines, and metrics as log lines. */
  readonly logBytes: number;
}

/** What a worker that is alone takes in an hour in which nothing comes. */
export type TakenIdle = Omit<Taken, 'publishes' | 'executions' | 'genesysRequests'>;

/** What a conversation takes beyond that in its own time, when its window is moved and looked at again. */
export type TakenAgain = Pick<Taken, 'tableWriteUnits' | 'indexWriteUnits' | 'readUnits'>;

/** One measured run: `npm run bench -- cost` writes it. Nothing in it was reckoned from a price or a guess. */
export interface MeasuredRun {
  readonly layout: 1;
  /** Day, program and machine. */
  readonly at: string;
  readonly program: string;
  readonly machine: string;
  readonly rttMs: number;
  readonly conversations: number;
  /** What came: a message holds one event or, of a detail envelope, several; some come twice. */
  readonly messages: number;
  readonly revisions: number;
  /** Of all conversations, less what the workers would have taken idle. */
  readonly taken: Taken;
  /** All messages were there at once in that run: this was counted on a virtual clock, for each conversation. */
  readonly again: TakenAgain;
  readonly idleHour: TakenIdle;
  /** Mean size of a message's body. */
  readonly messageBytes: number;
  /** What lies in the table afterwards, for one message. */
  readonly storedBytes: number;
  /** Metrics that CloudWatch counts as custom: names with their dimensions. */
  readonly metrics: number;
  readonly peakMemoryBytes: number;
}

const numbers = [
  'rttMs',
  'conversations',
  'messages',
  'revisions',
  'messageBytes',
  'storedBytes',
  'metrics',
  'peakMemoryBytes',
] as const satisfies readonly (keyof MeasuredRun)[];

export const idleNames = [
  'sqsRequests',
  'tableWriteUnits',
  'indexWriteUnits',
  'readUnits',
  'cpuSeconds',
  'logBytes',
] as const satisfies readonly (keyof TakenIdle)[];

const againNames = ['tableWriteUnits', 'indexWriteUnits', 'readUnits'] as const satisfies readonly (keyof TakenAgain)[];

export const takenNames = [
  ...idleNames,
  'publishes',
  'executions',
  'genesysRequests',
] as const satisfies readonly (keyof Taken)[];

export type MeasuredRead = { readonly run: MeasuredRun } | { readonly problems: readonly string[] };

const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const numberProblems = (at: string, given: JsonObject, names: readonly string[]): readonly string[] =>
  names
    .filter((name) => !isCount(given[name]))
    .map((name) => `${at}${name}: expected a number, 0 or more, got ${shown(given[name])}.`);

const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** The benchmark's JSON holds it in a report. */
const runWithin = (value: unknown): JsonObject => {
  const reports = isObject(value) ? objectsIn(value['reports']) : [];
  return asObject(reports.map(({ measured }) => measured).find(isObject) ?? value);
};

/** A run as a file holds it: by itself, or within the JSON of the benchmark that measured it. */
export const readMeasuredRun = (value: unknown): MeasuredRead => {
  const given = runWithin(value);
  if (given['layout'] !== 1)
    return { problems: ['Expected a run that `npm run bench -- cost --json` measured, of layout 1, got something else.'] };
  const problems = [
    ...numberProblems('', given, numbers),
    ...numberProblems('taken.', asObject(given['taken']), takenNames),
    ...numberProblems('again.', asObject(given['again']), againNames),
    ...numberProblems('idleHour.', asObject(given['idleHour']), idleNames),
    ...(given['messages'] === 0 ? ['messages: expected some, got 0. Measure a run in which something comes.'] : []),
  ];
  // Every number that is reckoned with was looked at; the rest is text that is only shown.
  return problems.length > 0 ? { problems } : { run: given as unknown as MeasuredRun };
};
