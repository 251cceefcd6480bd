import { ItemRefusedError } from '../core/errors';

/**
 * DynamoDB's own refusal of a size, where its count is stricter than ours. No other ValidationException: a table with other
 * keys refuses every item, and all of them would end as dead letters.
 */
export const asItemRefusal = (error: unknown): unknown =>
  error instanceof Error && error.name === 'ValidationException' && /size.*exceeded|exceeded.*size/i.test(error.message)
    ? new ItemRefusedError(`DynamoDB refused an item for its size: ${error.message}`, { cause: error })
    : error;
