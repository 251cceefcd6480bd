import { isRoutable, type AvailableTopics } from '../core/registry/genesys/available-topics';
import type { EventSubject } from '../core/registry/subject';

export interface TopicChoice {
  /** Sorted. */
  readonly topics: readonly string[];
  /** Wanted, but the organisation is not offered them through EventBridge. */
  readonly notOffered: readonly string[];
  /** Asked for although the organisation is not offered them: without them there is no record. */
  readonly doubtful: readonly string[];
}

/**
 * The topics to send: all that the registry does not ignore, or only what records are built from. One that Genesys does not send
 * through EventBridge could cost the whole list its acceptance, so it is left out, unless records are built from it: then Genesys must say no.
 */
export const chooseTopics = (
  subjects: readonly EventSubject[],
  available: AvailableTopics,
  onlyReconstruct: boolean,
): TopicChoice => {
  const offered = new Map(available.topics.map((topic) => [topic.name, topic]));
  const ours = subjects
    .filter(({ format }) => format === 'genesys')
    .filter(({ action }) => (onlyReconstruct ? action === 'reconstruct' : action !== 'ignore'))
    .map(({ name, formerNames, action }) => ({
      // An organisation may be offered a topic under the name that it had before.
      name: [name, ...formerNames].find((one) => offered.has(one)) ?? name,
      isNeeded: action === 'reconstruct',
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const isOffered = (name: string): boolean => {
    const topic = offered.get(name);
    return topic !== undefined && isRoutable(topic);
  };
  const missing = ours.filter(({ name }) => !isOffered(name));
  return {
    topics: ours.filter(({ name, isNeeded }) => isNeeded || isOffered(name)).map(({ name }) => name),
    notOffered: missing.filter(({ isNeeded }) => !isNeeded).map(({ name }) => name),
    doubtful: missing.filter(({ isNeeded }) => isNeeded).map(({ name }) => name),
  };
};
