import { countDifferences, type ChangedTopic, type NewTopic, type TopicDifference, type TopicsReport } from '../../core/registry/genesys/topic-differences';

/** Lines of one list; JSON has them all. */
const mostLines = 100;
const mostValues = 20;

/** As JSON: a value is whatever the sender wrote, control characters too. */
const valuesText = (values: readonly string[]): string => {
  const more = values.length > mostValues ? ` and ${values.length - mostValues} more` : '';
  return `${values.slice(0, mostValues).map((value) => JSON.stringify(value.slice(0, 60))).join(', ')}${more}`;
};

const differenceText = (difference: TopicDifference): string => {
  const { kind, path } = difference;
  switch (kind) {
    case 'new-field':
      return `+ ${path}: ${difference.type}`;
    case 'field-gone':
      return `- ${path}`;
    case 'new-values':
      return `+ ${path}: ${valuesText(difference.values)}`;
    case 'values-gone':
      return `- ${path}: ${valuesText(difference.values)}`;
    case 'changed-type':
      return `~ ${path}: ${difference.ours} here, ${difference.theirs} there`;
    case 'unreadable':
      return `? ${path}: not compared; ${difference.why}`;
    default:
      return kind satisfies never;
  }
};

const list = (title: string, lines: readonly string[]): readonly string[] => {
  if (lines.length === 0) return [];
  const more = lines.length > mostLines ? [`  … and ${lines.length - mostLines} more`] : [];
  return ['', title, ...lines.slice(0, mostLines).map((line) => `  ${line}`), ...more];
};

const changedText = ({ topic, version, differences }: ChangedTopic): readonly string[] =>
  list(`${topic}, here v${version}:`, differences.map(differenceText));

const newText = ({ topic, fields, transports }: NewTopic): string =>
  `${topic} (${fields === null ? 'without a schema' : `${fields} fields`}${transports === null ? ', transports not told' : ''})`;

const summary = (report: TopicsReport): string => {
  const { changed, newTopics, gone } = report;
  return `Differences: ${countDifferences(report)}. Topics changed: ${changed.length}, new: ${newTopics.length}, gone: ${gone.length}.`;
};

/** The report for a reader. `+` is there and not here, `-` is here and not there. */
export const fetchText = (report: TopicsReport, source: string): string =>
  [
    `Compared: the registry with ${source}. Topics offered: ${report.offered}, of those in the registry: ${report.compared}.`,
    ...report.changed.flatMap(changedText),
    ...list('New, and can be routed through EventBridge:', report.newTopics.map(newText)),
    ...list('Not offered any more, or not to this organisation:', report.gone),
    ...list('In the registry, but not offered through EventBridge (no difference):', report.notRouted),
    ...list('Known from payloads, though their schema lacks it (no difference):', report.seenInPayloads),
    '',
    `Other topics, which cannot be routed through EventBridge: ${report.otherTopics}.`,
    ...(report.unusable > 0 ? [`Entries of the answer that are no topic, or repeat one: ${report.unusable}.`] : []),
    summary(report),
    '',
  ].join('\n');
