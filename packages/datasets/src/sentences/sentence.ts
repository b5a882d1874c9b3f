import { ENGLISH } from './english.js';

/** The name of a sentence, which never changes. */
export type SentenceCode = keyof typeof ENGLISH;

/** Something that is said to people, as plain data: which sentence, and what stands in its places. */
export interface Sentence {
  readonly code: SentenceCode;
  readonly args: Readonly<Record<string, string | number | Sentence>>;
}

type PlacesOf<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlacesOf<Rest>
  : never;
type ArgsOf<Code extends SentenceCode> = Readonly<
  Record<PlacesOf<(typeof ENGLISH)[Code]>, string | number | Sentence>
>;

/** A sentence with a value for each of its places. */
export function say<Code extends SentenceCode>(
  code: Code,
  ...[args]: [PlacesOf<(typeof ENGLISH)[Code]>] extends [never] ? [] : [ArgsOf<Code>]
): Sentence {
  return { code, args: args ?? {} };
}

/** What {@link sayCount} counts. */
type Counted = SentenceCode extends infer Code ? (Code extends `one-${infer Noun}` ? Noun : never) : never;

/** How many there are of something, to stand inside of a sentence: “1 image”, “5 images”. */
export function sayCount(noun: Counted, count: number): Sentence {
  return count === 1 ? say(`one-${noun}`) : say(`many-${noun}`, { count });
}

/**
 * A sentence in words: English, or what `translate` makes of the English text with its places still in it.
 *
 * @example
 * wordsOf(finding.message); // “It covers no pixel.”
 * wordsOf(finding.message, (english) => vscode.l10n.t(english));
 */
export function wordsOf(
  { code, args }: Sentence,
  translate: (english: string) => string = (english) => english,
): string {
  return translate(ENGLISH[code]).replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = args[name];
    return value === undefined
      ? place
      : typeof value === 'object'
        ? wordsOf(value, translate)
        : String(value);
  });
}
