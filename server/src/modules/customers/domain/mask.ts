/** 138****1234: the first three and last four digits (SEC-006). */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** The last four digits only, as a borrower's own screen shows a card (SEC-007). */
export const lastFour = (cardNumber: string): string => cardNumber.slice(-4);

/** The first and the last character (SEC-008, strict). */
export const maskIdNumber = (idNumber: string): string => `${idNumber.slice(0, 1)}${'*'.repeat(idNumber.length - 2)}${idNumber.slice(-1)}`;

/** The surname's character and stars (SEC-009). */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name];
  return `${first}${'*'.repeat(rest.length)}`;
}
