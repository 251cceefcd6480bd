import type { Purpose } from '../../src/core/genesys-answers';
import type { ConversationDetails, Message } from '../../src/ports';
import { ended, outcome, scripted, second, setUp, started } from './world';

/** Genesys, with what each question was for. */
const listening = () => {
  const purposes: Purpose[] = [];
  const known = scripted({ kind: 'complete', details: {} });
  const details: ConversationDetails = {
    fetch: (ids, purpose) => {
      purposes.push(purpose);
      return known.fetch(ids, purpose);
    },
  };
  return { purposes, details };
};

let count = 0;

const movedBack = (body: object, sentAtMs: number): Message => {
  const id = `moved-${String((count += 1))}`;
  return { id, body: JSON.stringify(body), sentAtMs, receiveCount: 1, handle: id, redriven: true };
};

test('a conversation of which all came out of the dead-letter queue lets live traffic go first', async () => {
  const { purposes, details } = listening();
  const world = setUp({ details });
  await world.pipeline.admit([movedBack(started, 0), movedBack(ended, 0)], 0);
  expect(await world.closeDue(45 * second)).toEqual(['closed']);
  expect(purposes).toEqual(['redrive']);
});

test('one of which anything new came by itself goes with live traffic', async () => {
  const { purposes, details } = listening();
  const world = setUp({ details });
  await world.admit(0, started);
  await world.pipeline.admit([movedBack(ended, 0)], 0);
  expect(await world.closeDue(45 * second)).toEqual(['closed']);
  expect(purposes).toEqual(['live']);
});

test('a late event that was moved back lets live traffic go first, whatever its record was made of before', async () => {
  const { purposes, details } = listening();
  const world = setUp({ details });
  await world.admit(0, started, ended);
  expect(await world.closeDue(45 * second)).toEqual(['closed']);
  await world.pipeline.admit([movedBack(outcome, 60 * second)], 45 * second);
  expect(await world.closeDue(200 * second)).toEqual(['closed']);
  expect(purposes).toEqual(['live', 'redrive']);
});
