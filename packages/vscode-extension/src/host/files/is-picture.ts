/** Names of files that browsers show as pictures. */
const PICTURE_NAME = /\.(?:png|jpe?g|jpe|webp|avif|gif|bmp)$/i;

/** Whether a file's name is that of a picture that a webview can show. */
export function isPicture(name: string): boolean {
  return PICTURE_NAME.test(name);
}
