import type { FleetMember } from '../core/items';
import type { Fleet } from '../ports';
import { answer } from './answer';

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
