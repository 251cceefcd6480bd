import type { FieldDifference } from '../core/on-call/field-differences';
import type { HistoryReplayed, RecordDifference } from '../replay-history';

const shown = (value: unknown): string => (value === undefined ? '(nothing)' : JSON.stringify(value));

const fieldLines = ({ path, before, now }: FieldDifference): string => `  ${path}\n  - ${shown(before)}\n  + ${shown(now)}\n`;

const differenceText = ({ life, revision, fields }: RecordDifference): string =>
  fields === null
    ? `Revision ${revision} of life ${life}: no record came out of what the file holds.\n`
    : `Revision ${revision} of life ${life} differs (- in the file, + as replayed):\n${fields.map(fieldLines).join('')}`;

/** Where the records that came out differ from those in the file; nothing where they are the same. */
export const differencesText = ({ differences }: HistoryReplayed): string =>
  differences.length === 0
    ? ''
    : `${differences.map(differenceText).join('')}It can be that events had expired before the export, that they came again in another form, or that a mapper is newer now: \`producedBy\` says which made a record.\n`;
