/** Schemes that lead to a browser or a mail program, and nowhere else on this computer. */
const openableSchemes = ['https:', 'http:', 'mailto:'];
const longestLink = 4096;

/**
 * The address of a link that may be opened outside of Longhand, in the form in which it will be opened; null for
 * everything else: files, scripts, programs' own schemes, addresses with a hidden user name.
 */
export function toOpenableLink(address: string): string | null {
  if (address.length > longestLink || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (!openableSchemes.includes(url.protocol)) return null;
  // "https://your-bank.example@elsewhere.example" is made to deceive.
  if (url.username !== '' || url.password !== '') return null;
  return url.href;
}
