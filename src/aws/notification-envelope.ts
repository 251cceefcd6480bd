import type { Notification } from '../core/items';
import { isObject } from '../core/json';
import type { OutgoingLetter } from '../ports-on-call';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
};

const valuesOf = (attributes: unknown): Readonly<Record<string, string>> => {
  if (!isObject(attributes)) return {};
  const named = Object.entries(attributes).map(([name, value]) => [name, isObject(value) ? value['Value'] : null] as const);
  return Object.fromEntries(named.filter((one): one is readonly [string, string] => typeof one[1] === 'string' && one[1] !== ''));
};

/**
 * What was published, out of how it was delivered: SNS's envelope `{"Type": "Notification", "Message", "MessageAttributes"}`, or raw,
 * and then as it lies there. Published again within its envelope it would be another message.
 */
export const readNotification = ({ body, attributes }: OutgoingLetter): Notification => {
  const envelope = parsed(body);
  if (!isObject(envelope) || envelope['Type'] !== 'Notification') return { message: body, attributes };
  const { Message: message, MessageAttributes: inside } = envelope;
  return typeof message === 'string'
    ? { message, attributes: { ...attributes, ...valuesOf(inside) } }
    : { message: body, attributes };
};
