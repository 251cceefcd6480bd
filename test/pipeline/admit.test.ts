import { createPipeline } from '../../src/pipeline';
import type { Outside } from '../../src/steps/outside';
import { feedMessage } from '../factories';
import { awaitOn, memoryOutside, messagesOf, registry, settings } from '../outside';

/* What a batch promises that no step promises alone. */

test('a message that our own code fails on comes again, and does not fail its neighbours', async () => {
  const outside = memoryOutside();
  const buggy: Outside['registry'] = {
    ...registry,
    validate: (subject, value) => {
      if (JSON.stringify(value).includes('"poison"')) throw new TypeError('a bug');
      return registry.validate(subject, value);
    },
  };
  const { admit } = createPipeline({ ...outside, registry: buggy }, settings);
  const batch = ['one', 'poison', 'two'].map((conversation) => JSON.stringify(feedMessage({ conversation })));
  const messages = messagesOf(batch);
  expect(await awaitOn(outside, admit(messages, 0))).toEqual([messages[0], messages[2]]);
  expect(outside.table.heads().map(({ conversationId }) => conversationId)).toEqual(['one', 'two']);
  expect(outside.deadLetters.letters()).toEqual([]);
});

test('a table that hangs is given up long before the queue delivers the messages again', async () => {
  const outside = memoryOutside();
  const hanging: Outside['table'] = {
    ...outside.table,
    writeEvents: () => outside.clock.sleep(16_000).then(() => Promise.reject(new Error('no answer'))),
  };
  const { admit } = createPipeline({ ...outside, table: hanging }, settings);
  const beganMs = outside.clock.nowMs();
  expect(await awaitOn(outside, admit(messagesOf([JSON.stringify(feedMessage({ conversation: 'one' }))]), 0))).toEqual([]);
  expect(outside.clock.nowMs() - beganMs).toBe(16_000);
});
