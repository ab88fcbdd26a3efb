/** Programs of others that tests run as child processes, where the machine has them. */
import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

function works(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export const HAS_REQUESTS = works('python3', '-c', 'import requests');
export const HAS_BOTO3 = HAS_REQUESTS && works('python3', '-c', 'import boto3');
export const HAS_AWS = works('aws', '--version');

/** Runs one of the Python clients beside this folder with settings from the environment, and answers what it printed. */
export async function python(client: string, settings: Record<string, string>) {
  const script = fileURLToPath(new URL(`../clients/${client}.py`, import.meta.url));
  const { stdout } = await run('python3', [script], {
    env: { ...environment(), ...settings },
    maxBuffer: 64e6,
  });
  return JSON.parse(stdout);
}

/** Runs the AWS command line and answers the JSON it prints. */
export async function aws(args: string[], settings: Record<string, string> = {}) {
  const { stdout } = await run('aws', [...args, '--region', 'us-east-1', '--output', 'json'], {
    env: { ...environment(), ...settings },
  });
  return JSON.parse(stdout);
}

/** The environment without credentials and settings of this machine: these clients sign in unsigned. */
function environment(): Record<string, string | undefined> {
  const ours = Object.entries(process.env).filter(([name]) => !/^AWS_|_proxy$/i.test(name));
  return {
    ...Object.fromEntries(ours),
    PYTHONDONTWRITEBYTECODE: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    NO_PROXY: '127.0.0.1',
  };
}
