import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { verifyStatement } from '@mingdai/statement';
import { fingerprintOf } from '../../platform/signing-key.ts';
import { Misuse, Stop, type CliCommand } from '../command.ts';
import { presentVerification, verifyLines } from '../verify-report.ts';
import { VERIFY_WORDS, type VerifyLanguage } from '../verify-words.ts';

/** Checks a statement with nothing but the file: no server, no network. */
export const command: CliCommand = {
  name: 'verify',
  summary: 'Check a statement.json: signature, what was touched, and every figure computed anew',
  words: '<statement.json>',
  options: {
    key: { type: 'string', value: 'file|fingerprint', multiple: true, help: 'a key to trust: a public key (PEM), or its SHA-256 fingerprint or key id; may be given again' },
    lang: { type: 'string', value: 'en|zh', default: 'en', help: 'language of the answer' },
  },
  notes: [
    'Examples:',
    '  mingdai verify mingdai-statement-….json',
    '  mingdai verify statement.json --key statement-324be2dea8bc4446.pub.pem --lang zh',
    'Exit codes: 0 it agrees; 1 it disagrees, cannot be read, or --key was given and another key signed it; 2 asked wrongly.',
  ].join('\n'),
  async run(input) {
    const language = languageOf(input.values['lang']);
    const [file, ...others] = input.words;
    if (file === undefined || others.length > 0) throw new Misuse('takes one file, e.g. statement.json');
    const keys = ((input.values['key'] ?? []) as readonly string[]).map(trustedKeyOf);
    const report = verifyStatement(textOf(file), { trustedKeyIds: keys });
    for (const line of verifyLines(report, VERIFY_WORDS[language], language)) input.say(line);
    input.answer(presentVerification(report));
    return report.verdict === 'agrees' || (report.verdict === 'agrees_key_unknown' && keys.length === 0) ? 0 : 1;
  },
};

const BYTES_MAX = 32_000_000;

function textOf(file: string): string {
  if (!existsSync(file) || !statSync(file).isFile()) throw new Stop(`There is no file ${file}.`);
  if (statSync(file).size > BYTES_MAX) throw new Stop(`${file} is larger than any statement is.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch {
    throw new Stop(`${file} is no UTF-8 text: it cannot be a statement.`);
  }
}

/** Answers what `verifyStatement` takes: a fingerprint or a key id. */
function trustedKeyOf(value: string): string {
  if (existsSync(value)) {
    try {
      const key = createPublicKey(readFileSync(value));
      if (key.asymmetricKeyType === 'ed25519') return fingerprintOf(key);
    } catch {
      throw new Misuse(`--key ${value} holds no public key in PEM`);
    }
    throw new Misuse(`--key ${value} is no Ed25519 key`);
  }
  const digits = value.replace(/[\s:]/g, '').toLowerCase();
  if (/^([0-9a-f]{16}|[0-9a-f]{64})$/.test(digits)) return digits;
  throw new Misuse(`--key is a file with a public key, or 64 (or 16) hexadecimal digits, got ${JSON.stringify(value)}`);
}

function languageOf(value: unknown): VerifyLanguage {
  if (value === 'en' || value === 'zh') return value;
  throw new Misuse(`--lang is en or zh, got ${JSON.stringify(value)}`);
}
