import { synthesize, type Conversation } from '../embedded/genesys/analytics';
import type { Fault } from '../embedded/genesys/faults';
import type { Beside, Known } from '../traffic/beside';
import { scriptGenesys } from './genesys';
import type { Plan } from './plan';

/* What the fake Genesys is told of a day: it lags, now and then it refuses, and some things it never has. */

const isRecorded = (known: Known | undefined): boolean => known !== undefined && known.talk !== 'unrecorded';

const withoutRecording = (conversation: Conversation): Conversation => {
  const participants = conversation['participants'] as readonly { readonly sessions?: readonly object[] }[];
  const silent = participants.map((one) => ({
    ...one,
    sessions: (one.sessions ?? []).map((session) => ({ ...session, recording: false })),
  }));
  return { ...conversation, participants: silent };
};

/** Of all conversations: of those that nobody scripted, made up ones. */
const analyticsOf = ({ analytics, conversations }: Plan, known: readonly Known[]): readonly Conversation[] => {
  const scripted = new Set(analytics.map(({ conversationId }) => conversationId));
  const others = conversations.filter(({ conversationId }) => !scripted.has(conversationId));
  const knownById = new Map(known.map((each) => [each.conversationId, each]));
  return [...analytics, ...others.map(({ conversationId }) => synthesize(conversationId))].map((conversation) =>
    isRecorded(knownById.get(conversation.conversationId)) ? conversation : withoutRecording(conversation),
  );
};

const liveOf = ({ conversationId, participantId, attributes }: Known) =>
  attributes === null
    ? []
    : [
        {
          id: conversationId,
          participants: [
            { id: participantId, purpose: 'customer', attributes },
            { id: `${conversationId}-agent`, purpose: 'agent', attributes: {} },
          ],
        },
      ];

const transcriptOf = ({ conversationId, communicationId, talk }: Known) => {
  if (talk === null || talk === 'unrecorded') return [];
  const phrases = talk.lines.map(({ mine, text }, index) => ({
    participantPurpose: mine ? 'external' : 'internal',
    text: text.toLowerCase(),
    decoratedText: text,
    startTimeMs: index * 3_000,
    stability: 1,
  }));
  const transcript = { transcriptId: `${communicationId}-t`, language: talk.language, startTime: 0, phrases };
  const file = { conversationId, communicationId, mediaType: 'voice', transcripts: [transcript], participants: [] };
  return [{ conversationId, communicationId, files: [file] }];
};

const sentimentOf = ({ conversationId, mood }: Known): readonly (readonly [string, unknown])[] => {
  if (mood === null) return [];
  const { score, trend, trendClass, participantMetrics } = mood;
  const trends = trend === null ? {} : { sentimentTrend: trend, sentimentTrendClass: trendClass };
  return [[conversationId, { conversation: { id: conversationId }, sentimentScore: score, ...trends, participantMetrics }]];
};

const directoryOf = ({ users, queues, wrapUpCodes }: Beside['names']) => {
  const listed = (names: ReadonlyMap<string, string>) => [...names].map(([id, name]) => ({ id, name }));
  // Whoever has left the company still has a name.
  const staff = listed(users).map((user, index) => (index % 5 === 0 ? { ...user, state: 'inactive' as const } : user));
  return { users: staff, queues: listed(queues), wrapUpCodes: listed(wrapUpCodes) };
};

/** What comes late is not there when it is looked for first. */
const lateness = ({ conversationId, comesLate }: Known): readonly Fault[] => {
  const path = `/speechandtextanalytics/conversations/${conversationId}`;
  if (comesLate === null) return [];
  return [{ answer: 404, path: comesLate === 'mood' ? `${path}$` : `${path}/communications/` }];
};

const misfortune: readonly Fault[] = [
  { answer: 429, times: 2, retryAfterSeconds: 1, path: '/analytics/' },
  { answer: 503, path: '/analytics/' },
  { answer: 503, path: '/speechandtextanalytics/' },
];

/** A day passes in a minute here, and so do the quotas of an hour. */
export const scriptDay = async (genesysUrl: string, plan: Plan): Promise<void> => {
  const { beside } = plan;
  await scriptGenesys(genesysUrl, 'lag', { incompleteRequests: 1 });
  await scriptGenesys(genesysUrl, 'limits', { requestsPerMinute: 60 * 300 });
  await scriptGenesys(genesysUrl, 'unknownIds', 'absent');
  await scriptGenesys(genesysUrl, 'conversations', analyticsOf(plan, beside?.known ?? []));
  await scriptGenesys(genesysUrl, 'faults', [...misfortune, ...(beside?.known.flatMap(lateness) ?? [])]);
  if (!beside) return;
  await scriptGenesys(genesysUrl, 'live', beside.known.flatMap(liveOf));
  await scriptGenesys(genesysUrl, 'transcripts', beside.known.flatMap(transcriptOf));
  await scriptGenesys(genesysUrl, 'sentiments', Object.fromEntries(beside.known.flatMap(sentimentOf)));
  await scriptGenesys(genesysUrl, 'directory', directoryOf(beside.names));
};
