import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { openNursery } from './children';
import { openProgress } from './progress';
import { builtProgram } from './stage';

/** What a run of worker processes is given. Its folder is kept, and named, if it fails or says that it is wanted. */
export interface Session {
  readonly nursery: ReturnType<typeof openNursery>;
  readonly progress: ReturnType<typeof openProgress>;
  readonly folder: string;
  readonly nowMs: () => number;
  readonly keepFolder: () => void;
}

export interface SessionOptions {
  /** `demo`, `chaos`: the script that runs it. */
  readonly name: string;
  /** How long a child may take to stop. */
  readonly stopPatienceMs?: number;
}

const openSession = ({ name, stopPatienceMs }: SessionOptions): Session => {
  if (!existsSync(builtProgram[0]!))
    throw new Error(`Expected the built program in dist/. Run \`npm run build\`, or \`npm run ${name}\`.`);
  const folder = mkdtempSync(join(tmpdir(), `tidemark-${name}-`));
  const nursery = stopPatienceMs === undefined ? openNursery(folder) : openNursery(folder, stopPatienceMs);
  let isFolderWanted = false;
  process.once('exit', () => {
    nursery.killAll();
    if (isFolderWanted) process.stderr.write(`Logs: ${folder}\n`);
    else rmSync(folder, { recursive: true, force: true });
  });
  const nowMs = (): number => performance.now();
  const progress = openProgress(process.stderr, nowMs);
  return { nursery, progress, folder, nowMs, keepFolder: () => void (isFolderWanted = true) };
};

const exitCodeOf = async (options: SessionOptions, play: (open: () => Session) => Promise<number>): Promise<number> => {
  const opened: Session[] = [];
  const open = (): Session => {
    const session = openSession(options);
    opened.push(session);
    return session;
  };
  try {
    return await play(open);
  } catch (error) {
    for (const { progress, keepFolder } of opened) {
      progress.end();
      keepFolder();
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`The ${options.name} failed: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
};

/** Runs it as the whole of this process, and ends the process with its exit code; 2 for wrong usage. The exit takes the children along. */
export const runSession = (options: SessionOptions, play: (open: () => Session) => Promise<number>): void => {
  // Newcomers run what they have; the image runs a newer Node.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  // 128 and the number of the signal, as shells have it.
  process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
  void exitCodeOf(options, play).then((code) => process.exit(code));
};
