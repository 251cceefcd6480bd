import { Squiss, SQS, type Message } from 'squiss-ts';
import { failLoudly } from './fail-loudly';
import { plainItem, writer } from './items';
import type { Contender, Place } from './place';
import { messageOf } from './queue';

/** Messages of one poller that are under way; above this it pauses. */
const maxInFlight = 200;

const open = (place: Place, write: ReturnType<typeof writer>): Squiss => {
  const squiss = new Squiss({
    SQS: new SQS(place.settings),
    queueUrl: place.queueUrl,
    maxInFlight,
    receiveBatchSize: 10,
    deleteBatchSize: 10,
    // Its own 2 s would keep the last messages of a burst in hand.
    deleteWaitMs: 50,
    // Unless told otherwise it asks for all attributes.
    receiveAttributes: [],
    receiveSqsAttributes: [],
  });
  squiss.on('message', (message: Message) => {
    write([plainItem(messageOf(message.raw))])
      .then(() => message.del())
      .catch(failLoudly);
  });
  squiss.on('error', failLoudly);
  return squiss;
};

/** squiss-ts, several of it: one receives no more than ten messages in a round trip. */
export const squiss: Contender = (place, pollers) => {
  const write = writer(place);
  const all = Array.from({ length: pollers }, () => open(place, write));
  for (const one of all) one.start().catch(failLoudly);
  return () => all.forEach((one) => void one.stop());
};
