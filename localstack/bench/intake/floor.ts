import { plainItem, writer } from './items';
import type { Contender } from './place';
import { deleter, poll } from './queue';

/** Receive, write, delete, and nothing else: 0.1 + 0.04 + 0.1 requests for a message. */
export const floor: Contender = (place, pollers) => {
  const write = writer(place);
  const remove = deleter(place);
  return poll(place, pollers, async (messages) => {
    await write(messages.map(plainItem));
    await remove(messages.map(({ handle }) => handle));
  });
};
