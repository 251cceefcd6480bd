import type { Chance } from './chance';

/* What carriers put around an event on its way to the queue. */

type Json = Readonly<Record<string, unknown>>;

const notification = (chance: Chance, event: Json): Json => ({
  Type: 'Notification',
  MessageId: chance.uuid(),
  TopicArn: 'arn:aws:sns:us-east-1:123456789012:conversation-events',
  Message: JSON.stringify(event),
  Timestamp: '2026-03-02T09:00:00.000Z',
  SignatureVersion: '1',
});

/** What an asynchronous Lambda invocation leaves at its failure destination. */
const lambdaFailure = (chance: Chance, event: Json): Json => ({
  version: '1.0',
  timestamp: '2026-03-02T09:00:00.000Z',
  requestContext: {
    requestId: chance.uuid(),
    functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:enrich:$LATEST',
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
  },
  requestPayload: event,
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorMessage: 'Task timed out after 3.00 seconds' },
});

const replay = (event: Json): Json => ({ ...event, 'replay-name': 'after-the-outage' });

/** Mostly nothing; now and then one of the wrappers that must be peeled, or two. */
export const wrap = (chance: Chance, event: Json, mayTravelBare: boolean): Json => {
  const isEventBridge = 'detail-type' in event;
  const way = chance.between(0, 24);
  switch (way) {
    case 0:
      return notification(chance, event);
    case 1:
      return lambdaFailure(chance, event);
    case 2:
      return notification(chance, lambdaFailure(chance, event));
    case 3:
      return isEventBridge ? replay(event) : event;
    case 4:
    case 5:
      return mayTravelBare && isEventBridge ? (event['detail'] as Json) : event;
    default:
      return event;
  }
};
