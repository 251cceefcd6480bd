import type { Breach, Fact } from '../history';
import { carrierBytes, judgeCarried } from './carried';
import { eventKey, groupBy, objectIn } from './content';
import { type Conversation, nameOf, type Put, wasExpiredBy } from './conversations';
import { breach, effectsOf, type Placed } from './effects';
import type { Evidence } from './evidence';
import { finishOf } from './finishes';

/*
 * Promise 3, what is published. Each revision at least once before it counts as finished, with the bytes that were put with it, and
 * none that was never put. Where events are published, too, each is, in the revision that first contains it.
 */

type Published = Placed<'published'>;

const bytesOf = ({ message, attributes }: Pick<Published, 'message' | 'attributes'>): number =>
  Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(`${name}String${value}`, 'utf8'),
    Buffer.byteLength(message, 'utf8'),
  );

const judgeMessage = (published: Published, put: Put | undefined): readonly Breach[] => {
  const { message, attributes, atMs, place } = published;
  if (!put || put.place > place)
    return [breach(3, atMs, `expected nothing published but what was put before, got ${message.slice(0, 120)}`)];
  const { record } = put;
  const expected = { kind: 'record', status: record.status, pane: record.pane, revision: String(record.revision) };
  const wrong = Object.entries(expected).filter(([name, value]) => attributes[name] !== value);
  const bytes = bytesOf(published);
  const problem = judgeCarried(objectIn(message), record, { bytes, roomForAttributes: 0 });
  return [
    ...wrong.map(([name, value]) =>
      breach(3, atMs, `notification of ${nameOf(put)}: expected the attribute ${name} ${value}, got ${String(attributes[name])}`),
    ),
    ...(problem === null ? [] : [breach(3, atMs, `notification of ${nameOf(put)}: ${problem}`)]),
  ];
};

const judgeOwed = (evidence: Evidence, put: Put, own: readonly Published[]): readonly Breach[] => {
  const finishedAt = finishOf(evidence.history, put);
  return own.some(({ place }) => place > put.place && place < finishedAt)
    ? []
    : [breach(3, put.atMs, `${nameOf(put)}: expected it to be published before it was finished, got nothing`)];
};

interface PublishedEvent {
  readonly effect: Published;
  readonly said: Readonly<Record<string, unknown>>;
  readonly key: string;
}

const readEvent = (effect: Published): PublishedEvent => {
  const said = objectIn(effect.message) ?? {};
  return { effect, said, key: eventKey(said['conversationId'], said['body']) };
};

/** In the revision that first contains it, at its position, which nobody knows any more once something has expired. */
const judgeEvent = (conversation: Conversation, put: Put, fact: Fact, sent: readonly PublishedEvent[]): readonly Breach[] => {
  if (wasExpiredBy(conversation, fact, Infinity)) return [];
  const position = put.facts.indexOf(fact) + 1;
  const mayDiffer = conversation.expired.size > 0;
  const own = sent.filter(
    ({ said, effect }) =>
      effect.place > put.place && said['life'] === put.record.life && said['revision'] === put.record.revision,
  );
  if (own.length === 0)
    return [breach(3, put.atMs, `${nameOf(put)}: expected its new event ${fact.id} to be published with it, got nothing`)];
  return own
    .filter(({ said }) => said['position'] !== position && !mayDiffer)
    .slice(0, 1)
    .map(({ said, effect }) =>
      breach(
        3,
        effect.atMs,
        `event ${fact.id} of ${nameOf(put)}: expected position ${position}, got ${String(said['position'])}`,
      ),
    );
};

const judgeEvents = ({ plan, conversations }: Evidence, sent: readonly PublishedEvent[]): readonly Breach[] => {
  if (!plan.settings.publishEvents)
    return sent.slice(0, 1).map(({ effect }) => breach(3, effect.atMs, 'expected no events published unless asked for, got one'));
  const byFact = groupBy(sent, ({ key }) => key);
  return conversations
    .filter(({ script }) => script.endsAs === 'closed')
    .flatMap((conversation) =>
      conversation.lives.flatMap((life) =>
        life.flatMap((put, index) => {
          const known = new Set(life[index - 1]?.facts.map(({ id }) => id));
          const news = put.facts.filter(({ id }) => !known.has(id));
          return news.flatMap((fact) =>
            judgeEvent(conversation, put, fact, byFact.get(eventKey(fact.conversationId, fact.raw)) ?? []),
          );
        }),
      ),
    );
};

/** An event is published once for each revision that it is new in, or several times: never in one that was not put, or as another. */
const judgeForeign = ({ conversations }: Evidence, events: readonly PublishedEvent[]): readonly Breach[] => {
  const puts = new Map(
    conversations.flatMap(({ puts: own }) =>
      own.map((put) => [`${put.record.conversationId} ${put.record.life} ${put.record.revision}`, put]),
    ),
  );
  const facts = new Set(
    conversations.flatMap(({ script }) => script.facts.map((fact) => eventKey(script.conversationId, fact.raw))),
  );
  return events.flatMap(({ effect, said, key }) => {
    const put = puts.get(`${String(said['conversationId'])} ${String(said['life'])} ${String(said['revision'])}`);
    const isKnown = said['bodyOmitted'] === true || facts.has(key);
    const tooLarge = bytesOf(effect) > carrierBytes;
    return put && put.place < effect.place && isKnown && !tooLarge
      ? []
      : [breach(3, effect.atMs, `expected an event of a revision that was put, got ${effect.message.slice(0, 160)}`)];
  });
};

export const judgeNotifications = (evidence: Evidence): readonly Breach[] => {
  const { conversations, history } = evidence;
  const published = effectsOf(history, 'published');
  const records = published.filter(({ attributes }) => attributes['kind'] === 'record');
  // What is passed on is judged with what is sent beside the facts.
  const isOfRevision = ({ attributes }: Published): boolean => !['record', 'passed-event'].includes(attributes['kind'] ?? '');
  const events = published.filter(isOfRevision).map(readEvent);
  const puts = conversations.flatMap((conversation) => conversation.puts);
  const putOf = new Map(puts.map((put) => [put.notification, put]));
  const byMessage = groupBy(records, ({ message }) => message);
  const owed = conversations.filter(({ script }) => script.endsAs === 'closed').flatMap((conversation) => conversation.puts);
  return [
    ...records.flatMap((one) => judgeMessage(one, putOf.get(one.message))),
    ...owed.flatMap((put) => judgeOwed(evidence, put, byMessage.get(put.notification) ?? [])),
    ...judgeEvents(evidence, events),
    ...judgeForeign(evidence, events),
  ];
};
