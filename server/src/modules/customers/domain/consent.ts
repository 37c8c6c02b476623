import type { Instant } from '../../../kernel/instant.ts';

/** What a person may agree to, each for itself, never bundled (DATA-011). */
export type ConsentPurpose = 'bureau_query' | 'identity_check' | 'funder_share';

/** A consent that was given, with the text that was read. It stands until it is withdrawn. */
export type Consent = {
  readonly id: string;
  readonly customerId: string;
  readonly purpose: ConsentPurpose;
  readonly recipient: string;
  readonly textVersion: number;
  readonly text: string;
  readonly givenAt: Instant;
  readonly withdrawnAt: Instant | null;
};

/** The version of the texts below: any change of a word is a new version. */
export const CONSENT_TEXT_VERSION = 1;

const texts: Readonly<Record<ConsentPurpose, (recipient: string) => string>> = {
  bureau_query: (recipient) =>
    `为审核您的借款申请及贷后管理，您授权我们向「${recipient}」提供您的姓名和身份证号码，查询并使用您的信用报告。查询会留下记录。您可以随时在“隐私”中撤回，撤回不影响此前已完成的查询。`,
  identity_check: (recipient) =>
    `为确认是您本人申请，您同意我们向「${recipient}」提供您的姓名、身份证号码、银行卡号、手机号和人脸核验凭证，用于人脸识别和银行卡四要素核验。这些是敏感个人信息，我们不保存您的人脸图像和完整卡号。您可以随时撤回。`,
  funder_share: (recipient) =>
    `您的借款可能由多家机构共同出资。您同意我们向「${recipient}」提供与本次借款有关的申请和还款信息（不含您的人脸信息），供其独立审批和贷后管理。您可以随时撤回，撤回后不再提供新的信息。`,
};

/** What a person agrees to: purpose, recipient, kinds of data, and how to take it back (DATA-001, DATA-010, DATA-011). */
export const consentText = (purpose: ConsentPurpose, recipient: string): string => texts[purpose](recipient);

export const stands = (consent: Consent): boolean => consent.withdrawnAt === null;

/** The consent that covers a purpose (for a recipient, when one is named); the newest when several stand. */
export function standingConsent(consents: readonly Consent[], purpose: ConsentPurpose, recipient?: string): Consent | null {
  const standing = consents.filter((each) => stands(each) && each.purpose === purpose && (recipient === undefined || each.recipient === recipient));
  return standing.reduce<Consent | null>((newest, each) => (newest === null || each.givenAt > newest.givenAt ? each : newest), null);
}
