import { formatDate, formatYuan } from '@mingdai/loan-math';
import { fractionOf, type StatementCheck, type StatementReport } from '@mingdai/statement';
import type { VerifyLanguage, VerifyWords } from './verify-words.ts';

const SECTIONS = ['position', 'due', 'totals', 'payoff'] as const;

/** The report of a check, for people: the verdict, who signed, what is wrong, each figure beside the recomputed one, and why each is what it is. */
export function verifyLines(report: StatementReport, words: VerifyWords, language: VerifyLanguage): readonly string[] {
  const { verdict, problems, checks } = report;
  return [
    words.verdict(verdict),
    ...headLines(report, words),
    ...(problems.length === 0 ? [] : ['', words.problems(problems.length)]),
    ...problems.slice(0, 20).map(({ path, what, claimed, recomputed }) =>
      `  ${path === '' ? '' : `${path}: `}${what[language]}${claimed === undefined || recomputed === undefined ? '' : ` (${words.says(claimed, recomputed)})`}`),
    ...(problems.length > 20 ? [`  … ${problems.length - 20}`] : []),
    ...SECTIONS.flatMap((section) => sectionLines(checks.filter((check) => check.section === section), words, language)),
    ...installmentLines(checks.filter(({ section }) => section === 'installment'), words, language),
    ...(checks.length > 0 && checks.every(({ agrees }) => agrees) ? ['', words.agrees(checks.length)] : []),
    ...accountOf(report, words, language),
  ];
}

function headLines({ head, signature }: StatementReport, words: VerifyWords): readonly string[] {
  const who = signature.fingerprint === null ? [] : [
    `${words.signature}: ${words.signed(signature.isValid, signature.isTrusted)}`,
    `${words.fingerprint}: ${grouped(signature.fingerprint)}`,
    ...(signature.isValid && !signature.isTrusted ? [words.unknownKey] : []),
  ];
  if (head === null) return who;
  return [
    `${words.statement}: ${head.id}, ${words.asOf(formatDate(head.asOf), head.issuedAt, head.knownThrough)}`,
    ...(head.supersedes === null ? [] : [`  ${words.supersedes(head.supersedes)}`]),
    `${words.loan}: ${head.loan.id}, ${head.loan.lender}`,
    ...who,
  ];
}

const grouped = (hex: string): string => hex.replace(/(.{4})(?=.)/g, '$1 ');

/** Chinese characters take two places of a terminal. */
const widthOf = (text: string): number => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0)! >= 0x2e80 ? 2 : 1), 0);
const left = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
const right = (text: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(text))) + text;

function sectionLines(checks: readonly StatementCheck[], words: VerifyWords, language: VerifyLanguage): readonly string[] {
  const [first] = checks;
  if (first === undefined) return [];
  return [
    '', `${left(words.section[first.section], 46)}${right(words.columns[0], 18)}${right(words.columns[1], 18)}`,
    ...checks.map(({ label, claimed, recomputed, agrees }) => `  ${left(label[language], 44)}${right(inWords(claimed, words), 18)}${right(inWords(recomputed, words), 18)}${exactly(recomputed)}${agrees ? '' : `  ${words.differs}`}`),
  ];
}

/** An exact fraction of fen stands in its column as yuan, and as itself behind the line. */
function inWords(text: string, { values }: VerifyWords): string {
  const fraction = fractionOf(text);
  return fraction === null ? (values[text] ?? text) : `${fraction.isExact ? '' : '≈ '}${fraction.yuan}`;
}

const exactly = (text: string): string => (fractionOf(text) === null ? '' : `  = ${text}`);

const COLUMNS = [['dueOn', 'due_on', 12], ['principal', 'principal_fen', 14], ['interest', 'interest_fen', 12], ['penalty', 'penalty_fen', 12], ['balance', 'balance_after_fen', 14]] as const;

/** A line for each as it was claimed; below it what differs. */
function installmentLines(checks: readonly StatementCheck[], words: VerifyWords, language: VerifyLanguage): readonly string[] {
  if (checks.length === 0) return [];
  const rows = Map.groupBy(checks, ({ installment }) => installment);
  const head = COLUMNS.map(([name, , width]) => right(words.rows[name], width)).join('');
  return [
    '', words.section.installment, `  ${right(words.rows.number, 3)}${head}`,
    ...[...rows].flatMap(([number, cells]) => {
      const of = (member: string): string => cells.find(({ path }) => path.endsWith(`.${member}`))?.claimed ?? '';
      const state = words.state[of('status') as keyof VerifyWords['state']] ?? of('status');
      const line = `  ${right(String(number ?? ''), 3)}${COLUMNS.map(([, member, width]) => right(of(member), width)).join('')}  ${state}`;
      return [line, ...cells.filter(({ agrees }) => !agrees).map(({ label, claimed, recomputed }) => `      ${label[language]}: ${words.says(claimed, recomputed)}  ${words.differs}`)];
    }),
  ];
}

function accountOf({ lines }: StatementReport, words: VerifyWords, language: VerifyLanguage): readonly string[] {
  if (lines.length === 0) return [];
  return [
    '', words.account,
    ...lines.flatMap(({ on, what, why, principalOutstanding, due }) => [
      `  ${formatDate(on)}  ${what[language]}`,
      ...why.map((reason) => `    - ${reason[language]}`),
      `    = ${words.left(formatYuan(principalOutstanding), formatYuan(due))}`,
    ]),
  ];
}

/** The same for programs: amounts as fen in text, days as YYYY-MM-DD. */
export function presentVerification({ verdict, problems, head, signature, checks, lines }: StatementReport): unknown {
  return {
    kind: 'verification', verdict, problems,
    head: head === null ? null : {
      id: head.id, arithmetic: head.arithmetic, currency: head.currency, issued_at: head.issuedAt, as_of: formatDate(head.asOf), known_through: head.knownThrough, supersedes: head.supersedes,
      loan: { id: head.loan.id, contract_id: head.loan.contractId, product_code: head.loan.productCode, product_version: head.loan.productVersion, lender: head.loan.lender },
    },
    signature: { key_id: signature.keyId, fingerprint: signature.fingerprint, is_valid: signature.isValid, is_trusted: signature.isTrusted },
    checks: checks.map(({ section, path, label, claimed, recomputed, agrees }) => ({ section, path, label, claimed, recomputed, agrees })),
    account: lines.map(({ on, kind, event, what, why, principalOutstanding, due }) => ({
      on: formatDate(on), kind, event, what, why: why.map(({ en, zh }) => ({ en, zh })), principal_outstanding_fen: principalOutstanding, due_fen: due,
    })),
  };
}
