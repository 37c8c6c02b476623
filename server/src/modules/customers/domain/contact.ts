/** A mainland mobile number without its country code; null when it is none (ID-004). */
export function readPhone(given: string): string | null {
  const text = given.replace(/^\+?86[- ]?/, '');
  return /^1[3-9]\d{9}$/.test(text) ? text : null;
}

/** Numbers of virtual operators: a sign for risk, not a fault (ID-004). */
export const isVirtualOperator = (phone: string): boolean => /^1(70|71|62|65|67)/.test(phone);

/** A name as it stands on an identity card: 2 to 50 characters, letters of any script, inner dots and spaces. */
export function readName(given: string): string | null {
  const text = given.trim().normalize('NFC');
  return /^\p{L}[\p{L}\p{M}·•.\- ]{0,48}\p{L}$/u.test(text) ? text : null;
}

/** A bank card's number: 16 to 19 digits that pass Luhn; null when it is none (ID-003). */
export function readCardNumber(given: string): string | null {
  if (!/^\d{16,19}$/.test(given)) return null;
  let sum = 0;
  for (let place = 0; place < given.length; place++) {
    const digit = given.charCodeAt(given.length - 1 - place) - 48;
    const counted = place % 2 === 1 ? digit * 2 : digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0 ? given : null;
}
