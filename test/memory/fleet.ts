import type { FleetMember } from '../../src/core/items';
import type { Fleet } from '../../src/ports';
import { answer } from '../../src/memory/answer';

export const memoryFleet = (): Fleet => {
  const heartbeats = new Map<string, FleetMember>();
  const members = (): readonly FleetMember[] => [...heartbeats.values()];
  return {
    beat: (member) =>
      answer(() => {
        heartbeats.set(member.workerId, member);
        return members();
      }),
    members: () => answer(members),
    remove: (workerId) => answer(() => void heartbeats.delete(workerId)),
  };
};
