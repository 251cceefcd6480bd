import { ConfigError } from '../config';

const unusable: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something listens there already',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
};

interface WantedPort {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly remedy?: string;
}

/** Why a server could not be opened: a port that cannot be had is a mistake of the configuration, anything else is what it was. */
export const whyNotOpen = ({ name, host, port, remedy }: WantedPort, cause: unknown): unknown => {
  const { code = 'unknown', syscall } = cause as NodeJS.ErrnoException;
  if (syscall !== 'listen') return cause;
  const why = unusable[code] ?? `it failed with ${code}`;
  const problem = `Expected ${name} to be a free port of ${host}, got ${port}: ${why}.`;
  return new ConfigError([remedy === undefined ? problem : `${problem} ${remedy}`], { cause });
};
