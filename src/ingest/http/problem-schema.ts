import { type ProblemName, problems, problemType } from '../../core/ingest/problem';
import { problemMediaType } from './answers';

const retryAfter = { type: 'integer', minimum: 1, description: 'Seconds to wait before it is sent again.' } as const;

const withRetryAfter: ReadonlySet<number> = new Set([429, 503]);

const schemaOf = (status: number, names: readonly ProblemName[]) => ({
  type: 'object',
  description: 'Problem details, RFC 9457.',
  required: ['type', 'title', 'status', 'detail'],
  additionalProperties: false,
  properties: {
    type: { type: 'string', enum: names.map(problemType) },
    title: { type: 'string' },
    status: { type: 'integer', enum: [status] },
    detail: { type: 'string', description: 'What was expected and what came, in kinds and numbers. Nothing of the request.' },
  },
});

const ofStatus = (status: number, names: readonly ProblemName[]) => ({
  description: names.map((name) => problems[name].title).join('; '),
  ...(withRetryAfter.has(status) ? { headers: { 'Retry-After': retryAfter } } : {}),
  content: { [problemMediaType]: { schema: schemaOf(status, names) } },
});

/** Of the answers that are no success, by their status. */
export const problemResponses = (names: readonly ProblemName[]) => {
  const statuses = [...new Set(names.map((name) => problems[name].status))].sort((one, other) => one - other);
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      ofStatus(
        status,
        names.filter((name) => problems[name].status === status),
      ),
    ]),
  );
};
