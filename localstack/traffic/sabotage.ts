import type { Chance } from './chance';
import { seededChance } from './chance';
import type { PlannedMessage, Traffic } from './traffic';

export type Sabotage = 'drop-event' | 'swap-two';

/** A message of wave 1 whose fact no other message carries, as the sender published it: an EventBridge event of the real feed. */
interface Victim {
  readonly message: PlannedMessage;
  readonly event: { readonly detail: { readonly eventBody: { eventTime: number } }; readonly 'detail-type': string };
}

const victimsIn = (messages: readonly PlannedMessage[]): readonly Victim[] => {
  const carriers = new Map<string, number>();
  for (const fact of messages.flatMap(({ facts }) => facts)) carriers.set(fact, (carriers.get(fact) ?? 0) + 1);
  return messages.flatMap((message) => {
    const isOnlyCarrier = message.facts.length === 1 && carriers.get(message.facts[0]!) === 1;
    if (message.kind !== 'good' || !isOnlyCarrier || !message.body.startsWith('{"version":"0"')) return [];
    const event = JSON.parse(message.body) as Victim['event'];
    return 'eventBody' in event.detail ? [{ message, event }] : [];
  });
};

/** Events without which a conversation still ends: the run fails at once and not after a long wait. */
const isDispensable = ({ event }: Victim): boolean =>
  /\.(attributes|contact|acd\.start|flow\.start|user\.start)$/.test(event['detail-type']);

const withTime = ({ event }: Victim, eventTime: number): string =>
  JSON.stringify({ ...event, detail: { ...event.detail, eventBody: { ...event.detail.eventBody, eventTime } } });

const dropEvent = (messages: readonly PlannedMessage[], chance: Chance): readonly PlannedMessage[] => {
  const dropped = chance.pick(victimsIn(messages).filter(isDispensable)).message;
  return messages.filter((message) => message !== dropped);
};

const swapTwo = (messages: readonly PlannedMessage[], chance: Chance): readonly PlannedMessage[] => {
  const victims = victimsIn(messages).filter(isDispensable);
  const pairs = victims.flatMap((one) =>
    victims
      .filter(({ message, event }) => message.conversationId === one.message.conversationId && timeOf(event) > timeOf(one.event))
      .map((other) => [one, other] as const),
  );
  const [one, other] = chance.pick(pairs);
  const swapped = new Map([
    [one.message, withTime(one, timeOf(other.event))],
    [other.message, withTime(other, timeOf(one.event))],
  ]);
  return messages.map((message) => ({ ...message, body: swapped.get(message) ?? message.body }));
};

const timeOf = (event: Victim['event']): number => event.detail.eventBody.eventTime;

/** Delivers something else than what happened. The truth stays: whoever compares must notice. */
export const sabotage = (traffic: Traffic, how: Sabotage, seed = 'sabotage'): Traffic => {
  const chance = seededChance(seed);
  const spoil = { 'drop-event': dropEvent, 'swap-two': swapTwo }[how];
  return { ...traffic, messages: spoil(traffic.messages, chance) };
};
