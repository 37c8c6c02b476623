/** The database cannot be used, and why, in words for the person who starts the program. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}
