import { CallRefusedError } from '../../src/core/errors';
import type { Notification } from '../../src/core/items';
import { attributeBytes, limits } from '../../src/core/limits';
import type { RecordTopic } from '../../src/ports';

export interface RecordTopicSubject {
  readonly topic: RecordTopic;
  /** What a subscriber got, once it is at least so many. */
  readonly published: (atLeast: number) => Promise<readonly Notification[]>;
}

const attributesOf = (count: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`name-${n}`, 'value']));

/** What every topic promises. `make` gives one that published nothing. */
export const recordTopicContract = (name: string, make: () => Promise<RecordTopicSubject>): void => {
  describe(`${name} keeps the promises of a record topic`, () => {
    test('a notification reaches a subscriber byte for byte, with its attributes', async () => {
      const { topic, published } = await make();
      const notification = { message: '{ "caller": "é 🙂" }', attributes: { status: 'final', 'media.type': 'voice ü' } };
      await topic.publish(notification);
      expect(await published(1)).toContainEqual(notification);
    });

    test('ten attributes are published; eleven are refused, or one without a value', async () => {
      const { topic, published } = await make();
      const ten = { message: 'ten', attributes: attributesOf(limits.messageAttributes) };
      await expect(topic.publish({ message: 'eleven', attributes: attributesOf(11) })).rejects.toThrow(CallRefusedError);
      await expect(topic.publish({ message: 'empty', attributes: { status: '' } })).rejects.toThrow(CallRefusedError);
      await topic.publish(ten);
      expect(new Set(await published(1))).toEqual(new Set([ten]));
    });

    test('256 KiB are published, attributes included; one byte more is refused', async () => {
      const { topic, published } = await make();
      const attributes = { status: 'final' };
      const room = limits.notificationBytes - attributeBytes(attributes);
      const largest = { message: `é${'x'.repeat(room - 2)}`, attributes };
      await expect(topic.publish({ message: `${largest.message}x`, attributes })).rejects.toThrow(CallRefusedError);
      await topic.publish(largest);
      expect(new Set(await published(1))).toEqual(new Set([largest]));
    });

    test('any number is published at once, each byte for byte with its attributes', async () => {
      const { topic, published } = await make();
      const notifications = Array.from({ length: 23 }, (_, n) => ({
        message: `{ "n": ${n}, "é": "🙂" }`,
        attributes: { n: `${n}` },
      }));
      await topic.publishAll([]);
      await topic.publishAll(notifications);
      expect(new Set(await published(23))).toEqual(new Set(notifications));
    });

    test('notifications that are large together are published, too', async () => {
      const { topic, published } = await make();
      const attributes = { status: 'final' };
      const room = limits.notificationBytes - attributeBytes(attributes);
      const large = ['a', 'b', 'c'].map((letter) => ({ message: letter.repeat(room), attributes }));
      await topic.publishAll(large);
      expect(new Set(await published(3))).toEqual(new Set(large));
    });

    test('with one among them that is refused, none is published', async () => {
      const { topic, published } = await make();
      const good = { message: 'good', attributes: {} };
      const refused = { message: 'x'.repeat(limits.notificationBytes + 1), attributes: {} };
      await expect(topic.publishAll([...Array.from({ length: 20 }, () => good), refused])).rejects.toThrow(CallRefusedError);
      await topic.publish({ message: 'next', attributes: {} });
      expect(await published(1)).toEqual([{ message: 'next', attributes: {} }]);
    });
  });
};
