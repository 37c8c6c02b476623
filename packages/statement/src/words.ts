import type { Words } from '@mingdai/loan-math';

const both = (en: string, zh: string): Words => ({ en, zh });
const at = (en: string, zh: string) => (line: number, column: number): Words => both(`${en} at line ${line}, column ${column}`, `第 ${line} 行第 ${column} 列：${zh}`);

/** What can be wrong with a statement, as people read it. */
export const say = {
  noJson: at('this is no JSON', '不是合法的 JSON'),
  noText: at('this is no text of JSON, or one longer than 10000 characters', '不是合法的 JSON 字符串，或超过 10000 个字符'),
  afterEnd: at('the statement ends, but the text goes on', '结单已结束，其后还有内容'),
  tooDeep: at('nested deeper than a statement ever is', '嵌套层数超过结单的上限'),
  tooMany: at('more values than a statement ever has', '数值个数超过结单的上限'),
  tooLong: (most: number) => both(`longer than ${most} characters: no statement is`, `超过 ${most} 个字符，不可能是结单`),
  notBytes: both('these bytes are no UTF-8 text', '不是 UTF-8 文本'),
  givenTwice: both('this member is given twice: which one counts cannot be said', '该项出现了两次，无法确定以哪个为准'),
  notCanonical: (token: string) => both(`${token} is not written as a whole number is`, `${token} 不是规范书写的整数`),

  noFormat: (format: string) => both(`this is no statement in the format ${format}`, `不是 ${format} 格式的结单`),
  otherArithmetic: (theirs: string, ours: string) => both(
    `made with arithmetic ${theirs}; this program checks arithmetic ${ours}: a program of that version is needed`,
    `按第 ${theirs} 版算法出具，本程序核对的是第 ${ours} 版：请使用相应版本的程序`,
  ),
  unknownMember: both('a statement has no such member', '结单没有这一项'),
  missing: both('this member is missing', '缺少这一项'),
  needs: (rule: Words, value: string) => both(`must be ${rule.en}; it is ${value}`, `应为${rule.zh}；实际为 ${value}`),
  terms: (text: string) => both(`no loan can have these terms: ${text}`, `不可能有这样的合同条款：${text}`),
  events: (text: string) => both(`this cannot have happened to the loan: ${text}`, `这笔贷款不可能发生这样的事：${text}`),
  learnedLater: (knownThrough: number) => both(`the statement says it knows events through number ${knownThrough}; this is a later one`, `结单声明只包含编号不超过 ${knownThrough} 的事件，此事件编号更大`),
  countsLater: both('this counts from a day after the day of the statement', '此事件的生效日晚于结单日'),
  marker: both('a note of the books, not an event of the loan: a statement has none', '这是记账标记，不是贷款事件：结单中不应出现'),
  supersedesItself: both('a statement cannot correct itself', '结单不能更正其自身'),
  dayToCome: (issuedOn: string) => both(`a day after ${issuedOn}, on which the statement was issued: what will be is not known`, `晚于结单出具日 ${issuedOn}：尚未发生的事无从得知`),
  outOfOrder: both('events stand in the order in which they were learned of: this number is not above the one before', '事件按获知的先后排列：此编号没有大于前一编号'),
  bookedLater: both('booked after the statement was issued', '记账时刻晚于结单出具时刻'),
  signedLater: both('signed after the statement was issued', '签署时刻晚于结单出具时刻'),
  paidOutUnsigned: (signedOn: string) => both(`paid out before ${signedOn}, on which the contract was signed`, `放款日早于合同签署日 ${signedOn}`),
  sharesWrong: both('the shares of the funders must be of different funders and add up to 1000000', '各资金方不得重复，出资比例合计应为 1000000'),
  notRecomputed: (text: string) => both(`cannot be recomputed: ${text}`, `无法重新计算：${text}`),
  differs: both('recomputed, it is another', '重新计算的结果不同'),

  touched: both('changed after it was signed: it is not what its seal says', '签名之后被改动：内容与封记不符'),
  added: both('added after it was signed: it has no seal', '签名之后添加：没有封记'),
  removed: both('removed after it was signed: its seal is there, the content is not', '签名之后删除：封记尚在，内容已无'),
  sealsWrong: both('the seals are no list of seals', '封记的格式不对'),
  signatureWrong: both('the signature is not that of this key over this content', '签名与此密钥及内容不符'),
  signatureHidden: both(
    'the signature is not that of this key over this content, although every seal fits: content and seal were changed together, or the signature was',
    '签名与此密钥及内容不符，而各封记都相符：要么内容与封记被一并改动，要么签名被改动',
  ),
  keyIdWrong: (keyId: string) => both(`the public key has the id ${keyId}`, `该公钥的编号应为 ${keyId}`),
};

/** The rules of single values, as they read after "must be". */
export const rule = {
  text: (most: number) => both(
    `a text of 1 to ${most} characters that all show, without space around it and without letters of alphabets that look alike side by side`,
    `1 至 ${most} 个字符的文字：每个字符可见，首尾无空格，不混用外形相似的不同文字`,
  ),
  code: (most: number) => both(`1 to ${most} letters, digits or signs of ASCII without spaces`, `1 至 ${most} 个 ASCII 字母、数字或符号，不含空格`),
  boolean: both('true or false', 'true 或 false'),
  whole: (from: number, to: number) => both(`a whole number, ${from} to ${to}`, `${from} 至 ${to} 的整数`),
  oneOf: (words: readonly string[]) => both(`one of ${words.join(', ')}`, `${words.join('、')} 之一`),
  amount: (from: bigint, to: bigint) => both(`fen as decimal digits in quotes, ${from} to ${to}`, `以分为单位、加引号的十进制数字，${from} 至 ${to}`),
  rate: (to: bigint) => both(`parts per million as decimal digits in quotes, 0 to ${to}`, `以百万分之一为单位、加引号的十进制数字，0 至 ${to}`),
  day: both('a day of the calendar as YYYY-MM-DD', '日历上存在的日期 YYYY-MM-DD'),
  instant: both('an instant as YYYY-MM-DDTHH:MM:SS.sssZ', '时刻 YYYY-MM-DDTHH:MM:SS.sssZ'),
  fraction: both('a fraction in lowest terms as digits/digits', '最简分数 数字/数字'),
  hex: (digits: number) => both(`${digits} hexadecimal digits in lower case`, `${digits} 位小写十六进制数字`),
  list: (most: number) => both(`a list of at most ${most}`, `至多 ${most} 项的列表`),
  object: both('an object with named members', '由具名成员组成的对象'),
};
