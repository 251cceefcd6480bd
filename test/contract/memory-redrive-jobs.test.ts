import { memoryRedriveLedger } from '../../src/memory/redrive-ledger';
import { memoryRedriveJobs } from '../memory/redrive-jobs';
import { redriveJobsContract } from './redrive-jobs.contract';
import { expiresAtMs } from './window-table-subject';

redriveJobsContract('memory', () => {
  const ledger = memoryRedriveLedger();
  return Promise.resolve({ jobs: memoryRedriveJobs(ledger), note: (outcome) => ledger.note(outcome, expiresAtMs) });
});
