/** Material from outside (transcripts, file names, titles) before a model: nothing in it may pass for the end of the quotation. */
export function quoteMaterial(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›');
}
