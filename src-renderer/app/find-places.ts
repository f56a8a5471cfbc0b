interface Titled {
  title: string;
}

export interface FoundPlaces<Place extends Titled> {
  places: readonly Place[];
  /** They come before recordings: somebody who writes the beginning of a screen's name wants to go there. */
  areFirst: boolean;
}

/** The screens and actions whose title has this in it, those where a word begins with it before the others. */
export function findPlaces<Place extends Titled>(
  places: readonly Place[],
  wanted: string,
): FoundPlaces<Place> {
  if (wanted === '') return { places, areFirst: false };
  const found = places.filter(({ title }) => title.toLowerCase().includes(wanted.toLowerCase()));
  const begun = found.filter(({ title }) => hasWordBegunBy(title, wanted));
  const other = found.filter((place) => !begun.includes(place));
  return { places: [...begun, ...other], areFirst: wanted.length > 1 && begun.length > 0 };
}

function hasWordBegunBy(title: string, text: string): boolean {
  return ` ${title}`.toLowerCase().includes(` ${text.toLowerCase()}`);
}
