/** The day on which weeks begin where the person lives, by their system: 1 is Monday, 7 is Sunday. */
export function systemFirstWeekday(language: string): number {
  try {
    return new Intl.Locale(language).getWeekInfo().firstDay;
  } catch (error) {
    // What the system told is no language.
    if (error instanceof RangeError) return 1;
    throw error;
  }
}
