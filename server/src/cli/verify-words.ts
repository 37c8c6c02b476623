import type { StatementCheck, StatementVerdict } from '@mingdai/statement';

export type VerifyLanguage = 'en' | 'zh';

/** Every word `mingdai verify` says beside those of the report, in one language. */
export type VerifyWords = {
  readonly verdict: (verdict: StatementVerdict) => string;
  readonly statement: string;
  readonly loan: string;
  readonly asOf: (asOf: string, issuedAt: string, knownThrough: number) => string;
  readonly supersedes: (id: string) => string;
  readonly signature: string;
  readonly signed: (isValid: boolean, isTrusted: boolean) => string;
  readonly fingerprint: string;
  readonly unknownKey: string;
  readonly problems: (count: number) => string;
  readonly says: (claimed: string, recomputed: string) => string;
  readonly section: Readonly<Record<StatementCheck['section'], string>>;
  readonly columns: readonly [claimed: string, recomputed: string];
  readonly differs: string;
  readonly rows: Readonly<Record<'number' | 'dueOn' | 'principal' | 'interest' | 'penalty' | 'balance' | 'state', string>>;
  readonly state: Readonly<Record<'upcoming' | 'due' | 'overdue' | 'paid', string>>;
  /** Claimed words that are no amounts and no days; what is not here stands as it is. */
  readonly values: Readonly<Record<string, string>>;
  readonly agrees: (count: number) => string;
  readonly account: string;
  readonly left: (outstanding: string, due: string) => string;
};

const en: VerifyWords = {
  verdict: (verdict) => ({
    agrees: 'AGREES. Nothing was changed since a key you trust signed it, and every figure follows from the contract and the events listed.',
    agrees_key_unknown: 'AGREES, KEY UNKNOWN. Nothing was changed since it was signed and every figure follows, but you have not said that you trust this key.',
    disagrees: 'DISAGREES.',
    unreadable: 'UNREADABLE. It cannot be checked without guessing what it means.',
  })[verdict],
  statement: 'Statement', loan: 'Loan',
  asOf: (asOf, issuedAt, knownThrough) => `as of ${asOf}, issued ${issuedAt}, events known through number ${knownThrough}`,
  supersedes: (id) => `supersedes ${id}: something that counts by that day became known after it`,
  signature: 'Signature', signed: (isValid, isTrusted) => `${isValid ? 'valid' : 'NOT VALID'}, key ${isTrusted ? 'trusted' : 'unknown'}`, fingerprint: 'Fingerprint',
  unknownKey: 'Compare the fingerprint with one you got from the lender another way, then pass it with --key.',
  problems: (count) => (count === 1 ? 'One thing is wrong:' : `${count} things are wrong, the first first:`),
  says: (claimed, recomputed) => `says ${claimed}, recomputed ${recomputed}`,
  section: { position: 'Where the loan stands', due: 'Due', totals: 'Totals since it began', installment: 'Installments', payoff: 'What ends the loan that day' },
  columns: ['claimed', 'recomputed'], differs: '<- differs',
  rows: { number: 'no', dueOn: 'due on', principal: 'principal', interest: 'interest', penalty: 'penalty', balance: 'left after', state: '' },
  state: { upcoming: 'upcoming', due: 'due', overdue: 'OVERDUE', paid: 'paid' },
  values: { awaiting_disbursement: 'awaiting payout', charged_off: 'charged off', active: 'being repaid', true: 'yes', false: 'no' },
  agrees: (count) => `${count} figures recomputed, all agree.`,
  account: 'Why: the account, recomputed line by line',
  left: (outstanding, due) => `principal left ${outstanding}, due ${due}`,
};

const zh: VerifyWords = {
  verdict: (verdict) => ({
    agrees: '相符。自您信任的密钥签名以来没有任何改动，每个数字都能从合同和所列事件推算得出。',
    agrees_key_unknown: '相符，但密钥未知。签名以来没有任何改动，每个数字都推算得出，但您尚未声明信任该密钥。',
    disagrees: '不符。',
    unreadable: '无法读取。不靠猜测就无法确定其含义，因此不能核对。',
  })[verdict],
  statement: '结单', loan: '贷款',
  asOf: (asOf, issuedAt, knownThrough) => `截至 ${asOf}，出具于 ${issuedAt}，已知事件至第 ${knownThrough} 号`,
  supersedes: (id) => `取代 ${id}：其后得知了影响该日的事件`,
  signature: '签名', signed: (isValid, isTrusted) => `${isValid ? '有效' : '无效'}，密钥${isTrusted ? '受信任' : '未知'}`, fingerprint: '指纹',
  unknownKey: '请将指纹与从其他渠道取得的出借人指纹核对，然后用 --key 指定。',
  problems: (count) => `有 ${count} 处不对，最先的在前：`,
  says: (claimed, recomputed) => `结单为 ${claimed}，重算为 ${recomputed}`,
  section: { position: '贷款现状', due: '当前应还', totals: '累计', installment: '各期', payoff: '当日结清金额' },
  columns: ['结单', '重算'], differs: '<- 不同',
  rows: { number: '期', dueOn: '还款日', principal: '本金', interest: '利息', penalty: '罚息', balance: '还后剩余', state: '' },
  state: { upcoming: '未到期', due: '到期', overdue: '逾期', paid: '已还' },
  values: { awaiting_disbursement: '待放款', cancelled: '已取消', active: '还款中', settled: '已结清', charged_off: '已转损失', current: '正常', true: '是', false: '否' },
  agrees: (count) => `重算了 ${count} 个数字，全部相符。`,
  account: '原因：逐笔重算的账目',
  left: (outstanding, due) => `剩余本金 ${outstanding}，应还 ${due}`,
};

export const VERIFY_WORDS: Readonly<Record<VerifyLanguage, VerifyWords>> = { en, zh };
