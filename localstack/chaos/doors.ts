import type { Child, Nursery } from '../demo/children';
import type { DoorSecrets } from '../demo/door/secrets';
import { freePort, startDoor, type Door, type DoorProgram } from '../demo/door/start';
import type { Places } from '../demo/worker-environment';
import { openProxy, type Road } from './proxy';

/* Doors over HTTP that come and go, each on a port that stays its own: a sender knows two URLs, and one of them may be dead. */

/** A write to the queue: on its way, or done and not yet told. */
export type WriteMoment = 'writing' | 'written';

type Listener = (url: string, moment: WriteMoment) => void;

export interface Doors {
  readonly urls: readonly string[];
  /** SIGKILL, and a new one in its place, which takes posts. */
  readonly kill: (url: string) => Promise<void>;
  /** SIGTERM, until it is gone, and a new one in its place. */
  readonly replace: (url: string) => Promise<void>;
  /** Told of each write. Answers how to stop listening. */
  readonly listen: (listener: Listener) => () => void;
  /** All, for good. */
  readonly stop: () => Promise<void>;
  /** How each ended that was told to stop. */
  readonly exits: () => readonly { readonly name: string; readonly exit: string }[];
  readonly children: () => readonly Child[];
}

export interface DoorsOptions {
  readonly nursery: Nursery;
  readonly places: Places;
  readonly secrets: DoorSecrets;
  readonly road: Pick<Road, 'pass' | 'mishap'>;
  readonly called: (service: string) => void;
  readonly program: DoorProgram['program'];
  readonly env: Readonly<Record<string, string>>;
}

interface Place {
  readonly port: number;
  /** Its way to AWS, whoever stands there. */
  readonly awsUrl: string;
  readonly close: () => Promise<void>;
  door: Door | null;
}

/** Longer than AWS ever stands still, and shorter than a run waits for a child. */
const times = { SHUTDOWN_GRACE_SECONDS: '40' };

const doorCount = 2;

const isWrite = (operation: string): boolean => operation === 'SendMessageBatch';

const openPlace = async ({ places, road, called }: DoorsOptions, tell: Listener): Promise<[string, Place]> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const proxy = await openProxy({
    ...road,
    upstream: places.awsUrl,
    asked: ({ service, operation }) => {
      called(service);
      if (isWrite(operation)) tell(url, 'writing');
    },
    answered: ({ operation }) => {
      if (isWrite(operation)) tell(url, 'written');
    },
  });
  return [url, { port, awsUrl: proxy.url, close: proxy.close, door: null }];
};

/** Resolves when all of them take posts. */
export const openDoors = async (options: DoorsOptions): Promise<Doors> => {
  const { nursery, places, secrets, program, env } = options;
  const listeners = new Set<Listener>();
  const tell: Listener = (url, moment) => listeners.forEach((listener) => listener(url, moment));
  const all = new Map(await Promise.all(Array.from({ length: doorCount }, () => openPlace(options, tell))));
  const children: Child[] = [];
  const exits: { readonly name: string; readonly exit: string }[] = [];

  const start = async (place: Place): Promise<void> => {
    const name = `ingest-${children.length + 1}`;
    const own = { ...places, awsUrl: place.awsUrl };
    place.door = startDoor(nursery, { name, port: place.port, program, secrets, places: own, times, env });
    children.push(place.door.child);
    await place.door.isOpen;
  };
  const end = async (place: Place): Promise<void> => {
    const { child } = place.door!;
    exits.push({ name: child.name, exit: await child.stop() });
  };
  await Promise.all([...all.values()].map(start));

  return {
    urls: [...all.keys()],
    kill: async (url) => {
      const place = all.get(url)!;
      place.door!.child.kill();
      // Until the port is free.
      await place.door!.child.stop();
      await start(place);
    },
    replace: async (url) => {
      await end(all.get(url)!);
      await start(all.get(url)!);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: async () => {
      await Promise.all([...all.values()].map(end));
      await Promise.all([...all.values()].map(({ close }) => close()));
    },
    exits: () => exits,
    children: () => children,
  };
};
