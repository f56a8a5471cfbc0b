/** The title under which a recording is shown until it is described: its file's name without ending and underscores. */
export function titleOfFileName(fileName: string): string {
  const dotIndex = fileName.lastIndexOf('.');
  const name = dotIndex <= 0 ? fileName : fileName.slice(0, dotIndex);
  const readable = name.replace(/[_\s]+/gu, ' ').trim();
  return readable === '' ? fileName : readable;
}
