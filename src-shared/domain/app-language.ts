/**
 * Longhand speaks English, whatever the system speaks: the day before the month, and 24 hours. The window, the answers
 * of the api and what an approval shows write the same moment in the same way.
 */
export const appLanguage = 'en-GB';
