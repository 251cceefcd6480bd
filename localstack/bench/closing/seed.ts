import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { randomUUID } from 'node:crypto';
import type { Place } from '../intake/place';
import { seedDetails } from '../intake/seed-genesys';
import { conversationOf, type CloseAll } from './due';

/**
 * What the tutorials' handler does once a conversation has ended: a question to Genesys for it alone, and an execution. It keeps no
 * record, publishes none, and is told of the end instead of finding it.
 */
export const closeAsTheSeed = (place: Place): CloseAll => {
  const details = seedDetails(place.genesys);
  return async (batch) => {
    await Promise.all(
      batch.map(async (due) => {
        const conversationId = conversationOf(due);
        const callDetails = await details(conversationId);
        const input = JSON.stringify({ conversationId, timestamp: new Date().toISOString(), callDetails });
        const name = `enrich_${conversationId}_${randomUUID().slice(0, 8)}`;
        await place.sfn.send(new StartExecutionCommand({ stateMachineArn: place.stateMachineArn, name, input }));
      }),
    );
  };
};
