import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Message as SqsMessage } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { startConsumers } from './consumer-batch';
import { readTold } from './conversation';
import type { Contender, Place } from './place';
import { seedDetails } from './seed-genesys';

const enrichmentSteps = ['fetch_crm_contact', 'analyze_sentiment', 'update_ticket_system'];

/**
 * The handler that the tutorials write: for each message one query for the details of its conversation and one execution, under a
 * name of its own. The same, without the mistakes that would only slow it down: it keeps its connections and its token.
 */
const handler = (place: Place): ((message: SqsMessage) => Promise<SqsMessage>) => {
  const details = seedDetails(place.genesys);
  return async (message) => {
    const { conversationId } = readTold(message.Body ?? '');
    const callDetails = await details(conversationId);
    const at = new Date().toISOString();
    const name = `enrich_${conversationId}_${at.replace(/\D/g, '').slice(0, 14)}_${randomUUID().slice(0, 8)}`;
    const input = JSON.stringify({ conversationId, timestamp: at, callDetails, enrichmentSteps });
    await place.sfn.send(new StartExecutionCommand({ stateMachineArn: place.stateMachineArn, name, input }));
    return message;
  };
};

/** One message at a time, which is what sqs-consumer does unless told otherwise. */
export const seedAsItComes: Contender = (place, pollers) => startConsumers(place, pollers, { handleMessage: handler(place) });

/** Ten messages of a poll at a time. */
export const seedBatched: Contender = (place, pollers) =>
  startConsumers(place, pollers, { batchSize: 10, handleMessage: handler(place) });
