import { feedMessage, orgId } from '../factories';
import { endMark, feed, feedEvent, final, lambdaFailure, partial, sns, type WrongInputGroup } from './case';

/** So many wrappers, SNS and Lambda in turn, SNS outermost. */
const wrapped = (times: number): string => {
  const inside = times === 1 ? feed() : wrapped(times - 1);
  return times % 2 === 1 ? sns(inside) : lambdaFailure(JSON.parse(inside));
};

export const wrappers: WrongInputGroup = {
  title: 'Wrappers and carriers',
  cases: [
    {
      input: 'The same event bare, within an SNS notification, within a Lambda failure, and within one in the other',
      bodies: [feed(), sns(feed()), lambdaFailure(JSON.parse(feed())), wrapped(4)],
      records: [partial],
      why: 'Wrappers are taken off, up to eight of them; the event within has the same fingerprint and is counted once.',
    },
    {
      input: 'An event in 9, and in 20 wrappers',
      bodies: [wrapped(9), wrapped(20)],
      rejected: 'too-deep',
      why: 'No real route puts on more than two or three.',
    },
    {
      input: 'An SNS notification around text that is no JSON',
      bodies: [sns('hello'), sns('')],
      rejected: 'not-json',
      why: 'The detail of the rejection says that it is the `Message` of a notification.',
    },
    {
      input: 'An SNS notification around an array',
      bodies: [sns('[]')],
      rejected: 'not-object',
      why: 'As without the wrapper.',
    },
    {
      input: 'A wrapper around no object and no text: a number, `null`',
      bodies: [sns(7), sns(null), lambdaFailure(7), lambdaFailure(null)],
      rejected: 'invalid',
      why: 'It is a wrapper, and nothing is in it.',
    },
    {
      input: 'An SNS notification whose `Message` is an object; a Lambda failure whose `requestPayload` is a text',
      bodies: [sns(feedMessage()), lambdaFailure(feed())],
      rejected: 'invalid',
      why: 'AWS writes neither; wrappers have schemas too.',
    },
    {
      input: 'The same event again by an EventBridge archive replay (`replay-name`)',
      bodies: [feed(), feedEvent({ 'replay-name': 'again', id: 'another-id', time: '2026-02-01T00:00:00Z' })],
      records: [partial],
      why: 'A re-publish has a new id and time; neither is in the fingerprint.',
    },
    {
      input: 'The detail of an event alone (a rule with `InputPath`)',
      bodies: [JSON.stringify(feedMessage()['detail'])],
      records: [{ ...partial, orgId: null }],
      why: 'Its `topicName` names its type. It does not say which organisation it is from.',
    },
    {
      input: 'The same event whole and as its detail alone',
      bodies: [JSON.stringify(feedMessage()['detail']), feed()],
      records: [{ ...partial, orgId }],
      why: 'One fact, counted once; the copy that knows the organisation is the one that is used.',
    },
    {
      input: 'A detail alone without `topicName`',
      bodies: [JSON.stringify({ eventBody: { eventTime: 1, conversationId: 'c' } })],
      rejected: 'invalid',
      why: 'Nothing names its type.',
    },
    {
      input: 'A detail alone whose `topicName` is of an unknown topic',
      bodies: [JSON.stringify({ topicName: 'v2.users.1.station', eventBody: { eventTime: 1, conversationId: 'c' } })],
      rejected: 'unknown-type',
      why: 'The registry has no subject for it.',
    },
    {
      input: 'An EventBridge event without `eventBody`; with a `detail` that is no object',
      bodies: [feedEvent({ detail: {} }), feedEvent({ detail: 'text' }), feedEvent({ detail: null })],
      rejected: 'unknown-envelope',
      why: 'An event of somebody else on the bus: a rule that matches too much.',
    },
    {
      input: 'An EventBridge event whose `eventBody` is no object',
      bodies: [feedEvent({ detail: { eventBody: 'text' } }), feedEvent({ detail: { eventBody: null } })],
      rejected: 'invalid',
      why: 'Of the right shape, but without an event.',
    },
    {
      input: 'A source that is not one of `ALLOWED_SOURCES`; no source at all',
      bodies: [feedEvent({ source: 'aws.partner/somebody.else' }), feedEvent({ source: undefined }), endMark()],
      allowedSources: ['aws.partner/genesys.com/'],
      rejected: 'foreign-source',
      why: 'Only where the list is configured. Who does not say where they are from are not from there.',
    },
    {
      input: 'The same without `ALLOWED_SOURCES`',
      bodies: [feedEvent({ source: 'aws.partner/somebody.else' }), endMark({ source: undefined })],
      records: [{ ...final, eventCount: 2, orgId: null }],
      why: 'Who may send is then the queue policy’s to say.',
    },
  ],
};
