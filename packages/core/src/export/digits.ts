/** Digits and a point, five pixels wide and seven high, a string a row: `#` is ink. */
const GLYPHS: Readonly<Record<string, readonly string[]>> = {
  '0': [' ### ', '#   #', '#  ##', '# # #', '##  #', '#   #', ' ### '],
  '1': ['  #  ', ' ##  ', '  #  ', '  #  ', '  #  ', '  #  ', ' ### '],
  '2': [' ### ', '#   #', '    #', '  ## ', ' #   ', '#    ', '#####'],
  '3': ['#####', '   # ', '  #  ', '   # ', '    #', '#   #', ' ### '],
  '4': ['   # ', '  ## ', ' # # ', '#  # ', '#####', '   # ', '   # '],
  '5': ['#####', '#    ', '#### ', '    #', '    #', '#   #', ' ### '],
  '6': ['  ## ', ' #   ', '#    ', '#### ', '#   #', '#   #', ' ### '],
  '7': ['#####', '    #', '   # ', '  #  ', ' #   ', ' #   ', ' #   '],
  '8': [' ### ', '#   #', '#   #', ' ### ', '#   #', '#   #', ' ### '],
  '9': [' ### ', '#   #', '#   #', ' ####', '    #', '   # ', ' ##  '],
  '.': ['     ', '     ', '     ', '     ', '     ', ' ##  ', ' ##  '],
};
const ADVANCE = 6;

/** Height of the digits at scale 1. */
export const DIGIT_HEIGHT = 7;

/** Width of a number at scale 1, without the gap after its last digit. */
export function digitsWidth(text: string): number {
  return text.length * ADVANCE - 1;
}

/** Calls `ink` with each pixel of a number, from its top left, at scale 1. Other characters than digits and points are gaps. */
export function drawDigits(text: string, ink: (x: number, y: number) => void): void {
  for (const [place, character] of [...text].entries()) {
    for (const [y, row] of (GLYPHS[character] ?? []).entries())
      for (let x = 0; x < row.length; x++) if (row[x] === '#') ink(place * ADVANCE + x, y);
  }
}
