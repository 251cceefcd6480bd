import { givenIngestSecrets } from '../../src/ingest/given-secrets';
import { virtualClock } from '../../src/memory/clock';
import { memoryDeadLetterQueue } from '../../src/memory/dead-letter-queue';
import { memoryAuditTrail } from '../memory/audit-trail';
import { memoryConversationReader } from '../memory/conversation-reader';
import { memoryDriftStore } from '../memory/drift-store';
import { memoryFleet } from '../memory/fleet';
import { memoryIntakeWriter } from '../memory/intake-writer';
import { memoryKeptKeys } from '../memory/kept-keys';
import { memoryLatenessStore } from '../memory/lateness-store';
import { memoryLeverBoard } from '../memory/lever-board';
import { memoryReconciliationStore } from '../memory/reconciliation-store';
import { memoryQueue } from '../memory/queue';
import { seededRandom } from '../../src/memory/random';
import { memoryRecordTopic } from '../../src/memory/record-topic';
import { memoryRequestBudget } from '../../src/memory/request-budget';
import { memoryRedriveLedger } from '../../src/memory/redrive-ledger';
import { memoryStateMachine } from '../../src/memory/state-machine';
import { memoryWindowTable } from '../../src/memory/window-table';
import { auditTrailContract } from './audit-trail.contract';
import { conversationReaderContract } from './conversation-reader.contract';
import { deadLetterQueueContract, setAsideBy } from './dead-letter-queue.contract';
import { driftStoreContract } from './drift-store.contract';
import { fleetContract } from './fleet.contract';
import { ingestSecretsContract } from './ingest-secrets.contract';
import { intakeQueueContract } from './intake-queue.contract';
import { intakeWriterContract } from './intake-writer.contract';
import { keptKeysContract } from './kept-keys.contract';
import { latenessStoreContract } from './lateness-store.contract';
import { leverBoardContract } from './lever-board.contract';
import { reconciliationStoreContract } from './reconciliation-store.contract';
import { recordTopicContract } from './record-topic.contract';
import { redriveLedgerContract } from './redrive-ledger.contract';
import { requestBudgetContract } from './request-budget.contract';
import { stateMachineContract } from './state-machine.contract';
import { windowTableContract } from './window-table.contract';

windowTableContract('memory', () => {
  const table = memoryWindowTable({ staleIndex: true });
  return Promise.resolve({
    table,
    settleIndex: () => {
      table.settleIndex();
      return Promise.resolve();
    },
    failureNotes: () => Promise.resolve(table.failureNotes()),
  });
});

intakeQueueContract('memory', () => {
  const clock = virtualClock();
  const queue = memoryQueue({ clock });
  return Promise.resolve({
    queue: queue.intake(),
    send: (bodies, attributes) => {
      for (const body of bodies) queue.send(body, undefined, attributes);
      return Promise.resolve();
    },
    until: async (condition) => {
      if (!(await clock.advanceUntil(condition, 300_000))) throw new Error('Expected it to happen within five minutes.');
    },
    remaining: () => {
      const { visible, inFlight } = queue.counts();
      return Promise.resolve(visible + inFlight);
    },
    nowMs: clock.nowMs,
  });
});

fleetContract('memory', () => Promise.resolve(memoryFleet()));

auditTrailContract('memory', () => Promise.resolve(memoryAuditTrail()));

driftStoreContract('memory', () => Promise.resolve(memoryDriftStore()));

latenessStoreContract('memory', () => Promise.resolve(memoryLatenessStore()));

reconciliationStoreContract('memory', () => Promise.resolve(memoryReconciliationStore()));

requestBudgetContract(
  'memory',
  (requestsPerMinute) => {
    const clock = virtualClock();
    const budget = memoryRequestBudget({ clock, random: seededRandom(1) }, { requestsPerMinute });
    return Promise.resolve({ clock, open: () => budget });
  },
  { limit: 300, forMs: 240_000 },
);

redriveLedgerContract('memory', () => {
  const ledger = memoryRedriveLedger();
  return Promise.resolve({ ledger, outcomesOf: (job) => Promise.resolve(ledger.outcomesOf(job)) });
});

stateMachineContract('memory', () => {
  const machine = memoryStateMachine();
  return Promise.resolve({ machine, executions: () => Promise.resolve(machine.executions()) });
});

recordTopicContract('memory', () => {
  const topic = memoryRecordTopic();
  return Promise.resolve({ topic, published: () => Promise.resolve(topic.published()) });
});

deadLetterQueueContract('memory', () => {
  const queue = memoryDeadLetterQueue(setAsideBy);
  return Promise.resolve({ queue, letters: () => Promise.resolve(queue.letters()) });
});

leverBoardContract('memory', () => Promise.resolve(memoryLeverBoard()));

conversationReaderContract('memory', () => {
  const table = memoryWindowTable();
  return Promise.resolve({ table, reader: memoryConversationReader(table) });
});

intakeWriterContract('memory', (messageBytes) => {
  const writer = memoryIntakeWriter(messageBytes === undefined ? {} : { messageBytes });
  return Promise.resolve({
    writer,
    lying: () => Promise.resolve(writer.written().map(({ body, attributes }) => ({ body, attributes }))),
  });
});

keptKeysContract('memory', () => Promise.resolve(memoryKeptKeys()));

ingestSecretsContract('memory', (secrets) => Promise.resolve(givenIngestSecrets(secrets)));
