import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const projectRoot = join(__dirname, '..', '..');

/** What to run, as `node` wants it (its own flags, the program, arguments), or another command with its arguments. */
export interface Program {
  readonly name: string;
  readonly command?: string | undefined;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Child {
  readonly name: string;
  readonly logFile: string;
  /** Of standard output. */
  readonly firstLine: Promise<string>;
  readonly pid: number;
  /** Null while it runs. */
  readonly exit: () => string | null;
  /** SIGTERM, and after the patience SIGKILL. Answers the exit code or the signal that ended it; a second call, the same. */
  readonly stop: () => Promise<string>;
  /** SIGKILL at once; whoever does it does not call it a fall. */
  readonly kill: () => void;
}

export interface Nursery {
  readonly start: (program: Program) => Child;
  /** Throws if one has ended though nobody stopped it. */
  readonly assertAllStand: () => void;
  /** At once, and without waiting: for the end of this process. */
  readonly killAll: () => void;
}

const usualPatienceMs = 20_000;

/** Standard output and error into one file, in the order of their arrival. */
const logInto = (child: ChildProcess, logFile: string): Promise<void> => {
  const file = createWriteStream(logFile);
  child.stdout?.pipe(file, { end: false });
  child.stderr?.pipe(file, { end: false });
  return new Promise((resolve) => child.once('close', () => file.end(resolve)));
};

const firstLineOf = (child: ChildProcess, name: string): Promise<string> =>
  new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', resolve);
    child.once('exit', (code, signal) => reject(new Error(`${name} ended with ${code ?? signal} before it said anything.`)));
    child.once('error', reject);
  });

/**
 * Processes of a run, each in a process group of its own: a Ctrl-C reaches only the run. Not even a killed run leaves any
 * behind: the stand-ins end with their stdin, a worker when it has no stdout left to write to.
 */
export const openNursery = (folder: string, patienceMs = usualPatienceMs): Nursery => {
  const children: {
    readonly child: Child;
    readonly process: ChildProcess;
    readonly atOnce: NodeJS.Signals;
    stopping: boolean;
  }[] = [];

  const start = ({ name, command, args, env }: Program): Child => {
    const child = spawn(command ?? process.execPath, args, {
      cwd: projectRoot,
      env,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const logFile = join(folder, `${name}.log`);
    const firstLine = firstLineOf(child, name);
    // Whoever does not ask for it does not want to hear that it never came.
    firstLine.catch(() => undefined);
    const logged = logInto(child, logFile);
    const exit = (): string | null => (child.exitCode === null ? child.signalCode : String(child.exitCode));
    const stop = async (): Promise<string> => {
      entry.stopping = true;
      if (exit() === null) child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await logged;
      clearTimeout(impatience);
      return String(exit());
    };
    const kill = (): void => {
      entry.stopping = true;
      child.kill('SIGKILL');
    };
    // Whoever runs a container must live to end it.
    const atOnce: NodeJS.Signals = command === undefined ? 'SIGKILL' : 'SIGTERM';
    const known = { name, logFile, firstLine, pid: child.pid!, exit, stop, kill };
    const entry = { child: known, process: child, atOnce, stopping: false };
    children.push(entry);
    return entry.child;
  };

  return {
    start,
    assertAllStand: () => {
      const fallen = children.find(({ child, stopping }) => !stopping && child.exit() !== null)?.child;
      if (fallen) throw new Error(`${fallen.name} ended by itself (${fallen.exit()}); see ${fallen.logFile}.`);
    },
    killAll: () => children.forEach(({ process: child, atOnce }) => void child.kill(atOnce)),
  };
};
