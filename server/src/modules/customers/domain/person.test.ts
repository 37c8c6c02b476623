import { businessDate } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import { isVirtualOperator, readCardNumber, readName, readPhone } from './contact.ts';
import { ageOn, readIdNumber, regionOf } from './id-number.ts';
import { lastFour, maskIdNumber, maskName, maskPhone } from './mask.ts';

describe('a resident id number (ID-001)', () => {
  it.each(['11010519491231002X', '440524188001010014'])('%s holds together', (text) => {
    expect(readIdNumber(text)).toMatchObject({ text, isSynthetic: false });
  });

  it.each(['990000199001010017', '990000199001010025', '990000200002291231', '990000198512319994'])('%s is synthetic (ID-002)', (text) => {
    expect(readIdNumber(text)).toMatchObject({ text, isSynthetic: true });
  });

  it('takes a small x as X and reads the day of birth', () => {
    expect(readIdNumber('11010519491231002x')).toEqual({ text: '11010519491231002X', birthOn: businessDate('1949-12-31'), isSynthetic: false });
  });

  it.each([
    ['a wrong check character', '110105194912310021'],
    ['a digit turned', '11010519491213002X'],
    ['17 characters', '1101051949123100X'],
    ['no day of the calendar', '990000199002300017'],
    ['letters', '1101051949123100AX'],
    ['nothing', ''],
  ])('with %s is none', (_, text) => {
    expect(readIdNumber(text)).toBeNull();
  });
});

describe('the region of an id number (ILOAN-016)', () => {
  it.each([['11010519491231002X', '11'], ['440524188001010014', '44'], ['990000199001010017', null]])('%s is of %s', (text, region) => {
    expect(regionOf(readIdNumber(text)!)).toBe(region);
  });
});

describe('age (ILOAN-022)', () => {
  it.each([
    ['2008-10-08', '2026-10-07', 17],
    ['2008-10-08', '2026-10-08', 18],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['1990-01-01', '2026-12-31', 36],
  ])('born %s, on %s: %i', (born, on, age) => {
    expect(ageOn(businessDate(born), businessDate(on))).toBe(age);
  });
});

describe('how a person is reached', () => {
  it.each([['13800001234', '13800001234'], ['+86 13800001234', '13800001234'], ['86-19912345678', '19912345678']])('%s is a mobile number (ID-004)', (given, text) => {
    expect(readPhone(given)).toBe(text);
  });
  it.each(['12800001234', '1380000123', '138000012345', '', 'abc'])('"%s" is none', (given) => {
    expect(readPhone(given)).toBeNull();
  });
  it('numbers of virtual operators are told apart', () => {
    expect(['17012345678', '16712345678', '13812345678'].map(isVirtualOperator)).toEqual([true, true, false]);
  });
  it.each(['李明华', '阿卜杜拉·买买提', '欧阳锋', 'Anna Li'])('%s is a name', (name) => {
    expect(readName(name)).toBe(name);
  });
  it.each(['李', '', '李1', '<b>李</b>', '李\n明', 'x'.repeat(51)])('"%s" is none', (name) => {
    expect(readName(name)).toBeNull();
  });
  it.each(['6200000000000005', '6222021234567890128'])('%s is a card number (ID-003)', (card) => {
    expect(readCardNumber(card)).toBe(card);
  });
  it.each(['6200000000000006', '620000000000000', '62220212345678901280', '6222 0212 3456 7890'])('%s is none', (card) => {
    expect(readCardNumber(card)).toBeNull();
  });
});

describe('what a screen shows (SEC-006 to SEC-009)', () => {
  it('hides all but the agreed characters', () => {
    expect(maskPhone('13912345678')).toBe('139****5678');
    expect(lastFour('6222021234567890128')).toBe('0128');
    expect(maskIdNumber('11010519491231002X')).toBe('1****************X');
    expect(maskName('李明华')).toBe('李**');
  });
});
