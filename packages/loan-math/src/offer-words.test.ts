import { describe, expect, it } from 'vitest';
import { divideHalfUp, fen, formatYuan, ONE, readOffer, type DescribedFee, type Fixed, type OfferPrice } from './index.ts';

const asked = fen(1_000_000n);
/** A share as per cent, to six decimals, without trailing zeros. */
const percent = (share: Fixed): string => {
  const millionths = divideHalfUp(share * 100_000_000n, ONE);
  return `${millionths / 1_000_000n}.${(millionths % 1_000_000n).toString().padStart(6, '0')}`.replace(/\.?0+$/, '');
};
const priceIn = (price: OfferPrice): string => {
  const stated = price.stated === null ? '' : `${percent(price.stated.rate)}% a ${price.stated.per}`;
  return price.kind === 'installment' ? `installment ${formatYuan(price.amount)}${stated === '' ? '' : ` beside ${stated}`}` : `${stated} ${price.method} on ${price.base}`;
};
const feeIn = ({ when, size }: DescribedFee): string => `${when} ${size.kind === 'amount' ? formatYuan(size.amount) : `${percent(size.share)}% of ${size.of}`}`;

function readAs(text: string): readonly string[] {
  const read = readOffer(text, asked);
  if (read.kind === 'refused') return [read.refusal.code, 'words' in read.refusal ? [read.refusal.words].flat().join(' ') : ''];
  const { principal, received, months, price, fees } = read.offer;
  return [`${months} months`, `${formatYuan(principal)}${received === null ? '' : ` received ${formatYuan(received)}`}`, priceIn(price), ...fees.map(feeIn)];
}

const open = (rate: string): readonly string[] => ['12 months', '10000.00', `${rate} level_installment on open`];
const daily = open('0.05% a day');

describe('the price in a seller\'s words', () => {
  it.each([
    ['12期 日息万五', daily],
    ['12期 日息万5', daily],
    ['十二个月 日利率万分之五', daily],
    ['日万五 12期', daily],
    ['12期日息0.05％', daily],
    ['1年 利率0.05%/日', daily],
    ['12期，利息0.05%每天', daily],
    ['0.05%/day for 12 months', daily],
    ['0.05% per day, 12 monthly installments', daily],
    ['12-month loan, daily rate 0.05 %', daily],
    ['12期 月息千分之五', open('0.5% a month')],
    ['12期 月息5‰', open('0.5% a month')],
    ['12期 月息5厘', open('0.5% a month')],
    ['12期 月息1分', open('1% a month')],
    ['12期 月息1分5', open('1.5% a month')],
    ['12期 月息一分五厘', open('1.5% a month')],
    ['12期 年息1分', open('10% a year')],
    ['12期 日息5厘', open('0.05% a day')],
    ['12期 年利率百分之十八', open('18% a year')],
    ['12期 年化百分之七点二', open('7.2% a year')],
    ['12期 18% 年化', open('18% a year')],
    ['18% p.a., 12 months', open('18% a year')],
    ['APR 18% for 12 months', open('18% a year')],
    ['annual interest rate of 18 percent over 12 months', open('18% a year')],
    ['1.5% monthly interest, 12 months', open('1.5% a month')],
    ['12期 每期0.6%', open('0.6% a month')],
    ['信用卡分期 12期 每期费率0.6%', open('0.6% a month')],
    ['12期 日息0.098%', open('0.098% a day')],
    ['半年 月息1%', ['6 months', '10000.00', '1% a month level_installment on open']],
    ['两年 月息1%', ['24 months', '10000.00', '1% a month level_installment on open']],
    ['一百二十期 月息1%', ['120 months', '10000.00', '1% a month level_installment on open']],
    ['二十四期 月息1%', ['24 months', '10000.00', '1% a month level_installment on open']],
  ])('%s', (text, expected) => expect(readAs(text)).toEqual(expected));
});

describe('what the price is a price of', () => {
  it.each([
    ['12期 日息万五 等额本息', 'level_installment on outstanding'],
    ['12期 日息万五 等额本金', 'level_principal on outstanding'],
    ['12期 日息万五 先息后本', 'interest_first on outstanding'],
    ['12期 日息万五 每月付息到期还本', 'interest_first on outstanding'],
    ['12期 日息万五 等本等息', 'level_installment on original'],
    ['12期 日息万五 按原始本金计息', 'level_installment on original'],
    ['12期 日息万五 按借款金额计', 'level_installment on original'],
    ['12期 按剩余本金计 日息万五', 'level_installment on outstanding'],
    ['12期 日息万五 按未还本金', 'level_installment on outstanding'],
    ['daily 0.05% flat, 12 months', 'level_installment on original'],
    ['0.05% a day on the original amount, 12 months', 'level_installment on original'],
    ['0.05% a day on the reducing balance, 12 months', 'level_installment on outstanding'],
    ['interest-only 0.05% a day, 12 months', 'interest_first on outstanding'],
  ])('%s', (text, base) => expect(readAs(text)).toEqual(['12 months', '10000.00', `0.05% a day ${base}`]));
});

describe('fees in a seller\'s words', () => {
  it.each([
    ['服务费 0.3%/月', 'monthly 0.3% of original'],
    ['月服务费0.3%', 'monthly 0.3% of original'],
    ['每月服务费0.3%', 'monthly 0.3% of original'],
    ['服务费：0.3%每月', 'monthly 0.3% of original'],
    ['每期收取服务费30元', 'monthly 30.00'],
    ['服务费按剩余本金0.3%/月', 'monthly 0.3% of outstanding'],
    ['服务费0.3%/月 按剩余本金', 'monthly 0.3% of outstanding'],
    ['service fee 0.3% a month of the outstanding principal', 'monthly 0.3% of outstanding'],
    ['monthly service fee 30 yuan', 'monthly 30.00'],
    ['一次性先扣手续费500元', 'deducted 500.00'],
    ['手续费500元 放款时扣除', 'deducted 500.00'],
    ['砍头息500', 'deducted 500.00'],
    ['砍头息5%', 'deducted 5% of original'],
    ['5% origination fee deducted', 'deducted 5% of original'],
    ['a 5% fee held back', 'deducted 5% of original'],
    ['会员费299元 预付', 'paid_up_front 299.00'],
    ['processing fee 3% upfront', 'paid_up_front 3% of original'],
    ['首期收取服务费500元', 'with_first 500.00'],
    ['快审费500元随首期收取', 'with_first 500.00'],
    ['fast-review fee 500 yuan with the first installment', 'with_first 500.00'],
  ])('12期 日息万五, %s', (text, fee) => expect(readAs(`12期 日息万五, ${text}`)).toEqual([...daily, fee]));

  it('several, each with its own time', () => {
    expect(readAs('日息0.05% 12期 服务费0.3%/月 担保费1%先扣')).toEqual([...daily, 'monthly 0.3% of original', 'deducted 1% of original']);
  });
  it('alone, as the price: what they are a share of is then open', () => {
    expect(readAs('12期，每期手续费率0.6%')).toEqual(['12 months', '10000.00', '0% a year level_installment on outstanding', 'monthly 0.6% of open']);
    expect(readAs('免息 12期 手续费0.6%/期 等本等息')).toEqual(['12 months', '10000.00', '0% a year level_installment on outstanding', 'monthly 0.6% of original']);
    expect(readAs('12 months 0% interest, 6% fee paid up front')).toEqual(['12 months', '10000.00', '0% a year level_installment on open', 'paid_up_front 6% of original']);
  });
});

describe('amounts in a seller\'s words', () => {
  it.each([
    ['借10000到手9500 12期 每期916.8', ['12 months', '10000.00 received 9500.00', 'installment 916.80']],
    ['借1万 到手9500元 12期 月供916.80', ['12 months', '10000.00 received 9500.00', 'installment 916.80']],
    ['借款 10,000 元 ，12 期 ， 每期还款 916.80 元', ['12 months', '10000.00', 'installment 916.80']],
    ['贷款1.5万 36期每月还600元', ['36 months', '15000.00', 'installment 600.00']],
    ['借2w 12期 每月还本付息1800', ['12 months', '20000.00', 'installment 1800.00']],
    ['¥10000 12期 月供916.8', ['12 months', '10000.00', 'installment 916.80']],
    ['一万元 12期 月息1分', ['12 months', '10000.00', '1% a month level_installment on open']],
    ['loan 10k, receive 9.5k, 12 installments of 916.8', ['12 months', '10000.00 received 9500.00', 'installment 916.80']],
    ['Borrow 10000, pay back 12 x 1000', ['12 months', '10000.00', 'installment 1000.00']],
    ['borrow 10000 receive 9500 repay 916.8 monthly for 12 months', ['12 months', '10000.00 received 9500.00', 'installment 916.80']],
    ['到手9500 12期 每期916.8', ['12 months', '9500.00 received 9500.00', 'installment 916.80']],
    ['日息万五 12期 每期916.8 借1万', ['12 months', '10000.00', 'installment 916.80 beside 0.05% a day']],
  ])('%s', (text, expected) => expect(readAs(text)).toEqual(expected));
});

describe('words that could be misread are refused, not guessed', () => {
  it.each([
    ['12期 首期免息 日息万五', 'words_not_understood', '首期'],
    ['12个月 日息0.05% 前3期免息', 'words_not_understood', '前'],
    ['日息万五 12期 首付30%', 'words_not_understood', '首付'],
    ['12期 日息5元', 'words_not_understood', '5元'],
    ['12期 总手续费7.2%', 'words_not_understood', '总'],
    ['12 months, $500 fee', 'words_not_understood', '$ 500'],
    ['12期 月息1% 信用良好😀', 'words_not_understood', '信用良好😀'],
    ['借1万5 12期 月息1%', 'words_not_understood', '1万 5'],
    ['1年期 10000元 到期还11800元', 'words_not_understood', '到期 11800元'],
    ['12期 0.05% 每月服务费0.3%', 'rate_period_not_stated', '0.05%'],
    ['12期 万五', 'rate_period_not_stated', '万五'],
    ['12期 日息万五 一次性服务费3%', 'fee_time_not_stated', '服务费 3%'],
    ['12期 日息 月息1%', 'stated_twice', ''],
    ['借1万 借2万 12期 月息1%', 'stated_twice', ''],
    ['免息 12期 月息1%', 'stated_twice', ''],
    ['等额本息 先息后本 12期 月息1%', 'stated_twice', ''],
    ['0期 月息1%', 'term_out_of_range', ''],
    ['481期 月息1%', 'term_out_of_range', ''],
    ['等额本息 等本等息 12期 月息1%', 'stated_twice', ''],
    ['12期 月息1% 服务费101%/月', 'rate_out_of_range', '服务费 101% /月'],
    ['借10000 12期 每期916.8 服务费500元首期收取', 'fee_beside_installment', '服务费 500元'],
    ['借0 12期 月息1%', 'amount_out_of_range', ''],
    ['借100 12期 月息1% 先扣手续费101元', 'amount_out_of_range', ''],
  ])('%s: %s', (text, code, words) => {
    const [said, named] = readAs(text);
    expect(said).toBe(code);
    expect(named).toBe(words);
  });

  it('but what is at a bound is within it', () => {
    expect(readAs('1期 月息1%')[0]).toBe('1 months');
    expect(readAs('480期 月息1%')[0]).toBe('480 months');
    expect(readAs('等额本息 等额本息 12期 月息1%')[0]).toBe('12 months');
    expect(readAs('借1亿 12期 月息1%')[0]).toBe('words_not_understood');
    expect(readAs('借10000万 12期 月息1%')[1]).toBe('100000000.00');
    expect(readAs('借10001万 12期 月息1%')[0]).toBe('amount_out_of_range');
    expect(readAs('借100 12期 月息1% 先扣手续费100元').at(-1)).toBe('deducted 100.00');
    expect(readAs(`12期 ${'手续费1元先扣 '.repeat(20)}`)).toHaveLength(23);
    expect(readAs('12期 月息1.5分')).toEqual(open('1.5% a month'));
    expect(readAs('借10000 到手9500 12期 月供916.8 先扣手续费500元').slice(1)).toEqual(['10000.00 received 9500.00', 'installment 916.80', 'deducted 500.00']);
  });

  it('more than twenty fees', () => expect(readAs(`12期 ${'手续费1元先扣 '.repeat(21)}`)[0]).toBe('too_many_fees'));

  it('and what was understood is told with the refusal', () => {
    expect(readOffer('借1万 12期 日息万五 服务费3%', asked)).toMatchObject({
      understood: [{ as: 'principal', words: '1万' }, { as: 'months', words: '12期' }, { as: 'rate', words: '日息 万五' }, { as: 'fee', words: '服务费 3%' }],
    });
  });
});

describe('what is taken for granted is told', () => {
  const notes = (text: string): unknown => {
    const read = readOffer(text, asked);
    return read.kind === 'read' ? read.notes : read.refusal;
  };
  it.each([
    ['12期 日息万五', ['amount_not_stated']],
    ['借1万 12期 日息万五', []],
    ['借1万 12期 日息万五 服务费0.3%/月', ['fee_taken_on_original']],
    ['借1万 12期 日息万五 服务费30元/月', []],
    ['借1万 12期 日息万五 服务费0.3%/月按剩余本金', []],
    ['借1万 12期 手续费0.6%/期', ['no_interest_named']],
    ['借1万 12期 免息 手续费0.6%/期', []],
    ['借1万 12期 日息低至万二', ['price_hedged']],
    ['借1万 12期 日息万二起', ['price_hedged']],
    ['loan 10k, 12 months, from 0.05% a day', ['price_hedged']],
  ])('%s: %j', (text, expected) => expect(notes(text)).toEqual(expected));
});
