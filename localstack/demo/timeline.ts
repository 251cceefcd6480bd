import type { ConversationRecord, LifecycleEntry, SessionSummary } from '../../src/core/record';
import type { Observed } from './observe';

/* One conversation, told in order. Names nobody: agents, queues and flows are numbered, numbers and attributes left out. */

/** Something that happened, with the time since the conversation began. */
interface Line {
  readonly atMs: number;
  readonly text: string;
}

const toLine = ({ atMs, text }: Line): string => {
  const seconds = atMs / 1000;
  const minutes = Math.floor(seconds / 60);
  return `  ${String(minutes).padStart(3)}:${(seconds % 60).toFixed(3).padStart(6, '0')}  ${text}`;
};

const idOf = ({ family, userId, queueId, flowId, sessionId }: SessionSummary): string =>
  ({ user: userId, acd: queueId, flow: flowId })[family as string] ?? sessionId;

const labels: Readonly<Record<string, string>> = { user: 'agent', acd: 'queue', flow: 'flow', customer: 'customer' };

/** `agent 2` for the second agent there was. */
const namer = ({ sessions }: ConversationRecord) => {
  const ordered = sessions.toSorted((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1));
  return (session: SessionSummary): string => {
    const ids = ordered.filter(({ family }) => family === session.family).map(idOf);
    return `${labels[session.family] ?? session.family} ${[...new Set(ids)].indexOf(idOf(session)) + 1}`;
  };
};

/** An entry names no session, but the time at which one started or ended does. */
const who = (record: ConversationRecord, { action, timestamp }: LifecycleEntry): string => {
  const [family, what] = action.split('.');
  const nameOf = namer(record);
  const session = record.sessions.find(
    (one) => one.family === family && (what === 'start' ? one.startedAt : one.endedAt) === timestamp,
  );
  if (!session) return '';
  const how = what === 'end' && session.disconnectType !== null ? `, ${session.disconnectType}` : '';
  return nameOf(session) + how;
};

const seconds = (ms: number | null): string => (ms === null ? 'unknown' : `${(ms / 1000).toFixed(1)} s`);

const measures = ({ metrics, durationMs }: ConversationRecord): string =>
  [
    `lasted ${seconds(durationMs)}`,
    `talk ${seconds(metrics.talkMs)}`,
    `hold ${seconds(metrics.holdMs)}`,
    `after-call work ${seconds(metrics.afterCallWorkMs)}`,
    `handled ${seconds(metrics.handleMs)}`,
    `transfers ${metrics.transfers}`,
  ].join(' · ');

/** The richest story there is: a voice call with transfer, hold and after-call work, of few lines. */
const interest = ({ mediaType, metrics, lifecycle, sessions }: ConversationRecord): number =>
  Number(mediaType === 'voice') +
  2 * Number(sessions.length > 0) +
  2 * Number(metrics.transfers > 0) +
  2 * Number((metrics.holdMs ?? 0) > 0) +
  2 * Number((metrics.afterCallWorkMs ?? 0) > 0) -
  lifecycle.length / 1000;

export const pickStory = (records: Observed['records']): ConversationRecord | undefined =>
  [...records.values()].flatMap((revisions) => revisions.at(-1)?.record ?? []).toSorted((a, b) => interest(b) - interest(a))[0];

export const timeline = (record: ConversationRecord): string => {
  const { conversationId, revision, pane, status, mediaType, direction, startedAt, states, lifecycle } = record;
  const sinceMs = Date.parse(startedAt ?? lifecycle[0]?.timestamp ?? '');
  const lines = lifecycle.map((entry) => {
    const text = `${String(entry.sequence).padStart(3)}  ${entry.action.padEnd(16)}${who(record, entry)}`;
    return toLine({ atMs: Date.parse(entry.timestamp ?? '') - sinceMs, text: text.trimEnd() });
  });
  return [
    `Conversation ${conversationId}: ${direction} ${mediaType}, revision ${revision} (${pane}, ${status})`,
    ...lines,
    `  ${measures(record)}`,
    `  states: ${states.map(({ state }) => state).join(' → ')}`,
  ].join('\n');
};
