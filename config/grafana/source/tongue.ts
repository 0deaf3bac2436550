// The language of a dashboard. Every dashboard is built once for each; what differs are the words
// and which of the catalogue's names are shown, never the queries' meaning.

export interface Tongue {
  readonly code: "vi" | "en";
  /** The label of ioc_department_info and ioc_indicator_info that has the name. */
  readonly nameLabel: "name_vi" | "name_en";
  /** One of the two texts: the Vietnamese or the English. */
  say(vi: string, en: string): string;
}

export const vietnamese: Tongue = { code: "vi", nameLabel: "name_vi", say: (vi) => vi };
export const english: Tongue = { code: "en", nameLabel: "name_en", say: (_, en) => en };
