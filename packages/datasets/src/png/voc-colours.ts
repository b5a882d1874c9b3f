/** The colour of a value in Pascal VOC's palette: its bits spread over red, green and blue, highest first. */
export function vocColour(value: number): readonly [number, number, number] {
  const colour: [number, number, number] = [0, 0, 0];
  for (let rest = value, bit = 7; rest > 0; rest >>= 3, bit--) {
    for (let channel = 0; channel < 3; channel++) colour[channel]! |= ((rest >> channel) & 1) << bit;
  }
  return colour;
}
