import { type Command, InvalidArgumentError, Option } from 'commander';
import type { StoppedFilter } from '../../core/on-call/filter';
import { type StoppedPlace, stoppedPlaces } from '../../core/on-call/stopped';
import { JsonPathInvalidError, readJsonPath } from '../../on-call/match';

/** What the options of a filter hold once they are read; beside them may be others. */
export interface FilterOptions {
  readonly id?: readonly string[];
  readonly group?: readonly string[];
  readonly place?: readonly StoppedPlace[];
  readonly reason?: readonly string[];
  readonly subject?: readonly string[];
  readonly type?: readonly string[];
  readonly conversation?: string;
  readonly olderThan?: number;
  readonly newerThan?: number;
  readonly where?: string;
}

const unitsMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const duration = (text: string): number => {
  const [, digits = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (digits === '') throw new InvalidArgumentError('Expected a whole number with its unit: 90s, 30m, 2h or 3d.');
  return Number(digits) * unitsMs[unit as keyof typeof unitsMs];
};

const durationText = (ms: number): string => {
  const unit = (['d', 'h', 'm'] as const).find((one) => ms > 0 && ms % unitsMs[one] === 0) ?? 's';
  return `${ms / unitsMs[unit]}${unit}`;
};

const jsonPath = (text: string): string => {
  try {
    readJsonPath(text);
    return text;
  } catch (error) {
    if (error instanceof JsonPathInvalidError) throw new InvalidArgumentError(error.message);
    throw error;
  }
};

const addTo = (text: string, known: readonly string[] | undefined): readonly string[] => [...(known ?? []), text];

const place = (text: string, known: readonly StoppedPlace[] | undefined): readonly StoppedPlace[] => {
  const named = stoppedPlaces.find((one) => one === text);
  if (named === undefined) throw new InvalidArgumentError(`Expected one of ${stoppedPlaces.join(', ')}.`);
  return [...(known ?? []), named];
};

const several = (flags: string, what: string): Option => new Option(flags, `${what}; may be repeated`).argParser(addTo);

/** The filter of every command of the group: what passes all parts that are given. */
export const addFilterOptions = (command: Command): Command =>
  [
    several('--id <id>', 'only this message, window (its conversation) or execution (its name)'),
    several('--group <group>', 'only this group'),
    new Option('--place <place>', `only what stopped there: ${stoppedPlaces.join(', ')}; may be repeated`).argParser(place),
    several('--reason <reason>', 'only of this reason'),
    several('--subject <subject>', 'only of this subject of the schema registry'),
    several('--type <type>', 'only of this type, as its carrier calls it'),
    new Option('--conversation <id>', 'only of this conversation'),
    new Option('--older-than <age>', 'only what stopped at least so long ago: 30m, 2h, 3d').argParser(duration),
    new Option('--newer-than <age>', 'only what stopped at most so long ago').argParser(duration),
    new Option('--where <jsonpath>', 'only where this JSONPath (RFC 9535) finds something in the body').argParser(jsonPath),
  ].reduce((added, option) => added.addOption(option), command);

/** `ids`: those that were given as arguments. */
export const readFilter = (options: FilterOptions, ids: readonly string[] = []): StoppedFilter => {
  const allIds = [...ids, ...(options.id ?? [])];
  const { group, reason, subject, type, conversation, olderThan, newerThan, where } = options;
  return {
    ...(allIds.length === 0 ? {} : { ids: allIds }),
    ...(group && { groups: group }),
    ...(options.place && { places: options.place }),
    ...(reason && { reasons: reason }),
    ...(subject && { subjects: subject }),
    ...(type && { types: type }),
    ...(conversation === undefined ? {} : { conversationId: conversation }),
    ...(olderThan === undefined ? {} : { olderThanMs: olderThan }),
    ...(newerThan === undefined ? {} : { newerThanMs: newerThan }),
    ...(where === undefined ? {} : { where }),
  };
};

const quoted = (text: string): string => (/^[\w.:@/{}-]+$/.test(text) ? text : JSON.stringify(text));

const flag = (name: string, values: readonly string[] | undefined): readonly string[] =>
  (values ?? []).map((value) => `--${name} ${quoted(value)}`);

const asList = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

/** One line, as it would be typed; `everything` for none. */
export const describeFilter = (filter: StoppedFilter): string => {
  const parts = [
    ...flag('id', filter.ids),
    ...flag('group', filter.groups),
    ...flag('place', filter.places),
    ...flag('reason', filter.reasons),
    ...flag('subject', filter.subjects),
    ...flag('type', filter.types),
    ...flag('conversation', asList(filter.conversationId)),
    ...flag('older-than', asList(filter.olderThanMs).map(durationText)),
    ...flag('newer-than', asList(filter.newerThanMs).map(durationText)),
    ...flag('where', asList(filter.where)),
  ];
  return parts.length === 0 ? 'everything' : parts.join(' ');
};
