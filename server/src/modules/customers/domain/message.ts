/** The texts we send, by template. Amounts and days come in as text, ready to read. */
const templates = {
  payout_done: ({ amount, card }: Params) => `您的借款${amount}元已到账尾号${card}的银行卡。`,
  payout_failed: ({ amount }: Params) => `您的借款${amount}元未能到账，本次借款已取消，不会产生利息。`,
  due_soon: ({ amount, day }: Params) => `您${day}应还款${amount}元，请保证银行卡余额充足。`,
  debit_failed: ({ amount, day }: Params) => `${day}的还款${amount}元未扣款成功，请主动还款，以免产生罚息。`,
  overdue: ({ amount, days, day }: Params) => `截至${day}，您的借款已逾期${days}天，应还${amount}元，逾期信息可能报送征信。`,
  repaid: ({ amount, day }: Params) => `已收到您${day}的还款${amount}元。`,
  settled: ({ day }: Params) => `您的借款已于${day}全部结清，感谢使用。`,
} as const;

type Params = Readonly<Record<string, string>>;

export type MessageTemplate = keyof typeof templates;

export const isMessageTemplate = (name: string): name is MessageTemplate => Object.hasOwn(templates, name);

export const messageText = (template: MessageTemplate, params: Params): string => templates[template](params);

export type MessageStatus = 'queued' | 'sending' | 'delivered' | 'refused' | 'unknown' | 'given_up';

/** After this many answers that told nothing a message is given up: news that old misleads. */
export const MESSAGE_TRIES = 5;

/** What becomes of a message after the provider's answer to try number `attempts`. */
export function afterSending(answer: 'delivered' | 'refused' | 'unknown', attempts: number): MessageStatus {
  return answer === 'unknown' && attempts >= MESSAGE_TRIES ? 'given_up' : answer;
}
