import type { TopicChoice } from '../../genesys/provisioning-topics';
import type { Change } from '../../genesys/provisioning-plan';
import { isInOrder, sourceText, type SourceReport } from './event-source';

/** What a run found, did and found again. */
export interface ProvisionReport {
  readonly host: string;
  readonly organisationId: string;
  readonly name: string;
  readonly accountId: string;
  readonly isDryRun: boolean;
  /** Null: not there, in a dry run. */
  readonly integrationId: string | null;
  readonly intendedState: string | null;
  readonly reportedState: string | null;
  readonly changes: readonly Change[];
  readonly notTaken: readonly Change[];
  readonly topics: TopicChoice;
  /** Null: AWS was not asked. */
  readonly source: SourceReport | null;
}

const value = (text: string | null): string => (text === null ? 'none' : JSON.stringify(text));
const count = (topics: readonly string[], what: string): string =>
  `${topics.length} topic${topics.length === 1 ? '' : 's'} ${what}`;

const changeLines = (change: Change): readonly string[] => {
  switch (change.kind) {
    case 'create':
      return [`+ integration ${value(change.name)} of type amazon-eventbridge-source`];
    case 'set':
      return [`~ ${change.property}: ${value(change.from)} -> ${value(change.to)}`];
    case 'topics':
      return [
        `~ eventFilter: ${count(change.added, 'more')}, ${count(change.removed, 'fewer')}`,
        ...change.added.map((topic) => `    + ${topic}`),
        // Whatever is in a filter goes to a terminal.
        ...change.removed.map((topic) => `    - ${/^[\w.{}-]+$/.test(topic) ? topic : JSON.stringify(topic)}`),
      ];
    case 'enable':
      return [`~ intendedState: ${value(change.from)} -> "ENABLED"`];
    default:
      return change satisfies never;
  }
};

const indented = (changes: readonly Change[]): readonly string[] => changes.flatMap(changeLines).map((line) => `  ${line}`);

/** What is, against what should be. */
export const changesText = ({ host, organisationId, name, isDryRun, changes }: ProvisionReport): string => {
  const where = `Integration ${value(name)} of organisation ${organisationId} at ${host}`;
  if (changes.length === 0) return `${where}: nothing to do.\n`;
  return [`${where}${isDryRun ? ' would change' : ' changes'}:`, ...indented(changes), ''].join('\n');
};

const topicLines = ({ notOffered, doubtful }: TopicChoice): readonly string[] => [
  ...(notOffered.length > 0
    ? [`Left out, because this organisation is not offered them through EventBridge: ${notOffered.join(', ')}.`]
    : []),
  ...(doubtful.length > 0
    ? [
        `Asked for, although this organisation is not offered them through EventBridge, because records are built from them: ${doubtful.join(', ')}. Look whether they come.`,
      ]
    : []),
];

const stateLine = ({ integrationId, intendedState, reportedState }: ProvisionReport): string =>
  `Integration ${String(integrationId)} is ${value(intendedState)}; Genesys reports ${value(reportedState)}.`;

/** What came of it. */
export const outcomeText = (report: ProvisionReport, nowMs: number): string => {
  const { integrationId, notTaken, topics, source, accountId } = report;
  return [
    ...(notTaken.length > 0 ? ['Read back, Genesys has otherwise than it was told:', ...indented(notTaken)] : []),
    ...topicLines(topics),
    ...(integrationId === null ? [] : [stateLine(report)]),
    ...(source ? [sourceText(source, accountId, nowMs)] : []),
    '',
  ].join('\n');
};

const changeJson = ({ kind, ...rest }: Change) => ({ change: kind, ...rest });

export const reportJson = (report: ProvisionReport): string => {
  const { changes, notTaken, source, isDryRun, ...rest } = report;
  const where =
    source?.kind === 'there' && source.expiresAtMs !== null
      ? { ...source, expiresAt: new Date(source.expiresAtMs).toISOString(), expiresAtMs: undefined }
      : source;
  const asJson = {
    target: 'integration',
    dryRun: isDryRun,
    ...rest,
    changes: changes.map(changeJson),
    notTaken: notTaken.map(changeJson),
    source: where,
  };
  return `${JSON.stringify(asJson, null, 2)}\n`;
};

/** Something for a person to look at. In a dry run, what would be changed; a source that cannot be there yet is not. */
export const mustBeLookedAt = (report: ProvisionReport): boolean => {
  const { isDryRun, integrationId, changes, notTaken, reportedState, topics, source } = report;
  const isSourceAmiss = source !== null && integrationId !== null && !isInOrder(source);
  return (
    (isDryRun && changes.length > 0) ||
    notTaken.length > 0 ||
    reportedState === 'ERROR' ||
    topics.doubtful.length > 0 ||
    isSourceAmiss
  );
};
