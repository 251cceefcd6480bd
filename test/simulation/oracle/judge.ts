import type { Breach, History, Plan } from '../history';
import { judgeAnswers } from './answers';
import { judgeBadMessages } from './bad-messages';
import { judgeContent } from './content-of-records';
import { judgeDeletions } from './deletions';
import { judgeDeploys } from './deploys';
import { collectEvidence } from './evidence';
import { judgeExecutions } from './executions';
import { judgeHashes } from './hashes';
import { judgeLateFacts } from './late-facts';
import { judgeNotifications } from './notifications';
import { judgeOutages } from './outages';
import { judgeRest } from './rest';
import { judgeRevisions } from './revisions';
import { judgeSecrets } from './secrets';
import { judgeSideEvents } from './side-events';
import { judgeWaits } from './waits';
import { judgeWindowTimes } from './window-times';

/** What a history broke of what was promised, promise by promise; nothing when all was kept. Naive on purpose. */
export const judge = (plan: Plan, history: History): readonly Breach[] => {
  const evidence = collectEvidence(plan, history);
  const promises = [
    judgeDeletions,
    judgeContent,
    judgeHashes,
    judgeRevisions,
    judgeExecutions,
    judgeNotifications,
    judgeLateFacts,
    judgeRest,
    judgeWindowTimes,
    judgeBadMessages,
    judgeOutages,
    judgeWaits,
    judgeDeploys,
    judgeSideEvents,
    judgeAnswers,
  ];
  const breaches = [...promises.flatMap((judgeOne) => judgeOne(evidence)), ...judgeSecrets(plan, history)];
  return breaches.sort((a, b) => a.promise - b.promise);
};
